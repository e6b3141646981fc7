import type { WritableDb } from '../store/database.ts'
import { entryTable, type Month } from './month-table.ts'

/** Newer entries than this many are looked through one by one before the index is filled up. */
const longestTail = 2000

const indexedSize = (db: WritableDb): number =>
  db.get<{ size: number }>('SELECT indexed_size AS size FROM subject_index WHERE id = 1')?.size ?? 0

const catchUp = (db: WritableDb, months: readonly Month[], from: number, size: number): void => {
  db.transaction(() => {
    for (const { month } of months) {
      db.run(
        `INSERT INTO subject_entry (subject, i)
         SELECT subject, i FROM ${entryTable(month)} WHERE i >= ? AND subject IS NOT NULL ORDER BY subject, i`,
        from,
      )
    }
    db.run('UPDATE subject_index SET indexed_size = ? WHERE id = 1', size)
  })
}

/** Indexes of the entries about a subject below `below`, newest first, at most `limit`. */
export const listSubjectEntries = (
  db: WritableDb,
  months: readonly Month[],
  size: number,
  subject: number,
  page: { readonly below: number; readonly limit: number },
): number[] => {
  let indexed = indexedSize(db)
  if (size - indexed > longestTail) {
    catchUp(db, months, indexed, size)
    indexed = size
  }
  const found: number[] = []
  const { below, limit } = page
  for (const { month } of months.toReversed()) {
    if (found.length >= limit) return found
    const sql = `SELECT i FROM ${entryTable(month)} WHERE i >= ? AND i < ? AND subject = ? ORDER BY i DESC LIMIT ?`
    found.push(...db.all<{ i: number }>(sql, indexed, below, subject, limit - found.length).map((row) => row.i))
  }
  const first = months[0]?.first ?? 0
  const sql = 'SELECT i FROM subject_entry WHERE subject = ? AND i >= ? AND i < ? ORDER BY i DESC LIMIT ?'
  const older = db.all<{ i: number }>(sql, subject, first, Math.min(below, indexed), limit - found.length)
  return [...found, ...older.map((row) => row.i)]
}

/** Forgets what the index says of entries that were dropped. */
export const trimSubjectIndex = (db: WritableDb, first: number): void => {
  db.run('DELETE FROM subject_entry WHERE i < ?', first)
  db.run('UPDATE subject_index SET indexed_size = max(indexed_size, ?) WHERE id = 1', first)
}
