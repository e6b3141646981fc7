import { describe, expect, test } from 'vitest'
import { parseResume } from '../../../electron/parser/resume/parse-resume.ts'
import type { Written } from '../../fixtures/resumes/layouts.ts'
import { labelledSet, readingDay } from '../../fixtures/resumes/labelled-set.ts'
import type { LabelledResume } from '../../fixtures/resumes/labelled-set.ts'

type Parsed = ReturnType<typeof parseResume>

const same = (a: string | undefined, b: string | undefined): boolean => a?.trim() === b?.trim()
const share = <T>(truth: readonly T[], found: (item: T, index: number) => boolean): number =>
  truth.length === 0 ? 1 : truth.filter(found).length / truth.length

/** How much of a field was read rightly, 0 to 1. */
const scores: Record<Written, (sample: LabelledResume, parsed: Parsed) => number> = {
  name: ({ person }, { resume }) => Number(resume.basics.name === person.name),
  sex: ({ person }, { resume }) => Number(resume.meta.cn.sex === person.sex),
  birth: ({ person }, { resume }) => Number(resume.meta.cn.birth_month === person.birth),
  phone: ({ person }, { resume }) => Number(resume.basics.phone === person.phone),
  email: ({ person }, { resume }) => Number(resume.basics.email === person.email.toLowerCase()),
  wechat: ({ person }, { resume }) => Number(resume.meta.cn.wechat === person.wechat),
  city: ({ person, layout }, { resume }) =>
    Number(
      layout.english
        ? resume.meta.cn.city !== undefined && /^[A-Z][a-z']+/.test(resume.meta.cn.city)
        : resume.meta.cn.city === person.city,
    ),
  expectedJob: ({ person }, { resume }) => Number(resume.meta.cn.expected_job === person.expectedJob),
  expectedCity: ({ person }, { resume }) => Number(resume.meta.cn.expected_city === person.expectedCity),
  expectedSalary: ({ person }, { resume }) =>
    Number(JSON.stringify(resume.meta.cn.expected_salary) === JSON.stringify(person.expectedSalary)),
  currentSalary: ({ person }, { resume }) => Number(resume.meta.cn.current_salary === person.currentSalary),
  years: ({ person }, { resume }) => Number(resume.meta.cn.years === person.years),
  work: ({ person, layout }, { resume }) => {
    const truth =
      layout.id === 'company above title and dates'
        ? person.jobs.filter((job) => /公司|集团|银行|医院|厂|超市/.test(job.company))
        : person.jobs
    if (resume.work.length !== truth.length) return 0
    return share(truth, (job, index) => {
      const found = resume.work[index]
      const dates = found?.startDate === job.start && found.endDate === job.end
      return layout.english
        ? dates && found.name !== undefined && found.position !== undefined
        : dates && same(found?.name, job.company) && same(found?.position, job.title)
    })
  },
  education: ({ person, layout }, { resume }) => {
    const truth = layout.id === 'school in the form only' ? person.schools.slice(0, 1) : person.schools
    if (resume.education.length !== truth.length) return 0
    return share(truth, (school, index) => {
      const found = resume.education[index]
      if (layout.english)
        return (
          found?.institution === 'Zhejiang University' &&
          found.area === 'Computer Science' &&
          /Science/.test(found.studyType ?? '')
        )
      return (
        same(found?.institution, school.school) &&
        same(found?.area, school.major) &&
        same(found?.studyType, school.degree)
      )
    })
  },
  projects: ({ person }, { resume }) =>
    resume.projects.length === person.projects.length
      ? share(person.projects, (project, index) => resume.projects[index]?.name === project.name)
      : 0,
  skills: ({ person, layout }, { resume }) =>
    share(
      person.skills.filter((skill) => !layout.english || /^[\x20-\x7e]+$/.test(skill)),
      (skill) => resume.skills.some((found) => found.name === skill),
    ),
  certificates: ({ person }, { resume }) =>
    share(person.certificates, (name) => resume.certificates.some((found) => found.name === name)),
}

/** What the rules reach on this set, rounded down; a change of the rules may not fall below. */
const least: Record<Written, number> = {
  name: 0.97,
  sex: 0.97,
  birth: 0.97,
  phone: 0.99,
  email: 0.99,
  wechat: 0.97,
  city: 0.95,
  expectedJob: 0.95,
  expectedCity: 0.95,
  expectedSalary: 0.95,
  currentSalary: 0.95,
  years: 0.95,
  work: 0.9,
  education: 0.92,
  projects: 0.9,
  skills: 0.95,
  certificates: 0.95,
}

describe('reading of resumes', () => {
  const samples = labelledSet(20260615, 12)
  const parsed = samples.map((sample) => parseResume(sample.text, sample.fileName, readingDay))

  test('the labelled set is varied', () => {
    expect(samples.length).toBeGreaterThanOrEqual(100)
    expect(new Set(samples.map((sample) => sample.text)).size).toBe(samples.length)
  })

  test.each(Object.keys(least) as Written[])('%s', (field) => {
    const measured = samples.flatMap((sample, index) => {
      const found = parsed[index]
      return sample.layout.writes.includes(field) && found
        ? [{ layout: sample.layout.id, score: scores[field](sample, found) }]
        : []
    })
    const accuracy = measured.reduce((sum, { score }) => sum + score, 0) / measured.length
    const weak = [...new Set(measured.filter(({ score }) => score < 1).map(({ layout }) => layout))]
    expect(
      accuracy,
      `${field}: ${accuracy.toFixed(3)} of ${measured.length}, weak in ${weak.join(', ')}`,
    ).toBeGreaterThanOrEqual(least[field])
  })
})
