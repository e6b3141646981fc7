import {
  approvalAnswer,
  approvalBody,
  approvalDecisionBody,
  holdReleaseBody,
  type ChangeDataOf,
} from '../../shared/domain/sync-records.ts'
import type { HubTransaction } from '../db/schema.ts'
import type { Hub } from '../hub.ts'
import { isoTime } from '../hub-clock.ts'
import { HubProblem, notFound } from '../hub-problem.ts'
import { newId } from '../keys/secrets.ts'
import { noContent, operation, type Operation } from '../operation.ts'
import { putRecords, type RecordDraft } from '../records/put-records.ts'
import { listRowKeys, openData } from '../records/record-data.ts'
import type { Session } from '../session.ts'

/** An approval without an end of its own lasts a day. */
const defaultHours = 24
/** A legal hold never outlives the evidence of its approval (D11). */
const longestHold = 1095 * 86_400_000

type Approval = ChangeDataOf<'approval'>
type Hold = ChangeDataOf<'hold'>
type Decision = Pick<Approval, 'until'> & { readonly status: 'granted' | 'refused' }

/** @throws HubProblem 400 */
const requireHoldEnd = (until: string | undefined, now: number): string => {
  const end = until === undefined ? Number.NaN : Date.parse(until)
  if (end > now && end <= now + longestHold) return isoTime(end)
  throw new HubProblem(400, 'hold_end', 'a legal hold ends after now and within three years')
}

/** One record as it stands, locked until the transaction ends. */
const requireRecord = async (hub: Hub, tx: HubTransaction, session: Session, type: 'approval' | 'hold', id: string) => {
  const row = await tx
    .selectFrom('record')
    .select(['employer_id', 'type', 'id', 'data', 'sealed', 'internal', 'candidate_id'])
    .where('employer_id', '=', session.employerId)
    .where('type', '=', type)
    .where('id', '=', id)
    .where('deleted', '=', false)
    .forUpdate()
    .executeTakeFirst()
  if (row === undefined) throw notFound(type)
  const keys = await listRowKeys(hub.candidateKeys, tx, session.employerId, [row])
  return { data: openData(row, keys), internal: row.internal }
}

/** The same ones again under a new revision; a person who was destroyed meanwhile has none any more. */
const putAgain = async (hub: Hub, tx: HubTransaction, session: Session, drafts: readonly RecordDraft[]) => {
  if ((await putRecords(hub, tx, session.employerId, drafts)) < drafts.length) throw notFound('candidate')
}

/** What is decided. A hold that is granted is a record of its own, which every workstation with that person gets. */
const decide = async (
  hub: Hub,
  tx: HubTransaction,
  session: Session,
  id: string,
  decision: Decision,
): Promise<void> => {
  const row = await requireRecord(hub, tx, session, 'approval', id)
  const asked = row.data as Approval
  if (asked.account_id === session.accountId) {
    throw new HubProblem(403, 'own_request', 'somebody else has to decide about this')
  }
  if (asked.status !== 'pending') throw new HubProblem(409, 'decided', 'this has been decided already')
  const now = hub.clock.now()
  const { status } = decision
  const wanted = decision.until ?? (asked.kind === 'hold' ? asked.until : undefined)
  const until =
    asked.kind === 'hold' && status === 'granted'
      ? requireHoldEnd(wanted, now)
      : (wanted ?? isoTime(now + defaultHours * 3_600_000))
  const person = { candidateId: asked.candidate_id }
  const data: Approval = {
    ...asked,
    status,
    by: session.accountId,
    ...(status === 'granted' ? { until } : {}),
  }
  const hold: Hold = {
    candidate_id: asked.candidate_id,
    until,
    reason: asked.reason,
    by: asked.account_id,
    approver: session.accountId,
  }
  await putAgain(hub, tx, session, [
    { type: 'approval', id, ...person, data, ...(row.internal === null ? {} : { internal: row.internal }) },
    ...(asked.kind === 'hold' && status === 'granted' ? [{ type: 'hold', id, ...person, data: hold }] : []),
  ])
}

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
      problems: { 400: 'hold_end', 404: 'not_found' },
    },
    async ({ hub, body }, session) => {
      const { until: end, ...asked } = body
      const until = body.kind === 'hold' ? requireHoldEnd(end, hub.clock.now()) : undefined
      const id = newId('apr')
      const status = 'pending' as const
      await hub.db.transaction().execute((tx) =>
        putAgain(hub, tx, session, [
          {
            type: 'approval',
            id,
            candidateId: body.candidate_id,
            data: { ...asked, ...(until === undefined ? {} : { until }), account_id: session.accountId, status },
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
      problems: { 400: 'hold_end', 403: 'own_request', 404: 'not_found', 409: 'decided' },
    },
    async ({ hub, body, param }, session) => {
      const id = param('id')
      await hub.db.transaction().execute((tx) => decide(hub, tx, session, id, body))
      hub.events.emit(session.employerId)
      return { body: { id, status: body.status } }
    },
  ),
  operation(
    {
      method: 'POST',
      path: '/v1/holds/{id}/release',
      id: 'releaseHold',
      tag: 'sync',
      summary: 'Ends a legal hold before its time; whoever asked for it may, and whoever may approve one',
      auth: 'session',
      roles: ['hr', 'admin', 'officer'],
      body: holdReleaseBody,
      answers: { 204: noContent },
      problems: { 403: 'forbidden', 404: 'not_found', 409: 'ended' },
    },
    async ({ hub, body, param }, session) => {
      const id = param('id')
      await hub.db.transaction().execute(async (tx) => {
        const row = await requireRecord(hub, tx, session, 'hold', id)
        const hold = row.data as Hold
        if (session.role === 'hr' && hold.by !== session.accountId) {
          throw new HubProblem(403, 'forbidden', 'this hold was asked for by somebody else')
        }
        const now = hub.clock.now()
        if (Date.parse(hold.until) <= now) throw new HubProblem(409, 'ended', 'this hold has ended already')
        const data: Hold = {
          ...hold,
          until: isoTime(now),
          released_by: session.accountId,
          release_reason: body.reason,
        }
        await putAgain(hub, tx, session, [{ type: 'hold', id, candidateId: hold.candidate_id, data }])
      })
      hub.events.emit(session.employerId)
      return { status: 204 }
    },
  ),
]
