import type { Taken } from '../intake/arrival.ts'
import type { ReadableDb, WritableDb } from '../store/database.ts'
import { becameOf } from './import-mail.ts'

/**
 * What became of a file that had been set aside: the copies of its mail follow it, so that a request and a destruction find them.
 * Null where somebody discarded it. In the transaction that takes it out.
 */
export const followQuarantine = (db: WritableDb, quarantineId: string, taken: Taken | null): void => {
  if (db.get('SELECT 1 FROM mail_copy WHERE quarantine_id = ?', quarantineId) === undefined) return
  const {
    result,
    reason,
    recordId,
    applicationId,
    quarantineId: next,
  } = taken === null
    ? { result: 'refused', reason: 'discarded', recordId: null, applicationId: null, quarantineId: null }
    : becameOf(taken)
  db.run(
    `UPDATE mail_copy SET result = ?, reason = ?, record_id = ?, application_id = ?, quarantine_id = ? WHERE quarantine_id = ?`,
    result,
    reason,
    recordId,
    applicationId,
    next,
    quarantineId,
  )
}

/** Why the copy of a mail has become no record: it is a request and lies on the desk. */
export const requestReason = 'request'

/** The same for a mail that somebody called a request about its writer's own data. */
export const followRequest = (db: WritableDb, quarantineId: string, recordId: string | null): void => {
  db.run(
    `UPDATE mail_copy SET result = 'merged', reason = ?, record_id = ?, application_id = NULL, quarantine_id = NULL
     WHERE quarantine_id = ?`,
    requestReason,
    recordId,
    quarantineId,
  )
}

/** When the server got the mail that a file in quarantine is; undefined for a file that came otherwise. */
export const arrivedAt = (db: ReadableDb, quarantineId: string): number | undefined =>
  db.get<{ at: number | null }>('SELECT min(mail_at) AS at FROM mail_copy WHERE quarantine_id = ?', quarantineId)?.at ??
  undefined
