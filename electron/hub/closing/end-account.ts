import { messageData } from '../../shared/domain/sync-records.ts'
import { addWorkingDays } from '../../shared/retention/working-days.ts'
import type { HubTransaction } from '../db/schema.ts'
import type { Hub } from '../hub.ts'
import { hashPassword, newSecret } from '../keys/secrets.ts'
import { putRecords, takeRevisions } from '../records/put-records.ts'
import { listRowKeys, openData } from '../records/record-data.ts'
import { toAccountRow } from '../accounts/account-row.ts'
import { changeAccount } from '../accounts/change-account.ts'
import { endSessions } from '../accounts/end-access.ts'
import { putAccount } from '../accounts/put-account.ts'
import { getWorkingCalendar } from '../working-calendar.ts'

/** Whoever this was called before: the log goes on with the id, and nothing leads from it to a person. */
const pseudonymOf = (accountId: string): string => `注销账号 ${accountId.slice(-6)}`

/** Messages of every thread in which the account wrote. */
const listChats = async (hub: Hub, tx: HubTransaction, employerId: string, accountId: string): Promise<string[]> => {
  const rows = await tx
    .selectFrom('record')
    .selectAll()
    .where('employer_id', '=', employerId)
    .where('type', '=', 'message')
    .where('deleted', '=', false)
    .execute()
  const keys = await listRowKeys(hub.candidateKeys, tx, employerId, rows)
  const said = rows.flatMap((row) => {
    const message = messageData.safeParse(openData(row, keys)).data
    return message === undefined ? [] : [{ id: row.id, ...message }]
  })
  const threads = new Set(said.filter(({ from }) => from === accountId).map((one) => one.application_id))
  return said.filter((one) => threads.has(one.application_id)).map(({ id }) => id)
}

/**
 * A cancelled account (ZP-81, QY-45): its chats are destroyed, name, address and password are taken off it, every other session
 * ends, and the workstation is told. The one that asked goes on until it has reported its end, the working day at the longest;
 * the log stays under the account's id.
 *
 * @returns when everything has to be gone
 */
export const cancelAccount = async (
  hub: Hub,
  tx: HubTransaction,
  employerId: string,
  accountId: string,
  keepSession: string | null,
): Promise<number> => {
  const now = hub.clock.now()
  const calendar = await getWorkingCalendar(tx, employerId, hub.portalRules.workingYears)
  const due = addWorkingDays(calendar, now, 1).at
  for (const id of await listChats(hub, tx, employerId, accountId)) {
    const rev = await takeRevisions(tx, employerId, 1)
    await tx
      .updateTable('record')
      .set({ rev, at: now, deleted: true, data: null, sealed: null, internal: null })
      .where('employer_id', '=', employerId)
      .where('type', '=', 'message')
      .where('id', '=', id)
      .execute()
  }
  const row = await tx
    .updateTable('account')
    .set({
      name: pseudonymOf(accountId),
      login: `cancelled-${accountId}`,
      email: null,
      agency: null,
      password_hash: await hashPassword(newSecret()),
      cancelled_at: now,
      cancel_due: due,
    })
    .where('employer_id', '=', employerId)
    .where('id', '=', accountId)
    .returningAll()
    .executeTakeFirstOrThrow()
  await endSessions(hub, tx, { employerId, accountId }, 'account', { but: keepSession ?? undefined })
  await putAccount(hub, tx, toAccountRow(row), employerId)
  await putRecords(hub, tx, employerId, [
    {
      type: 'lifecycle',
      id: `cancelled-${accountId}`,
      data: { subject: 'account', id: accountId, event: 'cancelled' },
      internal: { audience: ['admin'], account: accountId },
    },
  ])
  return due
}

/** Whoever was cancelled is let in no more once their time is over, with all that follows from an account's end. */
export const endCancelledAccounts = async (hub: Hub): Promise<void> => {
  const over = await hub.db
    .selectFrom('account')
    .select(['employer_id', 'id'])
    .where('cancel_due', '<=', hub.clock.now())
    .where('status', '<>', 'revoked')
    .execute()
  for (const { employer_id: employerId, id: accountId } of over) {
    await hub.db
      .transaction()
      .execute((tx) => changeAccount(hub, tx, { employerId, accountId }, { status: 'revoked' }, 'cancelled'))
    hub.events.emit(employerId)
  }
}
