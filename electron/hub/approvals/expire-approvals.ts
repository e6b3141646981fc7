import { sql } from 'kysely'
import type { Hub } from '../hub.ts'
import { putRecords } from '../records/put-records.ts'
import { listRowKeys, openData } from '../records/record-data.ts'
import { approvalDraft, type Approval } from './approval-record.ts'
import { hasExpired } from './decide-approval.ts'

/** Ends the requests that nobody decided in time, so that their workstations learn of it. @returns how many */
export const expireApprovals = async (hub: Hub): Promise<number> => {
  const now = hub.clock.now()
  const rows = await hub.db
    .selectFrom('record')
    .selectAll()
    .where('type', '=', 'approval')
    .where('deleted', '=', false)
    .where(sql<string>`data->>'status'`, '=', 'pending')
    .execute()
  const over = rows.filter((row) => hasExpired(row.data as Approval, now))
  for (const [employerId, own] of Map.groupBy(over, (row) => row.employer_id)) {
    const keys = await listRowKeys(hub.candidateKeys, hub.db, employerId, own)
    const drafts = own.map((row) =>
      approvalDraft(
        row.id,
        { ...(openData(row, keys) as Approval), status: 'refused', ended: 'expired' },
        row.internal,
      ),
    )
    await hub.db.transaction().execute((tx) => putRecords(hub, tx, employerId, drafts))
    hub.events.emit(employerId)
  }
  return over.length
}
