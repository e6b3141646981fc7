import { z } from 'zod'
import {
  accountCreateBody,
  accountsAnswer,
  accountPatchBody,
  accountRow,
  type AccountRow,
} from '../../shared/domain/sync-records.ts'
import type { HubTransaction } from '../db/schema.ts'
import type { Hub } from '../hub.ts'
import { HubProblem, notFound } from '../hub-problem.ts'
import { hashPassword, newId, newSecret } from '../keys/secrets.ts'
import { operation, type Operation } from '../operation.ts'
import { toAccountRow } from '../accounts/account-row.ts'
import { listAccounts } from '../accounts/list-accounts.ts'
import { pageOf, pageQuery } from '../service/list-page.ts'
import { putRecords } from '../records/put-records.ts'

export const accountOperations: readonly Operation[] = [
  operation(
    {
      method: 'GET',
      path: '/v1/accounts',
      id: 'listAccounts',
      tag: 'administration',
      summary: 'Every account of the employer',
      auth: 'session',
      roles: ['admin'],
      query: z.object(pageQuery),
      answers: { 200: { description: 'The accounts', schema: accountsAnswer } },
      problems: { 400: 'invalid_request, cursor' },
    },
    async ({ hub, query }, session) => {
      const { items, next } = pageOf(await listAccounts(hub, session.employerId), ({ id }) => id, query)
      return { body: { accounts: items, ...next } }
    },
  ),
  operation(
    {
      method: 'POST',
      path: '/v1/accounts',
      id: 'createAccount',
      tag: 'administration',
      summary: 'A new account; unverified until the platform has checked the person',
      auth: 'session',
      once: true,
      perMinute: 60,
      roles: ['admin'],
      body: accountCreateBody,
      answers: { 201: { description: 'The account', schema: accountRow } },
      problems: { 409: 'name_taken' },
    },
    async ({ hub, body }, session) => {
      const id = newId('acc')
      const hash = await hashPassword(body.password ?? newSecret())
      const row = await hub.db.transaction().execute(async (tx) => {
        const created = await tx
          .insertInto('account')
          .values({
            employer_id: session.employerId,
            id,
            login: body.email ?? body.name,
            name: body.name,
            email: body.email ?? null,
            role: body.role,
            status: 'active',
            quotas: JSON.stringify({}),
            verification: JSON.stringify({ real_name: false, employment: false, caller: false }),
            agency: body.agency === undefined ? null : JSON.stringify(body.agency),
            licence_until: null,
            password_hash: hash,
            feed: 1,
          })
          .onConflict((conflict) => conflict.column('login').doNothing())
          .returningAll()
          .executeTakeFirst()
        if (created === undefined) throw new HubProblem(409, 'name_taken', 'there is an account of this name')
        await putAccount(hub, tx, toAccountRow(created), session.employerId)
        return created
      })
      hub.events.emit(session.employerId)
      return { status: 201, body: toAccountRow(row) }
    },
  ),
  operation(
    {
      method: 'PATCH',
      path: '/v1/accounts/{id}',
      id: 'updateAccount',
      tag: 'administration',
      summary: 'Role, status, quotas; whoever is revoked loses every session and device',
      auth: 'session',
      roles: ['admin'],
      body: accountPatchBody,
      answers: { 200: { description: 'The account', schema: accountRow } },
      problems: { 403: 'own_account', 404: 'not_found' },
    },
    async ({ hub, body, param }, session) => {
      const id = param('id')
      if (id === session.accountId && (body.role !== undefined || body.status !== undefined)) {
        throw new HubProblem(403, 'own_account', 'another administrator has to do this')
      }
      const row = await hub.db.transaction().execute(async (tx) => {
        const updated = await tx
          .updateTable('account')
          .set((expression) => ({
            ...(body.role === undefined ? {} : { role: body.role }),
            ...(body.status === undefined ? {} : { status: body.status }),
            ...(body.quotas === undefined ? {} : { quotas: JSON.stringify(body.quotas) }),
            // Another role gets other records: start again.
            feed: expression('feed', '+', body.role === undefined ? 0 : 1),
          }))
          .where('employer_id', '=', session.employerId)
          .where('id', '=', id)
          .returningAll()
          .executeTakeFirst()
        if (updated === undefined) throw notFound('account')
        if (updated.status === 'revoked') await endEverything(tx, session.employerId, id)
        await putAccount(hub, tx, toAccountRow(updated), session.employerId)
        return updated
      })
      hub.events.emit(session.employerId)
      return { body: toAccountRow(row) }
    },
  ),
]

/** The change that administrators and the account itself get. */
export const putAccount = async (hub: Hub, tx: HubTransaction, row: AccountRow, employerId: string): Promise<void> => {
  const { id, ...data } = row
  await putRecords(hub, tx, employerId, [{ type: 'account', id, data, internal: { audience: ['admin'], account: id } }])
}

const endEverything = async (tx: HubTransaction, employerId: string, accountId: string): Promise<void> => {
  await tx
    .updateTable('device')
    .set({ revoked: true })
    .where('employer_id', '=', employerId)
    .where('account_id', '=', accountId)
    .execute()
  await tx
    .updateTable('session')
    .set({ revoked: true })
    .where('employer_id', '=', employerId)
    .where('account_id', '=', accountId)
    .execute()
}
