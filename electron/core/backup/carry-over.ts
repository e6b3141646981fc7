import type { ReadableDb, SqlValue, WritableDb } from '../store/database.ts'

type Row = Readonly<Record<string, SqlValue>>

const put = (db: WritableDb, table: string, row: Row): void => {
  const columns = Object.keys(row)
  db.run(
    `INSERT OR REPLACE INTO ${table} (${columns.join(', ')}) VALUES (${columns.map(() => '?').join(', ')})`,
    ...Object.values(row),
  )
}

/**
 * What a backup must not undo, taken from the store that it replaces: destructions that are on their way, legal holds, and records that
 * have been locked since. Inside the caller's transaction.
 */
export const carryOver = (from: ReadableDb, to: WritableDb): void => {
  for (const table of ['destruction_job', 'destruction_part', 'legal_hold']) {
    for (const row of from.all<Row>(`SELECT * FROM ${table}`)) put(to, table, row)
  }
  for (const { record_id: id, lock_reason: reason, locked_at: at } of from.all<Row>(
    "SELECT record_id, lock_reason, locked_at FROM candidate WHERE life = 'locked'",
  )) {
    to.run(
      `UPDATE candidate SET life = 'locked', lock_reason = ?, locked_at = ?, version = version + 1
       WHERE record_id = ? AND life = 'live'`,
      reason ?? null,
      at ?? null,
      id ?? null,
    )
  }
  for (const { id, held_until: until } of from.all<Row>(
    'SELECT id, held_until FROM application WHERE held_until IS NOT NULL',
  )) {
    to.run('UPDATE application SET held_until = ? WHERE id = ?', until ?? null, id ?? null)
  }
}
