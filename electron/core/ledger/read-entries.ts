import { ledgerEntry, type LedgerEntry } from '../../shared/domain/ledger-entry.ts'
import type { ReadableDb } from '../store/database.ts'
import { entryTable, type Month } from './month-table.ts'
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

/** Newest first. An unknown subject has no entries. */
export const listEntries = (
  db: ReadableDb,
  months: readonly Month[],
  page: EntryPage,
): { readonly items: ListedEntry[]; readonly nextCursor: string | null } => {
  const subject = page.subject === undefined ? undefined : getSubject(db, page.subject)
  if (page.subject !== undefined && subject === undefined) return { items: [], nextCursor: null }
  const below = page.cursor == null ? Number.MAX_SAFE_INTEGER : Number(page.cursor)
  const rows: StoredEntry[] = []
  for (const { month } of months.toReversed()) {
    const left = page.limit + 1 - rows.length
    if (left <= 0) break
    const select = `SELECT i, entry AS canonical FROM ${entryTable(month)} WHERE`
    rows.push(
      ...(subject === undefined
        ? db.all<StoredEntry>(`${select} i < ? ORDER BY i DESC LIMIT ?`, below, left)
        : db.all<StoredEntry>(`${select} subject = ? AND i < ? ORDER BY i DESC LIMIT ?`, subject.id, below, left)),
    )
  }
  const items = rows
    .slice(0, page.limit)
    .map((row) => ({ ...row, entry: ledgerEntry.parse(JSON.parse(row.canonical)) }))
  return { items, nextCursor: rows.length > page.limit ? String(items.at(-1)?.i ?? 0) : null }
}

export const countEntries = (db: ReadableDb, months: readonly Month[], subject?: SubjectRef): number => {
  const known = subject === undefined ? undefined : getSubject(db, subject)
  if (subject !== undefined && known === undefined) return 0
  return months.reduce((sum, { month }) => {
    const select = `SELECT count(*) AS count FROM ${entryTable(month)}`
    const row =
      known === undefined
        ? db.get<{ count: number }>(select)
        : db.get<{ count: number }>(`${select} WHERE subject = ?`, known.id)
    return sum + (row?.count ?? 0)
  }, 0)
}
