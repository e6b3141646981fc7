import type { ReadableDb, SqlValue, WritableDb } from '../store/database.ts'

type Row = Readonly<Record<string, SqlValue>>

const put = (db: WritableDb, table: string, row: Row): void => {
  const columns = Object.keys(row)
  db.run(
    `INSERT INTO ${table} (${columns.join(', ')}) VALUES (${columns.map(() => '?').join(', ')})`,
    ...Object.values(row),
  )
}

/** Parents before children; children are emptied first. */
const carried = [
  'destruction_job',
  'destruction_part',
  'legal_hold',
  'approval',
  'registered_file',
  'registered_file_person',
  'subject_request',
  'request_paper',
] as const

/**
 * What a backup must not undo, taken from the store that it replaces: destructions that are on their way, legal holds and who agreed to
 * them, plain files outside and what became of them, what people asked and what came of it, and records that have been locked since. Inside the caller's transaction.
 */
export const carryOver = (from: ReadableDb, to: WritableDb): void => {
  for (const table of carried.toReversed()) to.run(`DELETE FROM ${table}`)
  for (const table of carried) {
    const only =
      table === 'approval'
        ? (row: Row) => to.get('SELECT 1 FROM candidate WHERE record_id = ?', row['record_id'] ?? null) !== undefined
        : () => true
    for (const row of from.all<Row>(`SELECT * FROM ${table}`)) if (only(row)) put(to, table, row)
  }
  const locked = from.all<Row>("SELECT record_id, lock_reason, locked_at FROM candidate WHERE life = 'locked'")
  for (const { record_id: id, lock_reason: reason, locked_at: at } of locked) {
    to.run(
      `UPDATE candidate SET life = 'locked', lock_reason = ?, locked_at = ?, version = version + 1 WHERE record_id = ?`,
      reason ?? null,
      at ?? null,
      id ?? null,
    )
  }
  for (const { id, held_until: until } of from.all<Row>('SELECT id, held_until FROM application')) {
    to.run('UPDATE application SET held_until = ? WHERE id = ?', until ?? null, id ?? null)
  }
}
