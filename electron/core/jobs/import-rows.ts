import { jobRequirements, isProtectedWish, type JobRequirements } from '../../shared/domain/job-requirements.ts'
import type { ImportField, ImportPreview, ImportRefusal, ImportRow, RowFault } from '../../shared/domain/job-import.ts'
import type { ParsedTable, TableRow } from '../../shared/domain/parsed-table.ts'
import { toDegree } from '../search/degree.ts'
import { columnsOf } from './import-columns.ts'

/** A job as a line of a table says it. */
export type JobDraft = {
  readonly title: string
  readonly department?: string
  readonly city?: string
  readonly headcount?: number
  readonly salary?: string
  readonly description?: string
  readonly requirements?: JobRequirements
}

export type ReadRow = { readonly row: ImportRow; readonly draft: JobDraft | null }

const longest: Readonly<Record<ImportField, number>> = {
  title: 120,
  department: 80,
  city: 60,
  headcount: 20,
  salary: 60,
  description: 20_000,
  skills: 2_000,
  degree: 60,
  years: 60,
}

type Cells = Partial<Record<ImportField, string>>

/** `3`, `3人`, `3 名` */
const headcountOf = (text: string): number | undefined => {
  const figure = /^(\d{1,4})\s*(?:人|名|位|个)?$/.exec(text.normalize('NFKC'))?.[1]
  const count = Number(figure)
  return count >= 1 && count <= 9999 ? count : undefined
}

/** `3-5年`, `3年以上`, `5`, `不限`; undefined for what says no years. */
const yearsOf = (text: string): JobRequirements['years'] | null | undefined => {
  const plain = text.normalize('NFKC').replace(/\s/g, '')
  if (/不限|无要求|应届|^any$|^none$/i.test(plain)) return null
  const between = /^(\d{1,2})(?:-|~|–|—|至|到|to)(\d{1,2})(?:年|y|years?)?(?:以上)?(?:工作)?(?:经验)?$/i.exec(plain)
  if (between) return { min: Number(between[1]), max: Number(between[2]) }
  const from = /^(\d{1,2})(?:年|y|years?)?(?:及?以上|\+|以内|以下)?(?:工作)?(?:经验)?$/i.exec(plain)
  if (!from) return undefined
  return /以内|以下/.test(plain) ? { max: Number(from[1]) } : { min: Number(from[1]) }
}

const degreeOf = (text: string): JobRequirements['degree'] | null | undefined => {
  if (/不限|无要求|^any$|^none$/i.test(text.trim())) return null
  const degree = toDegree(text)
  return degree === 'other' ? undefined : degree
}

const skillsOf = (text: string): readonly string[] => [
  ...new Map(
    text
      .split(/[,，、;；|\n\r]+/)
      .map((word) => word.trim())
      .filter((word) => word !== '')
      .map((word) => [word.toLowerCase(), word]),
  ).values(),
]

const requirementsOf = (cells: Cells, faults: RowFault[]): JobRequirements | undefined => {
  const asked: { -readonly [K in keyof JobRequirements]: JobRequirements[K] } = {}
  if (cells.skills !== undefined) {
    const skills = skillsOf(cells.skills)
    if (skills.some(isProtectedWish)) faults.push({ field: 'skills', code: 'protected' })
    else if (jobRequirements.safeParse({ skills_must: skills }).success) asked.skills_must = [...skills]
    else faults.push({ field: 'skills', code: 'too_long' })
  }
  for (const [field, read] of [
    ['degree', degreeOf],
    ['years', yearsOf],
  ] as const) {
    const text = cells[field]
    if (text === undefined) continue
    const value = read(text)
    if (value === undefined || !jobRequirements.safeParse({ [field]: value ?? undefined }).success)
      faults.push({ field, code: 'unknown' })
    else if (value !== null) Object.assign(asked, { [field]: value })
  }
  return Object.keys(asked).length === 0 ? undefined : asked
}

const cellsOf = (row: TableRow, columns: ReadonlyArray<ImportField | null>, faults: RowFault[]): Cells => {
  const cells: Cells = {}
  columns.forEach((field, at) => {
    if (field === null) return
    if (row.formulas?.includes(at)) faults.push({ field, code: 'formula' })
    const text = (row.cells[at] ?? '').trim()
    if (text === '') return
    if (text.length > longest[field]) faults.push({ field, code: 'too_long' })
    else cells[field] = text
  })
  return cells
}

const readRow = (row: TableRow, columns: ReadonlyArray<ImportField | null>): ReadRow => {
  const faults: RowFault[] = []
  const cells = cellsOf(row, columns, faults)
  const { title, department, city, salary, description } = cells
  if (title === undefined && !faults.some(({ field }) => field === 'title'))
    faults.push({ field: 'title', code: 'missing' })
  const headcount = cells.headcount === undefined ? undefined : headcountOf(cells.headcount)
  if (cells.headcount !== undefined && headcount === undefined)
    faults.push({ field: 'headcount', code: 'not_a_figure' })
  const requirements = requirementsOf(cells, faults)
  const shown = {
    ...(city === undefined ? {} : { city }),
    ...(department === undefined ? {} : { department }),
    ...(headcount === undefined ? {} : { headcount }),
  }
  return {
    row: {
      line: row.line,
      state: faults.length === 0 ? 'ok' : 'faulty',
      title: title ?? '',
      ...shown,
      faults,
    },
    draft:
      faults.length > 0 || title === undefined
        ? null
        : {
            title,
            ...shown,
            ...(salary === undefined ? {} : { salary }),
            ...(description === undefined ? {} : { description }),
            ...(requirements === undefined ? {} : { requirements }),
          },
  }
}

/** What tells two openings apart: name, department and place, however they are spaced. */
export const jobKey = (job: { title: string; department?: string | null; city?: string | null }): string =>
  [job.title, job.department ?? '', job.city ?? '']
    .map((words) => words.normalize('NFKC').toLowerCase().replace(/\s/g, ''))
    .join('\n')

export type ReadTable = {
  readonly preview: Exclude<ImportPreview, { refused: ImportRefusal }>
  readonly rows: readonly ReadRow[]
}

/**
 * Reads the lines of a table as jobs. Every line comes back with what is wrong with it or what it repeats; none is left out.
 *
 * @param here keys of the jobs that are not closed
 */
export const readJobs = (table: ParsedTable, here: ReadonlySet<string>): ReadTable | ImportRefusal => {
  const [head, ...lines] = table.rows
  if (head === undefined || lines.length === 0) return 'no_rows'
  const columns = columnsOf(head.cells)
  if (!columns.includes('title')) return 'no_title_column'
  const seen = new Map<string, number>()
  const rows = lines.map((line): ReadRow => {
    const read = readRow(line, columns)
    if (read.draft === null) return read
    const key = jobKey(read.draft)
    const earlier = seen.get(key)
    seen.set(key, earlier ?? line.line)
    const same = here.has(key) ? 'here' : earlier
    return same === undefined ? read : { ...read, row: { ...read.row, state: 'duplicate', same_as: same } }
  })
  const count = (state: ImportRow['state']): number => rows.filter(({ row }) => row.state === state).length
  return {
    preview: {
      format: table.format,
      columns: head.cells.map((header, at) => ({ header: header.trim().slice(0, 60), field: columns[at] ?? null })),
      rows: rows.map(({ row }) => row),
      counts: { ok: count('ok'), duplicate: count('duplicate'), faulty: count('faulty') },
      cut: table.cut,
    },
    rows,
  }
}
