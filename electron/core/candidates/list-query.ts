import type { z } from 'zod'
import { IpcError } from '../../shared/ipc/ipc-error.ts'
import type { CandidateFilter, candidateSort } from '../../shared/ipc/routes/work.ts'
import { toMatch } from '../search/bigrams.ts'
import type { ReadableDb, SqlValue } from '../store/database.ts'

export type Sort = z.infer<typeof candidateSort>

type Clause = { readonly sql: string; readonly params: readonly SqlValue[] }

/** Filters that a facet's own count leaves out, so that a person sees what choosing another value would give. */
export type FacetKey = 'job' | 'stage' | 'city' | 'platform' | 'degree'

const applicationClause = (filter: CandidateFilter, without?: FacetKey): Clause[] => {
  const job = without === 'job' ? undefined : filter.job_id
  const stage = without === 'stage' ? undefined : filter.stage
  if (job === undefined && stage === undefined) return []
  const parts = [job === undefined ? '' : ' AND ra.job_id = ?', stage === undefined ? '' : ' AND ra.stage = ?']
  return [
    {
      sql: `EXISTS (SELECT 1 FROM row_application ra WHERE ra.row_id = lr.id${parts.join('')})`,
      params: [job, stage].filter((value) => value !== undefined),
    },
  ]
}

/** Rows that were made by other rules than today's are not there until they are made anew. */
const staleClause = (index: ReadableDb): Clause[] =>
  index.get('SELECT 1 FROM stale_row LIMIT 1') === undefined
    ? []
    : [{ sql: 'lr.id NOT IN (SELECT row_id FROM stale_row)', params: [] }]

/** The conditions of a filter. A query without a searchable character finds nothing rather than everything. */
export const filterClauses = (index: ReadableDb, filter: CandidateFilter, without?: FacetKey): Clause[] => {
  const clauses = [...staleClause(index), ...applicationClause(filter, without)]
  for (const key of ['city', 'platform', 'degree'] as const) {
    const value = filter[key]
    if (value !== undefined && key !== without) clauses.push({ sql: `lr.${key} = ?`, params: [value] })
  }
  if (filter.query !== undefined && filter.query.trim() !== '') {
    const match = toMatch(filter.query)
    clauses.push(
      match === null
        ? { sql: 'FALSE', params: [] }
        : { sql: 'lr.id IN (SELECT rowid FROM document WHERE document MATCH ?)', params: [match] },
    )
  }
  return clauses
}

export const whereOf = (clauses: readonly Clause[]): Clause => ({
  sql: clauses.length === 0 ? '' : ` WHERE ${clauses.map((clause) => clause.sql).join(' AND ')}`,
  params: clauses.flatMap((clause) => clause.params),
})

const orders: Readonly<Record<Sort, { readonly key: string; readonly direction: 'ASC' | 'DESC' }>> = {
  newest: { key: 'lr.newest_at', direction: 'DESC' },
  oldest: { key: 'lr.newest_at', direction: 'ASC' },
  years: { key: 'lr.years', direction: 'DESC' },
  due: { key: 'lr.due_at', direction: 'ASC' },
  activity: { key: 'lr.activity', direction: 'DESC' },
}

const encodeCursor = (sort: Sort, key: number, id: number): string =>
  Buffer.from(JSON.stringify([sort, key, id])).toString('base64url')

const decodeCursor = (cursor: string, sort: Sort): { readonly key: number; readonly id: number } => {
  try {
    const [of, key, id] = JSON.parse(Buffer.from(cursor, 'base64url').toString()) as unknown[]
    if (of === sort && typeof key === 'number' && typeof id === 'number') return { key, id }
  } catch {
    // Falls through to the one error for every cursor that is not ours.
  }
  throw new IpcError('E_INPUT', 'the cursor does not belong to this list', { fields: 'cursor' })
}

export type ListedRow = {
  readonly id: number
  readonly record_id: string
  readonly projection: string
  readonly key: number
}

/** One page by keyset; the cursor points behind its last row. */
export const listPage = (
  index: ReadableDb,
  filter: CandidateFilter,
  sort: Sort,
  limit: number,
  cursor: string | undefined,
): { readonly rows: ListedRow[]; readonly next: string | null } => {
  const { key, direction } = orders[sort]
  const clauses = filterClauses(index, filter)
  if (cursor !== undefined) {
    const from = decodeCursor(cursor, sort)
    clauses.push({ sql: `(${key}, lr.id) ${direction === 'DESC' ? '<' : '>'} (?, ?)`, params: [from.key, from.id] })
  }
  const where = whereOf(clauses)
  const rows = index.all<ListedRow>(
    `SELECT lr.id, lr.record_id, lr.projection, ${key} AS key FROM list_row lr${where.sql}
     ORDER BY ${key} ${direction}, lr.id ${direction} LIMIT ?`,
    ...where.params,
    limit + 1,
  )
  const page = rows.slice(0, limit)
  const last = page.at(-1)
  return { rows: page, next: rows.length > limit && last !== undefined ? encodeCursor(sort, last.key, last.id) : null }
}

export const countRows = (index: ReadableDb, filter: CandidateFilter): number => {
  const where = whereOf(filterClauses(index, filter))
  return index.get<{ n: number }>(`SELECT count(*) AS n FROM list_row lr${where.sql}`, ...where.params)?.n ?? 0
}

/** Values of one facet with their counts, under all the other filters. */
export const listFacet = (
  index: ReadableDb,
  filter: CandidateFilter,
  facet: FacetKey,
): Array<{ readonly value: string; readonly count: number }> => {
  const where = whereOf(filterClauses(index, filter, facet))
  if (facet === 'job' || facet === 'stage') {
    const column = facet === 'job' ? 'job_id' : 'stage'
    // The other of the two still narrows the applications counted, not only the rows.
    const other =
      facet === 'job' ? { column: 'stage', value: filter.stage } : { column: 'job_id', value: filter.job_id }
    const extra = other.value === undefined ? '' : `${where.sql === '' ? ' WHERE' : ' AND'} fa.${other.column} = ?`
    return index.all(
      `SELECT fa.${column} AS value, count(DISTINCT lr.id) AS count
       FROM list_row lr JOIN row_application fa ON fa.row_id = lr.id${where.sql}${extra}
       GROUP BY fa.${column} ORDER BY count DESC, value LIMIT 100`,
      ...where.params,
      ...(other.value === undefined ? [] : [other.value]),
    )
  }
  return index.all(
    `SELECT lr.${facet} AS value, count(*) AS count FROM list_row lr${where.sql}${where.sql === '' ? ' WHERE' : ' AND'}
     lr.${facet} IS NOT NULL GROUP BY lr.${facet} ORDER BY count DESC, value LIMIT 50`,
    ...where.params,
  )
}
