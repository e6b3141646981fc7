import { getClosedRequest } from '../ledger/closed-requests.ts'
import { listRequests } from '../requests/request-rows.ts'
import type { ReadableDb, WritableDb } from '../store/database.ts'

/** Requests that a backup still has open and that were answered since stay answered, inside the caller's transaction. */
export const settleRestoredRequests = (db: WritableDb, ledgerDb: ReadableDb): void => {
  for (const { id } of listRequests(db, 'open')) {
    const closed = getClosedRequest(ledgerDb, id)
    if (closed === undefined) continue
    db.run(
      "UPDATE subject_request SET state = 'closed', outcome = ?, closed_at = ?, closed_by = ? WHERE id = ?",
      closed.outcome,
      closed.at,
      closed.by,
      id,
    )
  }
}
