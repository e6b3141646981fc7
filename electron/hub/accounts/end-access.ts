import type { HubQueries } from '../db/schema.ts'
import type { Hub } from '../hub.ts'

type Account = { readonly employerId: string; readonly accountId: string }

/** What ended a session, as its owner reads it: itself at the workstation, from the phone, a change of factors, or of the account. */
export type EndedBy = 'workstation' | 'phone' | 'factor' | 'account'

/** Ends sessions of an account at once: all, only one, or all but one. @returns which ended now */
export const endSessions = async (
  hub: Hub,
  db: HubQueries,
  { employerId, accountId }: Account,
  by: EndedBy,
  { only, but }: { readonly only?: string | undefined; readonly but?: string | undefined } = {},
): Promise<readonly string[]> => {
  let query = db
    .updateTable('session')
    .set({ revoked: true })
    .where('employer_id', '=', employerId)
    .where('account_id', '=', accountId)
    .where('revoked', '=', false)
  if (only !== undefined) query = query.where('id', '=', only)
  if (but !== undefined) query = query.where('id', '<>', but)
  const ended = (await query.returning('id').execute()).map(({ id }) => id)
  if (ended.length > 0)
    await db
      .updateTable('sign_in')
      .set({ ended_at: hub.clock.real(), ended_by: by })
      .where('employer_id', '=', employerId)
      .where('session_id', 'in', ended)
      .execute()
  return ended
}

/** Ends its sessions, and lets each of its devices wipe itself at its next contact. */
export const endAccess = async (hub: Hub, db: HubQueries, account: Account): Promise<void> => {
  await db
    .updateTable('device')
    .set({ revoked: true })
    .where('employer_id', '=', account.employerId)
    .where('account_id', '=', account.accountId)
    .execute()
  await endSessions(hub, db, account, 'account')
}
