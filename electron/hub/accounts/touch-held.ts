import type { HubTransaction } from '../db/schema.ts'
import type { Hub } from '../hub.ts'
import { touchCandidates } from '../records/put-records.ts'

/**
 * A new revision for everybody of whom the account once got a copy: a delete that it was sent beats every revision up to its
 * own, so that what it has a right to again would not come otherwise.
 */
export const touchHeld = async (hub: Hub, tx: HubTransaction, employerId: string, accountId: string): Promise<void> => {
  const rows = await tx
    .selectFrom('holding')
    .select('candidate_id')
    .distinct()
    .where('employer_id', '=', employerId)
    .where('account_id', '=', accountId)
    .execute()
  await touchCandidates(
    hub,
    tx,
    employerId,
    rows.map((row) => row.candidate_id),
  )
}
