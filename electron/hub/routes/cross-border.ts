import { crossBorderRecord } from '../../shared/domain/cross-border.ts'
import { crossBorderAnswer, overseasBody, syncRole } from '../../shared/domain/sync-records.ts'
import type { HubTransaction } from '../db/schema.ts'
import type { Hub } from '../hub.ts'
import { isoTime } from '../hub-clock.ts'
import { notFound } from '../hub-problem.ts'
import { noContent, operation, type Operation } from '../operation.ts'

/** What people abroad may receive has changed as a whole: their cursors expire. */
const startAnew = (tx: HubTransaction, employerId: string) =>
  tx
    .updateTable('account')
    .set((expression) => ({ feed: expression('feed', '+', 1) }))
    .where('employer_id', '=', employerId)
    .where('overseas', '=', true)
    .execute()

const read = async (hub: Hub, employerId: string) => {
  const row = await hub.db
    .selectFrom('cross_border')
    .selectAll()
    .where('employer_id', '=', employerId)
    .executeTakeFirst()
  const accounts = await hub.db
    .selectFrom('account')
    .select(['id', 'name', 'role', 'overseas'])
    .where('employer_id', '=', employerId)
    .where('status', '<>', 'revoked')
    .orderBy('name')
    .execute()
  return crossBorderAnswer.parse({
    record: row === undefined ? null : { ...(row.body as object), at: isoTime(row.at), by: row.by_account },
    accounts: accounts.map((one) => ({ ...one, role: syncRole.parse(one.role) })),
  })
}

const roles = ['admin', 'officer'] as const

export const crossBorderOperations: readonly Operation[] = [
  operation(
    {
      method: 'GET',
      path: '/v1/cross-border',
      id: 'getCrossBorder',
      tag: 'administration',
      summary: 'The record by which people abroad may look, and who they are',
      auth: 'session',
      roles,
      answers: { 200: { description: 'Record and accounts', schema: crossBorderAnswer } },
    },
    async ({ hub }, session) => ({ body: await read(hub, session.employerId) }),
  ),
  operation(
    {
      method: 'PUT',
      path: '/v1/cross-border',
      id: 'putCrossBorder',
      tag: 'administration',
      summary: 'Writes the record; every candidate’s own separate consent is needed besides',
      auth: 'session',
      roles,
      body: crossBorderRecord,
      answers: { 200: { description: 'Record and accounts', schema: crossBorderAnswer } },
    },
    async ({ hub, body }, session) => {
      const values = { body: JSON.stringify(body), by_account: session.accountId, at: hub.clock.now() }
      await hub.db.transaction().execute(async (tx) => {
        await tx
          .insertInto('cross_border')
          .values({ employer_id: session.employerId, ...values })
          .onConflict((conflict) => conflict.column('employer_id').doUpdateSet(values))
          .execute()
        await startAnew(tx, session.employerId)
      })
      hub.events.emit(session.employerId)
      return { body: await read(hub, session.employerId) }
    },
  ),
  operation(
    {
      method: 'DELETE',
      path: '/v1/cross-border',
      id: 'endCrossBorder',
      tag: 'administration',
      summary: 'Ends viewing from abroad; what was held there comes as a delete',
      auth: 'session',
      roles,
      answers: { 204: noContent },
    },
    async ({ hub }, session) => {
      await hub.db.transaction().execute(async (tx) => {
        await tx.deleteFrom('cross_border').where('employer_id', '=', session.employerId).execute()
        await startAnew(tx, session.employerId)
      })
      hub.events.emit(session.employerId)
      return { status: 204 }
    },
  ),
  operation(
    {
      method: 'PUT',
      path: '/v1/accounts/{id}/overseas',
      id: 'setOverseas',
      tag: 'administration',
      summary: 'Says that somebody works outside mainland China, or no more',
      auth: 'session',
      roles,
      body: overseasBody,
      answers: { 204: noContent },
      problems: { 404: 'not_found' },
    },
    async ({ hub, body, param }, session) => {
      const updated = await hub.db
        .updateTable('account')
        .set((expression) => ({ overseas: body.overseas, feed: expression('feed', '+', 1) }))
        .where('employer_id', '=', session.employerId)
        .where('id', '=', param('id'))
        .returning('id')
        .executeTakeFirst()
      if (updated === undefined) throw notFound('account')
      hub.events.emit(session.employerId)
      return { status: 204 }
    },
  ),
]
