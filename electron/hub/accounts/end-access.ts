import type { HubTransaction } from '../db/schema.ts'

type Account = { readonly employerId: string; readonly accountId: string }

/** Ends every session of an account at once. @param but the one that goes on */
export const endSessions = async (
  tx: HubTransaction,
  { employerId, accountId }: Account,
  but?: string,
): Promise<void> => {
  let query = tx
    .updateTable('session')
    .set({ revoked: true })
    .where('employer_id', '=', employerId)
    .where('account_id', '=', accountId)
  if (but !== undefined) query = query.where('id', '!=', but)
  await query.execute()
}

/** Ends its sessions, and lets each of its devices wipe itself at its next contact. */
export const endAccess = async (tx: HubTransaction, account: Account): Promise<void> => {
  await tx
    .updateTable('device')
    .set({ revoked: true })
    .where('employer_id', '=', account.employerId)
    .where('account_id', '=', account.accountId)
    .execute()
  await endSessions(tx, account)
}
