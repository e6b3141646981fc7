import type { ReadableDb } from '../../store/database.ts'
import { documentTablesUpTo, foundRows } from '../document-shards.ts'
import { queryParts } from '../query-parts.ts'
import type { Hits } from './column-page.ts'

/** Queries whose hits are kept: a list, its counts and its next pages ask for the same. */
const kept = 4

const comma = 44
const zero = 48

/** Marks the numbers of a list like `3,17,40`. A hundred thousand of them cross as one text in less time than as rows. */
const mark = (ids: string | null, hits: Hits): void => {
  if (ids === null) return
  let id = 0
  for (let i = 0; i < ids.length; i += 1) {
    const code = ids.charCodeAt(i)
    if (code === comma) {
      if (id < hits.length) hits[id] = 1
      id = 0
    } else id = id * 10 + code - zero
  }
  if (id < hits.length) hits[id] = 1
}

const named = 'SELECT group_concat(row_id) AS ids FROM row_pinyin WHERE word >= ? AND word < ?'

const read = (index: ReadableDb, query: string, top: number): Hits => {
  const listOf = (sql: string, ...params: readonly string[]): string | null =>
    index.get<{ ids: string | null }>(sql, ...params)?.ids ?? null
  const tables = documentTablesUpTo(top)
  const found = `SELECT group_concat(rowid) AS ids FROM (${foundRows(tables)})`
  const parts = queryParts(query).map(({ match, pinyin }) => ({
    match,
    names: pinyin === undefined ? null : listOf(named, pinyin.from, pinyin.to),
  }))
  // A word that no name begins with is one like the others, and all of those are looked for at once.
  const plain = parts.filter(({ names }) => names === null).map(({ match }) => match)
  const searched = [
    ...(plain.length === 0 ? [] : [{ match: plain.join(' AND '), names: null }]),
    ...parts.filter(({ names }) => names !== null),
  ]
  let all: Hits | undefined
  for (const { match, names } of searched) {
    const hits = new Uint8Array(top + 1)
    mark(listOf(found, ...tables.map(() => match)), hits)
    mark(names, hits)
    if (all === undefined) all = hits
    else for (let i = 0; i <= top; i += 1) all[i] = (all[i] ?? 0) & (hits[i] ?? 0)
  }
  // Nothing in it can be searched for, so nothing is found.
  return all ?? new Uint8Array(top + 1)
}

/** The rows that a query finds; kept for the next call as long as nothing has changed. */
export const createHits = (index: ReadableDb) => {
  let known = new Map<string, Hits>()
  let of = -1
  return (query: string, top: number, version: number): Hits => {
    if (version !== of) known = new Map()
    of = version
    const hits = known.get(query) ?? read(index, query, top)
    known.delete(query)
    known.set(query, hits)
    const [oldest] = known.keys()
    if (known.size > kept && oldest !== undefined) known.delete(oldest)
    return hits
  }
}
