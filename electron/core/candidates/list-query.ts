import { IpcError } from '../../shared/ipc/ipc-error.ts'
import type { CandidateFilter, CandidateSort, FacetName } from '../../shared/ipc/routes/candidate-filter.ts'
import { documentTables, foundRows } from '../search/document-shards.ts'
import { queryParts } from '../search/query-parts.ts'
import type { Place } from '../search/columns/column-page.ts'
import type { ReadableDb, SqlValue } from '../store/database.ts'
import { applicationFacets, bandsOf, chosenOf, facetBands, isBandFacet, type BandFacet } from './list-filter.ts'

export type Sort = CandidateSort

type Clause = { readonly sql: string; readonly params: readonly SqlValue[] }

export type FacetCount = { readonly value: string; readonly count: number }

const joined = (clauses: readonly Clause[], by: string): Clause => ({
  sql: clauses.map(({ sql }) => sql).join(by),
  params: clauses.flatMap(({ params }) => params),
})

/** One text of SQL for any number of values, so that each is prepared once. */
const oneOf = (column: string, values: readonly string[]): Clause =>
  values.length === 1
    ? { sql: `${column} = ?`, params: [values[0] ?? ''] }
    : { sql: `${column} IN (SELECT value FROM json_each(?))`, params: [JSON.stringify(values)] }

const inBands = (column: string, facet: BandFacet, names: readonly string[]): Clause => {
  const { sql, params } = joined(
    bandsOf(facet, names).map(({ from, to }) => ({ sql: `${column} >= ? AND ${column} < ?`, params: [from, to] })),
    ' OR ',
  )
  return { sql: `(${sql})`, params }
}

const applicationColumns = { job: 'job_id', stage: 'stage', channel: 'channel', score: 'score' } as const

/** What one application has to be, under the name `as`. */
const applicationClauses = (filter: CandidateFilter, as: string, without?: FacetName): Clause[] =>
  applicationFacets.flatMap((facet) => {
    const values = facet === without ? undefined : chosenOf(filter, facet)
    if (values === undefined) return []
    const column = `${as}.${applicationColumns[facet]}`
    return [isBandFacet(facet) ? inBands(column, facet, values) : oneOf(column, values)]
  })

const rowFacets = ['city', 'degree', 'years', 'school', 'salary', 'platform', 'activity'] as const

const rowClauses = (filter: CandidateFilter, without?: FacetName): Clause[] => {
  const clauses: Clause[] = []
  for (const facet of rowFacets) {
    const values = facet === without ? undefined : chosenOf(filter, facet)
    if (values === undefined) continue
    clauses.push(isBandFacet(facet) ? inBands(`lr.${facet}`, facet, values) : oneOf(`lr.${facet}`, values))
  }
  const skills = without === 'skill' ? undefined : chosenOf(filter, 'skill')
  if (skills !== undefined) {
    const { sql, params } = oneOf('rs.skill', skills)
    clauses.push({ sql: `lr.id IN (SELECT rs.row_id FROM row_skill rs WHERE ${sql})`, params })
  }
  return clauses
}

/** Rows that were made by other rules than today's are not there until they are made anew. */
const staleClause = (index: ReadableDb): Clause[] =>
  index.get('SELECT 1 FROM stale_row LIMIT 1') === undefined
    ? []
    : [{ sql: 'lr.id NOT IN (SELECT row_id FROM stale_row)', params: [] }]

/** The rows that a query finds. One without a searchable character finds nothing rather than everything. */
const queryClauses = (query: string | undefined): Clause[] => {
  if (query === undefined || query.trim() === '') return []
  const parts = queryParts(query)
  if (parts.length === 0) return [{ sql: 'FALSE', params: [] }]
  const found = `lr.id IN (${foundRows(documentTables)})`
  const everywhere = (match: string): string[] => documentTables.map(() => match)
  return parts.map(({ match, pinyin }) =>
    pinyin === undefined
      ? { sql: found, params: everywhere(match) }
      : {
          sql: `(${found} OR lr.id IN (SELECT row_id FROM row_pinyin WHERE word >= ? AND word < ?))`,
          params: [...everywhere(match), pinyin.from, pinyin.to],
        },
  )
}

/** The conditions of a filter; a facet's own choice can be left out, so that its counts say what choosing others would give. */
export const filterClauses = (index: ReadableDb, filter: CandidateFilter, without?: FacetName): Clause[] => {
  const application = joined(applicationClauses(filter, 'ra', without), ' AND ')
  const { sql, params } = application
  return [
    ...staleClause(index),
    ...(sql === ''
      ? []
      : [{ sql: `EXISTS (SELECT 1 FROM row_application ra WHERE ra.row_id = lr.id AND ${sql})`, params }]),
    ...rowClauses(filter, without),
    ...queryClauses(filter.query),
  ]
}

export const whereOf = (clauses: readonly Clause[]): Clause => {
  const { sql, params } = joined(clauses, ' AND ')
  return { sql: sql === '' ? '' : ` WHERE ${sql}`, params }
}

type Order = { readonly key: Clause; readonly direction: 'ASC' | 'DESC' }

const orders: Readonly<Record<Exclude<Sort, 'score'>, readonly [column: string, direction: 'ASC' | 'DESC']>> = {
  newest: ['lr.newest_at', 'DESC'],
  oldest: ['lr.newest_at', 'ASC'],
  years: ['lr.years', 'DESC'],
  due: ['lr.due_at', 'ASC'],
  activity: ['lr.activity', 'DESC'],
  salary: ['lr.salary', 'DESC'],
}

/** By score means by that of the best application that meets the filter. */
const orderOf = (filter: CandidateFilter, sort: Sort): Order => {
  if (sort !== 'score') {
    const [column, direction] = orders[sort]
    return { key: { sql: column, params: [] }, direction }
  }
  const { sql, params } = joined(applicationClauses(filter, 'sa'), ' AND ')
  const where = `sa.row_id = lr.id${sql === '' ? '' : ` AND ${sql}`}`
  return {
    key: { sql: `coalesce((SELECT max(sa.score) FROM row_application sa WHERE ${where}), -1)`, params },
    direction: 'DESC',
  }
}

export const encodeCursor = (sort: Sort, key: number, id: number): string =>
  Buffer.from(JSON.stringify([sort, key, id])).toString('base64url')

/** @throws IpcError E_INPUT */
export const decodeCursor = (cursor: string, sort: Sort): Place => {
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
  /** Active days of the last thirty; -1 where none may be known. */
  readonly activity: number
  readonly key: number
}

export type ListedPage = { readonly rows: ListedRow[]; readonly next: string | null }

/** The rows at these places, in their order. */
export const readRows = (index: ReadableDb, places: readonly Place[]): ListedRow[] =>
  places.flatMap(({ id, key }) => {
    const row = index.get<Omit<ListedRow, 'key'>>(
      'SELECT id, record_id, projection, activity FROM list_row WHERE id = ?',
      id,
    )
    return row === undefined ? [] : [{ ...row, key }]
  })

/** One page by keyset; the cursor points behind its last row. */
export const listPage = (
  index: ReadableDb,
  filter: CandidateFilter,
  sort: Sort,
  limit: number,
  cursor: string | undefined,
): ListedPage => {
  const { key, direction } = orderOf(filter, sort)
  const clauses = filterClauses(index, filter)
  if (cursor !== undefined) {
    const from = decodeCursor(cursor, sort)
    clauses.push({
      sql: `(${key.sql}, lr.id) ${direction === 'DESC' ? '<' : '>'} (?, ?)`,
      params: [...key.params, from.key, from.id],
    })
  }
  const where = whereOf(clauses)
  const rows = index.all<ListedRow>(
    `SELECT lr.id, lr.record_id, lr.projection, lr.activity, ${key.sql} AS key FROM list_row lr${where.sql}
     ORDER BY ${key.sql} ${direction}, lr.id ${direction} LIMIT ?`,
    ...key.params,
    ...where.params,
    ...key.params,
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

const bandCase = (column: string, facet: BandFacet): string =>
  `CASE ${facetBands[facet].map(({ name, from, to }) => `WHEN ${column} >= ${from} AND ${column} < ${to} THEN '${name}'`).join(' ')} END`

const facetSql = (facet: FacetName): { readonly from: string; readonly value: string } => {
  if (facet === 'skill') return { from: 'list_row lr JOIN row_skill fs ON fs.row_id = lr.id', value: 'fs.skill' }
  if (facet === 'job' || facet === 'stage' || facet === 'channel' || facet === 'score') {
    const column = `fa.${applicationColumns[facet]}`
    return {
      from: 'list_row lr JOIN row_application fa ON fa.row_id = lr.id',
      value: facet === 'score' ? bandCase(column, facet) : column,
    }
  }
  const column = `lr.${facet}`
  return { from: 'list_row lr', value: isBandFacet(facet) ? bandCase(column, facet) : column }
}

/** Values of one facet with their counts, under all the other filters, most frequent first. */
export const listFacet = (index: ReadableDb, filter: CandidateFilter, facet: FacetName): FacetCount[] => {
  const { from, value } = facetSql(facet)
  const clauses = filterClauses(index, filter, facet)
  // What is asked of an application narrows the applications counted, not only their people.
  if (from.endsWith('fa.row_id = lr.id')) clauses.push(...applicationClauses(filter, 'fa', facet))
  clauses.push({ sql: `${value} IS NOT NULL`, params: [] })
  const where = whereOf(clauses)
  return index.all<FacetCount>(
    `SELECT ${value} AS value, count(DISTINCT lr.id) AS count FROM ${from}${where.sql}
     GROUP BY 1 ORDER BY count DESC, value`,
    ...where.params,
  )
}
