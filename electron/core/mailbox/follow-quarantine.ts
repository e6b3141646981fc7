import type { Taken } from '../intake/arrival.ts'
import type { WritableDb } from '../store/database.ts'
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
