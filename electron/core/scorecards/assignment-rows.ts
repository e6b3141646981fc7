import type { ReadableDb, WritableDb } from '../store/database.ts'

export type AssignmentRow = {
  readonly application_id: string
  readonly account: string
  readonly account_name: string
  readonly at: number
  readonly by: string
}

export const listAssignments = (db: ReadableDb, applicationId: string): AssignmentRow[] =>
  db.all<AssignmentRow>('SELECT * FROM assignment WHERE application_id = ? ORDER BY at, account', applicationId)

export const putAssignment = (db: WritableDb, row: AssignmentRow): void => {
  db.run(
    'INSERT INTO assignment (application_id, account, account_name, at, by) VALUES (?, ?, ?, ?, ?) ON CONFLICT DO NOTHING',
    row.application_id,
    row.account,
    row.account_name,
    row.at,
    row.by,
  )
}

export const removeAssignment = (db: WritableDb, applicationId: string, account: string): boolean =>
  db.run('DELETE FROM assignment WHERE application_id = ? AND account = ?', applicationId, account).changes > 0
