import type { HubTransaction } from '../db/schema.ts'
import { HubProblem } from '../hub-problem.ts'

/**
 * Refuses what would leave an enterprise without an active administrator. The employer's row is locked first: two
 * administrators who demote each other at the same moment are looked at one after the other.
 *
 * @throws HubProblem 409 `last_admin`
 */
export const requireAnotherAdmin = async (tx: HubTransaction, employerId: string, accountId: string): Promise<void> => {
  await tx.selectFrom('employer').select('employer_id').where('employer_id', '=', employerId).forUpdate().execute()
  const rows = await tx
    .selectFrom('account')
    .select('id')
    .where('employer_id', '=', employerId)
    .where('role', '=', 'admin')
    .where('status', '=', 'active')
    .execute()
  if (rows.every((row) => row.id === accountId) && rows.length > 0) {
    throw new HubProblem(409, 'last_admin', 'an enterprise keeps at least one active administrator')
  }
}
