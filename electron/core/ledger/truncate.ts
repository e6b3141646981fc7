import type { WritableDb } from '../store/database.ts'
import { entryTable, monthOf, monthsBetween, type Month } from './month-table.ts'

/** D11, ZP-103: nobody may shorten these. Months, counted after the month that the entries lie in. */
const floorMonths = 6
const longMonths = 36

/** Consents, requests, approvals and destructions are kept three years (D11). */
const longActions = ['consent', 'request', 'approve', 'hold', 'destroy_begin', 'destroyed'] as const

const isKeptLong = (db: WritableDb, month: Month): boolean =>
  db.get(
    `SELECT 1 FROM ${entryTable(month.month)}
     WHERE json_extract(entry, '$.action') IN (${longActions.map(() => '?').join(', ')}) LIMIT 1`,
    ...longActions,
  ) !== undefined

/**
 * The oldest months whose time is over: only ever from the left, so that what remains is one piece, and never an entry that
 * the witness has not seen (`pushed` 0: there is no witness).
 */
export const droppableMonths = (
  db: WritableDb,
  months: readonly Month[],
  now: number,
  pushed: number,
): readonly Month[] => {
  const current = monthOf(now)
  const kept = months.findIndex((month, index) => {
    const next = months[index + 1]
    if (next === undefined || (pushed > 0 && next.first > pushed)) return true
    const age = monthsBetween(month.month, current)
    return age <= floorMonths || (age <= longMonths && isKeptLong(db, month))
  })
  return months.slice(0, Math.max(kept, 0))
}

/** Drops a month's table; its leaf hashes stay for proofs across the cut. */
export const dropMonth = (db: WritableDb, month: Month, now: number): void => {
  const table = entryTable(month.month)
  db.run(`INSERT INTO old_leaf (i, leaf) SELECT i, leaf FROM ${table}`)
  db.run(`DROP TABLE ${table}`)
  db.run('UPDATE entry_month SET dropped_at = ? WHERE month = ?', now, month.month)
}
