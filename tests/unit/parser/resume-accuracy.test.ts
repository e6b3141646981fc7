import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { parseResume } from '../../../electron/parser/resume/parse-resume.ts'
import { labelledSet, readingDay } from '../../fixtures/resumes/labelled-set.ts'
import { officeSet } from '../../fixtures/resumes/libreoffice/office-set.ts'
import type { Written } from '../../fixtures/resumes/layouts.ts'
import { measureAccuracy, measuredFields, truthOf, type Accuracy } from '../../fixtures/resumes/measure-accuracy.ts'
import { carriers } from '../../fixtures/resumes/carriers.ts'
import { createParserHost, type ParserHost } from '../../../electron/core/intake/parser-host.ts'

/** What the rules reach, rounded down; a change of the rules may not fall below. */
const least: Record<Written, number> = {
  name: 0.98,
  sex: 0.99,
  birth: 0.99,
  phone: 0.99,
  email: 0.99,
  wechat: 0.97,
  city: 0.97,
  expectedJob: 0.97,
  expectedCity: 0.97,
  expectedSalary: 0.98,
  currentSalary: 0.97,
  years: 0.97,
  work: 0.97,
  education: 0.97,
  projects: 0.96,
  skills: 0.98,
  languages: 0.97,
  certificates: 0.98,
}
/** The same for files that passed through an office program, whose tables, columns and line ends are others. */
const leastOfFiles: Partial<Record<Written, number>> = {
  name: 0.98,
  sex: 0.98,
  birth: 0.98,
  phone: 0.98,
  email: 0.95,
  city: 0.98,
  expectedJob: 0.9,
  work: 0.95,
  education: 0.95,
  projects: 0.93,
  skills: 0.97,
  languages: 0.95,
  certificates: 0.95,
}

const expectAtLeast = (field: Written, found: Accuracy | undefined, floor: number): void => {
  const told = `${field}: ${found?.accuracy.toFixed(3)} of ${found?.of}, weak in ${found?.weak.join(', ')}`
  expect(found?.accuracy, told).toBeGreaterThanOrEqual(floor)
}

describe('reading of resumes', () => {
  const samples = labelledSet(20260615, 15)
  const read = samples.map((sample) => parseResume(sample.text, sample.fileName, readingDay))
  const measured = measureAccuracy(
    samples.flatMap((sample, index) => {
      const found = read[index]
      return found ? [{ truth: truthOf(sample), read: found }] : []
    }),
  )

  test('the labelled set is varied', () => {
    expect(samples.length).toBeGreaterThanOrEqual(300)
    expect(new Set(samples.map((sample) => sample.text)).size).toBe(samples.length)
    expect(new Set(samples.map((sample) => sample.layout.id)).size).toBeGreaterThanOrEqual(20)
  })

  test.each(measuredFields)('%s', (field) => expectAtLeast(field, measured.get(field), least[field]))

  test('other people than those that the rules were looked at with', () => {
    const others = labelledSet(424_242, 8)
    const found = measureAccuracy(
      others.map((sample) => ({
        truth: truthOf(sample),
        read: parseResume(sample.text, sample.fileName, readingDay),
      })),
    )
    for (const field of measuredFields) expectAtLeast(field, found.get(field), least[field] - 0.03)
  })

  test('what was found says how sure that is, and where it stands', () => {
    for (const [index, { resume, confidence, spans }] of read.entries()) {
      const text = samples[index]?.text ?? ''
      const at = (field: string): readonly string[] =>
        spans.filter((span) => span.field === field).map((span) => text.slice(span.start, span.end))
      for (const span of spans) {
        expect(span.end).toBeGreaterThan(span.start)
        expect(span.end).toBeLessThanOrEqual(text.length)
        expect(confidence[span.field]).toBeGreaterThan(0)
      }
      const { name, email } = resume.basics
      if (name) expect(at('name').join().replaceAll(' ', '')).toContain(name.replaceAll(' ', ''))
      if (email) expect(at('email').join().toLowerCase()).toContain(email)
      for (const field of ['work', 'education', 'projects', 'skills', 'languages', 'certificates'] as const) {
        if (resume[field].length === 0) continue
        expect(confidence[field]).toBeGreaterThan(0)
        expect(at(field).length, `${field} in ${samples[index]?.layout.id}`).toBeGreaterThan(0)
      }
      const first = resume.work[0]?.name
      if (first) expect(at('work').join('\n')).toContain(first)
    }
  })
})

describe('reading of files', () => {
  let host: ParserHost
  beforeAll(() => {
    host = createParserHost({ clock: { now: () => readingDay } })
  })
  afterAll(() => host.close())

  test('written by LibreOffice: DOCX, DOC, RTF, PDF and HTML, in four styles and two languages', async () => {
    const files = officeSet()
    expect(files.length).toBeGreaterThanOrEqual(60)
    const set = []
    for (const { name, bytes, truth } of files) {
      const outcome = await host.parse(name, bytes)
      if (!('resume' in outcome)) throw new Error(`${name}: ${JSON.stringify(outcome).slice(0, 200)}`)
      set.push({ truth, read: outcome })
    }
    const found = measureAccuracy(set)
    for (const [field, floor] of Object.entries(leastOfFiles))
      expectAtLeast(field as Written, found.get(field as Written), floor)
  }, 60_000)

  test('a format changes nothing: the same text as TXT, DOCX, PDF, RTF, HTML, MHT, EML and MSG', async () => {
    const samples = labelledSet(31, 2)
    const set = []
    for (const [index, sample] of samples.entries()) {
      const [name, carry] = carriers[index % carriers.length] ?? carriers[0]
      const outcome = await host.parse(name, await carry(sample.text))
      if (!('resume' in outcome))
        throw new Error(`${name} ${sample.layout.id}: ${JSON.stringify(outcome).slice(0, 200)}`)
      set.push({ truth: { ...truthOf(sample), where: `${name} ${sample.layout.id}` }, read: outcome })
    }
    const found = measureAccuracy(set)
    for (const field of measuredFields) expectAtLeast(field, found.get(field), least[field] - 0.08)
  }, 60_000)
})
