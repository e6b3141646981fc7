import { approvalAnswer, approvalBody, approvalDecisionBody } from '../../shared/domain/sync-records.ts'
import { isoTime } from '../hub-clock.ts'
import { HubProblem, notFound } from '../hub-problem.ts'
import { newId } from '../keys/secrets.ts'
import { operation, type Operation } from '../operation.ts'
import { putRecords } from '../records/put-records.ts'

/** An approval without an end of its own lasts a day. */
const defaultHours = 24

export const approvalOperations: readonly Operation[] = [
  operation(
    {
      method: 'POST',
      path: '/v1/approvals',
      id: 'askApproval',
      tag: 'sync',
      summary: 'Asks for an approval; the decision comes back as a change',
      auth: 'session',
      roles: ['hr', 'admin', 'officer'],
      body: approvalBody,
      answers: { 201: { description: 'Asked', schema: approvalAnswer } },
    },
    async ({ hub, body }, session) => {
      const id = newId('apr')
      const status = 'pending' as const
      await hub.db.transaction().execute((tx) =>
        putRecords(hub, tx, session.employerId, [
          {
            type: 'approval',
            id,
            data: { ...body, account_id: session.accountId, status },
            internal: { audience: ['admin', 'officer'], account: session.accountId },
          },
        ]),
      )
      hub.events.emit(session.employerId)
      return { status: 201, body: { id, status } }
    },
  ),
  operation(
    {
      method: 'POST',
      path: '/v1/approvals/{id}/decision',
      id: 'decideApproval',
      tag: 'administration',
      summary: 'Grants or refuses; nobody decides about their own',
      auth: 'session',
      roles: ['admin', 'officer'],
      body: approvalDecisionBody,
      answers: { 200: { description: 'Decided', schema: approvalAnswer } },
      problems: { 403: 'own_request', 404: 'not_found', 409: 'decided' },
    },
    async ({ hub, body, param }, session) => {
      const id = param('id')
      await hub.db.transaction().execute(async (tx) => {
        const row = await tx
          .selectFrom('record')
          .select(['data', 'internal'])
          .where('employer_id', '=', session.employerId)
          .where('type', '=', 'approval')
          .where('id', '=', id)
          .forUpdate()
          .executeTakeFirst()
        if (row === undefined) throw notFound('approval')
        const asked = row.data as { readonly account_id: string; readonly status: string }
        if (asked.account_id === session.accountId) {
          throw new HubProblem(403, 'own_request', 'somebody else has to decide about this')
        }
        if (asked.status !== 'pending') throw new HubProblem(409, 'decided', 'this has been decided already')
        const until = body.until ?? isoTime(hub.clock.now() + defaultHours * 3_600_000)
        await putRecords(hub, tx, session.employerId, [
          {
            type: 'approval',
            id,
            data: {
              ...asked,
              status: body.status,
              by: session.accountId,
              ...(body.status === 'granted' ? { until } : {}),
            },
            ...(row.internal === null ? {} : { internal: row.internal }),
          },
        ])
      })
      hub.events.emit(session.employerId)
      return { body: { id, status: body.status } }
    },
  ),
]
