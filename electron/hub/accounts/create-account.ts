import { toAccountRow } from './account-row.ts'
import { putAccount } from './put-account.ts'
import type { AccountRow, SyncRole } from '../../shared/domain/sync-records.ts'
import type { HubTransaction } from '../db/schema.ts'
import type { Hub } from '../hub.ts'
import { HubProblem } from '../hub-problem.ts'
import { newId } from '../keys/secrets.ts'

export type NewAccount = {
  readonly employerId: string
  readonly login: string
  readonly name: string
  readonly email?: string | undefined
  readonly title?: string | undefined
  readonly role: SyncRole
  readonly agency?: { readonly id: string; readonly name: string } | undefined
  readonly passwordHash: string
}

/** A new account; nobody has checked the person yet, so it sees no candidate. @throws HubProblem 409 `name_taken` */
export const createAccount = async (hub: Hub, tx: HubTransaction, given: NewAccount): Promise<AccountRow> => {
  const created = await tx
    .insertInto('account')
    .values({
      employer_id: given.employerId,
      id: newId('acc'),
      login: given.login,
      name: given.name,
      email: given.email ?? null,
      title: given.title ?? null,
      role: given.role,
      status: 'active',
      quotas: JSON.stringify({}),
      verification: JSON.stringify({
        real_name: false,
        employment: false,
        caller: false,
        employment_status: 'pending',
      }),
      agency: given.agency === undefined ? null : JSON.stringify(given.agency),
      licence_until: null,
      password_hash: given.passwordHash,
      feed: 1,
    })
    .onConflict((conflict) => conflict.column('login').doNothing())
    .returningAll()
    .executeTakeFirst()
  if (created === undefined) throw new HubProblem(409, 'name_taken', 'there is an account of this name')
  const row = toAccountRow(created)
  await putAccount(hub, tx, row, given.employerId)
  return row
}
