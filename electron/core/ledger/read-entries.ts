import { ledgerEntry, type LedgerEntry } from '../../shared/domain/ledger-entry.ts'
import { IpcError } from '../../shared/ipc/ipc-error.ts'
import type { ReadableDb, WritableDb } from '../store/database.ts'
import { entryTable, type Month } from './month-table.ts'
import { listSubjectEntries } from './subject-index.ts'
import { getSubject, type SubjectRef } from './subjects.ts'

export type StoredEntry = { readonly i: number; readonly canonical: string }
export type ListedEntry = StoredEntry & { readonly entry: LedgerEntry }

export type EntryPage = {
  readonly subject?: SubjectRef
  /** Index above the newest entry wanted, as an earlier page gave it. */
  readonly cursor?: string | null
  readonly limit: number
}

/** Entries in order, in pieces: no statement stays open while the caller works. */
export function* iterateEntries(
  db: ReadableDb,
  months: readonly Month[],
  from = 0,
  to = Number.MAX_SAFE_INTEGER,
): Generator<StoredEntry & { readonly leaf: Uint8Array }> {
  const piece = 1000
  for (const { month } of months) {
    const sql = `SELECT i, leaf, entry AS canonical FROM ${entryTable(month)} WHERE i >= ? AND i < ? ORDER BY i LIMIT ${piece}`
    let next = from
    for (;;) {
      const rows = db.all<StoredEntry & { leaf: Uint8Array }>(sql, next, to)
      yield* rows
      const last = rows.at(-1)
      if (last === undefined || rows.length < piece) break
      next = last.i + 1
    }
  }
}

const monthOfEntry = (months: readonly Month[], index: number): Month | undefined =>
  months.findLast((month) => month.first <= index)

const getEntry = (db: ReadableDb, months: readonly Month[], index: number): StoredEntry | undefined => {
  const month = monthOfEntry(months, index)
  if (month === undefined) return undefined
  return db.get<StoredEntry>(`SELECT i, entry AS canonical FROM ${entryTable(month.month)} WHERE i = ?`, index)
}

const parse = (row: StoredEntry): ListedEntry => ({ ...row, entry: ledgerEntry.parse(JSON.parse(row.canonical)) })

/** @throws IpcError E_NOT_FOUND */
export const requireEntry = (db: ReadableDb, months: readonly Month[], index: number): ListedEntry => {
  const row = getEntry(db, months, index)
  if (row === undefined) throw new IpcError('E_NOT_FOUND', 'no such entry', { entry: index })
  return parse(row)
}

const newestRows = (db: ReadableDb, months: readonly Month[], below: number, limit: number): StoredEntry[] => {
  const rows: StoredEntry[] = []
  for (const { month } of months.toReversed()) {
    if (rows.length >= limit) break
    const sql = `SELECT i, entry AS canonical FROM ${entryTable(month)} WHERE i < ? ORDER BY i DESC LIMIT ?`
    rows.push(...db.all<StoredEntry>(sql, below, limit - rows.length))
  }
  return rows
}

/** Newest first. An unknown subject has no entries. */
export const listEntries = (
  db: WritableDb,
  months: readonly Month[],
  size: number,
  page: EntryPage,
): { readonly items: ListedEntry[]; readonly nextCursor: string | null } => {
  const below = page.cursor === undefined || page.cursor === null ? size : Math.min(Number(page.cursor), size)
  if (!Number.isSafeInteger(below)) throw new IpcError('E_INPUT', 'not a cursor of this list', { fields: 'cursor' })
  const limit = page.limit + 1
  let rows: StoredEntry[]
  if (page.subject === undefined) {
    rows = newestRows(db, months, below, limit)
  } else {
    const subject = getSubject(db, page.subject)
    if (subject === undefined) return { items: [], nextCursor: null }
    const indexes = listSubjectEntries(db, months, size, subject.id, { below, limit })
    rows = indexes.map((index) => getEntry(db, months, index)).filter((row) => row !== undefined)
  }
  const items = rows.slice(0, page.limit).map(parse)
  return { items, nextCursor: rows.length > page.limit ? String(items.at(-1)?.i ?? 0) : null }
}

export const countEntries = (db: WritableDb, months: readonly Month[], size: number, ref?: SubjectRef): number => {
  if (ref === undefined) return size - (months[0]?.first ?? 0)
  const subject = getSubject(db, ref)
  if (subject === undefined) return 0
  return listSubjectEntries(db, months, size, subject.id, { below: size, limit: size }).length
}

/** The first index of an entry that is not older than this; the log grows in time, so halving finds it. */
const firstSince = (db: WritableDb, months: readonly Month[], size: number, at: number): number => {
  let low = months[0]?.first ?? 0
  let high = size
  while (low < high) {
    const middle = Math.floor((low + high) / 2)
    const row = getEntry(db, months, middle)
    if (row !== undefined && parse(row).entry.at < at) low = middle + 1
    else high = middle
  }
  return low
}

/** Milliseconds since 1970 UTC for a first reading, or `next` of the reading before. */
export type EntriesSince = { readonly at: number } | { readonly next: number }
/** `next`: where to go on. */
export type EntriesOfActions = { readonly items: readonly ListedEntry[]; readonly next: number }

/** Entries of these actions in their order. */
export const listByAction = (
  db: WritableDb,
  months: readonly Month[],
  size: number,
  actions: readonly LedgerEntry['action'][],
  since: EntriesSince,
): EntriesOfActions => {
  const from = 'at' in since ? firstSince(db, months, size, since.at) : since.next
  // The canonical form begins with the action (RFC 8785 sorts members), so no entry of another has to be parsed.
  const begins = actions.map((action) => `{"action":"${action}",`)
  const test = begins.map(({ length }) => `substr(entry, 1, ${length}) = ?`).join(' OR ')
  const items = months
    .filter((_month, index) => (months[index + 1]?.first ?? size) > from)
    .flatMap(({ month }) =>
      db.all<StoredEntry>(
        `SELECT i, entry AS canonical FROM ${entryTable(month)} WHERE i >= ? AND (${test}) ORDER BY i`,
        from,
        ...begins,
      ),
    )
  return { items: items.map(parse), next: size }
}
