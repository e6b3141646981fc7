import type { CandidateRow } from '../../shared/domain/views.ts'
import { vocabularyWords } from '../../shared/domain/vocabulary-words.ts'
import type { FieldName } from '../../shared/domain/vocabulary.ts'
import { exportWords, type ExportLanguage } from './export-words.ts'

/** In the order in which they stand. The last three are the mark of whoever made it, on every row: rows are copied one by one. */
export const exportColumns = [
  'record',
  'name',
  'job',
  'stage',
  'at',
  'platform',
  'channel',
  'title',
  'company',
  'years',
  'degree',
  'school',
  'age',
  'city',
  'salary',
  'skills',
  'phone',
  'email',
  'viewer',
  'made',
  'approval',
] as const
export type ExportColumn = (typeof exportColumns)[number]

/** Who exports, when, by which approval and what for; stands on everything that leaves (ZP-75). */
export type ExportMark = {
  readonly employer: string
  readonly viewer: string
  /** Milliseconds since 1970. */
  readonly at: number
  readonly until: number
  readonly approval: string
  readonly reason: string
}

/** A list as it is written, whatever the format: a heading, then one line a person; each cell is text. */
export type ExportTable = {
  readonly title: string
  readonly lead: string
  readonly page: string
  readonly header: readonly string[]
  readonly rows: readonly (readonly string[])[]
  readonly mark: ExportMark
  readonly language: ExportLanguage
}

export type ExportedPerson = { readonly number: string; readonly row: CandidateRow }

/** Field by field what of a row counts as having left, for the log. */
const fieldOf: Readonly<Partial<Record<keyof CandidateRow, FieldName>>> = {
  name: 'name',
  phone: 'phone',
  email: 'email',
  age_band: 'birth_date',
  city: 'residence',
  years: 'body',
  degree: 'body',
  school: 'body',
  title: 'body',
  company: 'body',
  skills: 'body',
  salary: 'expected_salary',
}

/** The fields of which something stands in a row, each once. */
export const exportedFields = (row: CandidateRow): FieldName[] => [
  ...new Set(
    (Object.keys(row) as (keyof CandidateRow)[]).flatMap((key) => {
      const field = fieldOf[key]
      return field === undefined ? [] : [field]
    }),
  ),
]

const minute = (at: number): string => new Date(at).toISOString().slice(0, 16).replace('T', ' ') + 'Z'
const dateOf = (at: number): string => new Date(at).toISOString().slice(0, 10)

const cellsOf = (
  { number, row }: ExportedPerson,
  mark: ExportMark,
  language: ExportLanguage,
): Readonly<Record<ExportColumn, string>> => {
  const { policy, channel, stage, degree } = vocabularyWords[language]
  const { application } = row
  return {
    record: number,
    name: row.name ?? '',
    job: application?.job_title ?? '',
    stage: application === undefined ? '' : (application.step?.name ?? stage[application.stage]),
    at: application === undefined ? '' : dateOf(application.at),
    platform: policy[row.platform],
    channel: application === undefined ? '' : channel[application.channel],
    title: row.title ?? '',
    company: row.company ?? '',
    years: row.years?.toString() ?? '',
    degree: row.degree === undefined ? '' : degree[row.degree as keyof typeof degree],
    school: row.school ?? '',
    age: row.age_band ?? '',
    city: row.city ?? '',
    salary: row.salary?.join('–') ?? '',
    skills: row.skills?.join(exportWords[language].join) ?? '',
    phone: row.phone ?? '',
    email: row.email ?? '',
    viewer: mark.viewer,
    made: minute(mark.at),
    approval: mark.approval,
  }
}

/** A list of people as the viewer's own list shows them: what is masked there is masked here. */
export const exportTable = (
  people: readonly ExportedPerson[],
  mark: ExportMark,
  language: ExportLanguage,
): ExportTable => {
  const words = exportWords[language]
  const fills: Readonly<Record<string, string>> = {
    employer: mark.employer,
    viewer: mark.viewer,
    time: minute(mark.at),
    n: String(people.length),
    reason: mark.reason,
    until: dateOf(mark.until),
  }
  return {
    title: words.title,
    lead: words.lead.replaceAll(/\{(\w+)\}/gu, (_all, name: string) => fills[name] ?? ''),
    page: words.page,
    header: exportColumns.map((column) => words.column[column]),
    rows: people.map((person) => {
      const cells = cellsOf(person, mark, language)
      return exportColumns.map((column) => cells[column])
    }),
    mark,
    language,
  }
}
