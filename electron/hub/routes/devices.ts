import { z } from 'zod'
import { deviceBody } from '../../shared/domain/sync-records.ts'
import { HubProblem, notFound } from '../hub-problem.ts'
import { noContent, operation, type Operation } from '../operation.ts'

export const deviceOperations: readonly Operation[] = [
  operation(
    {
      method: 'PUT',
      path: '/v1/devices/{device_id}',
      id: 'putDevice',
      tag: 'sign-in',
      summary: 'Makes the device known; binds this session to it',
      auth: 'session',
      body: deviceBody,
      answers: { 200: { description: 'Known', schema: z.object({ id: z.string() }) } },
      problems: { 409: 'log_key_fixed', 410: 'device_revoked' },
    },
    async ({ hub, body, param }, session) => {
      const id = param('device_id')
      if (id.length > 128) throw new HubProblem(400, 'invalid_request', 'the device id is too long')
      const known = await hub.db
        .selectFrom('device')
        .select(['account_id', 'log_key', 'revoked'])
        .where('employer_id', '=', session.employerId)
        .where('id', '=', id)
        .executeTakeFirst()
      if (known?.revoked === true) throw new HubProblem(410, 'device_revoked', 'this device has been revoked')
      // A new key would let somebody else continue this device's log.
      if (known !== undefined && known.log_key !== body.log_key) {
        throw new HubProblem(409, 'log_key_fixed', 'the log key of a device never changes; enrol a new device')
      }
      const values = {
        account_id: session.accountId,
        name: body.name,
        os: body.os,
        app_version: body.app_version,
        seen_at: hub.clock.now(),
      }
      await hub.db
        .insertInto('device')
        .values({ employer_id: session.employerId, id, log_key: body.log_key, revoked: false, ...values })
        .onConflict((conflict) => conflict.columns(['employer_id', 'id']).doUpdateSet(values))
        .execute()
      await hub.db
        .updateTable('session')
        .set({ device_id: id })
        .where('employer_id', '=', session.employerId)
        .where('id', '=', session.id)
        .execute()
      return { body: { id } }
    },
  ),
  operation(
    {
      method: 'DELETE',
      path: '/v1/devices/{device_id}',
      id: 'revokeDevice',
      tag: 'sign-in',
      summary:
        'Revokes a device (one’s own, or any by an administrator): its next call is answered 410 and it wipes itself',
      auth: 'session',
      answers: { 204: noContent },
    },
    async ({ hub, param }, session) => {
      let query = hub.db
        .updateTable('device')
        .set({ revoked: true })
        .where('employer_id', '=', session.employerId)
        .where('id', '=', param('device_id'))
      if (session.role !== 'admin') query = query.where('account_id', '=', session.accountId)
      if ((await query.returning('id').executeTakeFirst()) === undefined) throw notFound('device')
      hub.events.emit(session.employerId)
      return { status: 204 }
    },
  ),
]
