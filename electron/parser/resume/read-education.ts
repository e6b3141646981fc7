import { findDate } from './dates.ts'
import { dates, readEntries, valueOf } from './entries.ts'
import type { Entry } from './entries.ts'
import { belief, note } from './reading.ts'
import type { Draft, Education, Source } from './reading.ts'
import { written, type Cell } from './source.ts'
import type { LabelKey } from './words/labels.ts'
import { linesOf } from './sections.ts'
import { cities } from './words/cities.ts'
import { schoolEnd } from './words/vocabulary.ts'

/** The words of a degree as they stand: 本科, Bachelor of Science, 硕士研究生. */
const degreeText =
  /(?:全日制|统招|非全日制|在职)?(?:博士后|博士研究生|博士|硕士研究生|硕士|研究生|大学本科|本科|学士|大学专科|大专|专科|高职|中专|高中|职高|技校|MBA|EMBA)|\b(?:Ph\.?\s?D\.?|Doctor(?:ate)?|Master(?:'s)?|Bachelor(?:'s)?|Associate|MBA|M\.?\s?Sc\.?|B\.?\s?Sc\.?|B\.?Eng\.?|M\.?Eng\.?|B\.?A\.?|M\.?A\.?)(?![A-Za-z])(?: degree)?(?: of (?:Science|Arts|Engineering|Business Administration|Law|Management|Economics))?/

/** Where a school is, is no major. */
const places: ReadonlySet<string> = new Set(
  [
    ...cities,
    'China',
    'P.R. China',
    'PRC',
    'USA',
    'US',
    'UK',
    'United Kingdom',
    'Germany',
    'Japan',
    'Canada',
    'Australia',
    '中国',
  ].map((place) => place.toLowerCase()),
)

const majorOf = (piece: string): string | undefined => {
  const bare = piece
    .replace(degreeText, '')
    .replace(/^\s*(?:degree\s*)?(?:in|of|专业[:：]?|主修[:：]?|major(?:ed)?(?: in)?:?)\s+/i, '')
    .replace(/^[\s(（,，/·-]+|[\s)）,，/·-]+$/g, '')
    .replace(/^(.{2,})专业$/, '$1')
    .replace(/[（(]\s*$/, '')
    .trim()
  if (places.has(bare.toLowerCase())) return undefined
  return bare.length >= 2 && bare.length <= 60 && !/^\d|^(?:学历|学位|全日制|统招|gpa|top)/i.test(bare)
    ? bare
    : undefined
}

const toEducation = (entry: Entry, text: string): Education => {
  const labelledSchool = valueOf(entry, 'school')
  const school = labelledSchool ?? entry.head.find((cell) => schoolEnd.test(cell.text.replace(degreeText, '').trim()))
  const rest = entry.head.filter((cell) => cell !== school).map((cell) => written(text, cell))
  const labelledDegree = degreeText.exec(valueOf(entry, 'degree')?.text ?? '')?.[0]
  const studyType = labelledDegree ?? rest.map((cell) => degreeText.exec(cell)?.[0]).find(Boolean)
  const area =
    majorOf(valueOf(entry, 'major')?.text ?? '') ??
    rest.map(majorOf).find((found) => found !== undefined && !/系$|^学院|奖学金/.test(found))
  return {
    ...(school && { institution: written(text, school).slice(0, 200) }),
    ...(area && { area }),
    ...(studyType && { studyType: studyType.trim() }),
    ...dates(entry),
  }
}

/** A school that stands in no section, with the places that it was read from. */
type Placed = { readonly school: Education; readonly cells: ReadonlyArray<Pick<Cell, 'start' | 'end'>> }
const formKeys: ReadonlySet<LabelKey> = new Set(['school', 'major', 'degree', 'graduated'])

/** 毕业院校：… 专业：… 学历：… in a form, without a section of its own. */
const fromForm = (source: Source): Placed | undefined => {
  const value = (key: 'school' | 'major' | 'degree' | 'graduated'): string | undefined => {
    const found = source.labelled.find((entry) => entry.key === key)
    return found && written(source.text, found.value)
  }
  const school = value('school')
  const degree = degreeText.exec(value('degree') ?? '')?.[0]
  if (!school && !degree) return undefined
  const area = majorOf(value('major') ?? '')
  const end = findDate(value('graduated') ?? '')?.iso
  const cells = source.labelled.filter((entry) => formKeys.has(entry.key)).map((entry) => entry.value)
  return {
    school: {
      ...(school && { institution: school.slice(0, 200) }),
      ...(area && { area }),
      ...(degree && { studyType: degree }),
      ...(end && { endDate: end }),
    },
    cells,
  }
}

/** 毕业于某某大学会计学专业，本科 in running text. */
const fromSentence = (source: Source): Placed | undefined => {
  const found =
    /毕业于\s*([\u4e00-\u9fff()（）]{2,20}?(?:大学(?:[\u4e00-\u9fff]{2,6}(?:学院|分校|校区))?|学院|学校)(?:[(（][^)）]{1,12}[)）])?)\s*(?:([\u4e00-\u9fff]{2,16}?)(?:专业|系))?([^\n。]{0,20})/.exec(
      source.text,
    )
  if (!found) return undefined
  const [, institution, area, rest = ''] = found
  const degree = degreeText.exec(rest)?.[0]
  return {
    school: { ...(institution && { institution }), ...(area && { area }), ...(degree && { studyType: degree }) },
    cells: [{ start: found.index, end: found.index + found[0].length }],
  }
}

/** Reads schools, in the order of the text; a form's only line where there is no section. */
export function readEducation(source: Source, draft: Draft): readonly Education[] {
  const entries = readEntries(linesOf(source.sections, 'education'), (text) => schoolEnd.test(text), 3)
  const found = entries
    .map((entry) => ({ entry, school: toEducation(entry, source.text) }))
    .filter(
      ({ school }) =>
        school.institution !== undefined || (school.studyType !== undefined && school.startDate !== undefined),
    )
    .slice(0, 30)
  for (const { entry, school } of found)
    note(draft, 'education', school.institution && school.studyType ? belief.shaped : belief.guessed, entry)
  if (found.length > 0) return found.map(({ school }) => school)
  const form = fromForm(source) ?? fromSentence(source)
  for (const cell of form?.cells ?? [])
    note(draft, 'education', form?.school.institution ? belief.shaped : belief.guessed, cell)
  return form ? [form.school] : []
}
