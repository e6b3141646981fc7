import { z } from 'zod'
import {
  approvalAnswer,
  approvalBody,
  approvalBox,
  approvalDecisionBody,
  approvalsAnswer,
  holdReleaseBody,
  type ChangeDataOf,
} from '../../shared/domain/sync-records.ts'
import { approvalDraft, putAgain, requireRecord, type Approval } from '../approvals/approval-record.ts'
import { decideApproval, requireHoldEnd, takesTwo, withdrawApproval } from '../approvals/decide-approval.ts'
import { listApprovals } from '../approvals/list-approvals.ts'
import { requireStepUp } from '../factors/step-up.ts'
import type { Hub } from '../hub.ts'
import { isoTime } from '../hub-clock.ts'
import { HubProblem } from '../hub-problem.ts'
import { newId } from '../keys/secrets.ts'
import { noContent, operation, type Operation } from '../operation.ts'

type Hold = ChangeDataOf<'hold'>

const day = 86_400_000
/** A request that nobody decides ends after three days: by then whoever asked has asked again or has no need. */
const defaultWait = 3 * day
const longestWait = 30 * day

/** @throws HubProblem 400 */
const requireExpiry = (wanted: string | undefined, now: number): string => {
  const at = wanted === undefined ? now + defaultWait : Date.parse(wanted)
  if (at > now && at <= now + longestWait) return isoTime(at)
  throw new HubProblem(400, 'expiry', 'a request ends after now and within thirty days')
}

/** Before the transaction: proofs are read by a connection of their own. */
const isOfMany = async ({ db }: Hub, employerId: string, id: string): Promise<boolean> => {
  const row = await db
    .selectFrom('record')
    .select('data')
    .where('employer_id', '=', employerId)
    .where('type', '=', 'approval')
    .where('id', '=', id)
    .executeTakeFirst()
  return row !== undefined && row.data !== null && takesTwo(row.data as Approval)
}

const staff = ['hr', 'admin', 'officer'] as const

export const approvalOperations: readonly Operation[] = [
  operation(
    {
      method: 'POST',
      path: '/v1/approvals',
      id: 'askApproval',
      tag: 'sync',
      summary: 'Asks for an approval; the decision comes back as a change',
      auth: 'session',
      once: true,
      perMinute: 300,
      roles: staff,
      body: approvalBody,
      answers: { 201: { description: 'Asked', schema: approvalAnswer } },
      problems: { 400: 'hold_end, expiry', 404: 'not_found' },
    },
    async ({ hub, body }, session) => {
      const { until: end, expires_at: wait, ...asked } = body
      const now = hub.clock.now()
      const until = body.kind === 'hold' ? requireHoldEnd(end, now) : undefined
      const id = newId('apr')
      const status = 'pending' as const
      const data: Approval = {
        ...asked,
        ...(until === undefined ? {} : { until }),
        account_id: session.accountId,
        status,
        expires_at: requireExpiry(wait, now),
      }
      const internal = { audience: ['admin', 'officer'], account: session.accountId }
      await hub.db.transaction().execute((tx) => putAgain(hub, tx, session, [approvalDraft(id, data, internal)]))
      hub.events.emit(session.employerId)
      return { status: 201, body: { id, status } }
    },
  ),
  operation(
    {
      method: 'GET',
      path: '/v1/approvals',
      id: 'listApprovals',
      tag: 'administration',
      summary: 'What waits, what was decided, or one’s own; whoever may not decide gets their own alone',
      auth: 'session',
      roles: staff,
      query: z.object({
        box: approvalBox.default('pending'),
        cursor: z.string().max(64).optional(),
        limit: z.coerce.number().int().min(1).max(200).default(50),
      }),
      answers: { 200: { description: 'A page, newest change first', schema: approvalsAnswer } },
    },
    async ({ hub, query }, session) => ({ body: await listApprovals(hub, session, query) }),
  ),
  operation(
    {
      method: 'POST',
      path: '/v1/approvals/{id}/decision',
      id: 'decideApproval',
      tag: 'administration',
      summary: 'Grants or refuses; nobody decides about their own, and a bulk takes two people',
      auth: 'session',
      roles: staff,
      body: approvalDecisionBody,
      answers: {
        200: { description: 'Decided, or `pending` while a second person is needed', schema: approvalAnswer },
      },
      problems: {
        400: 'hold_end',
        403: 'own_request, role, second_person, second_factor_required',
        404: 'not_found',
        409: 'decided, expired',
      },
    },
    async ({ hub, body, param }, session) => {
      const id = param('id')
      if (await isOfMany(hub, session.employerId, id)) await requireStepUp(hub, session)
      const status = await hub.db.transaction().execute((tx) => decideApproval(hub, tx, session, id, body))
      hub.events.emit(session.employerId)
      return { body: { id, status } }
    },
  ),
  operation(
    {
      method: 'POST',
      path: '/v1/approvals/{id}/withdrawal',
      id: 'withdrawApproval',
      tag: 'sync',
      summary: 'Takes back a request that nobody has decided; only whoever asked can',
      auth: 'session',
      roles: staff,
      answers: { 204: noContent },
      problems: { 403: 'forbidden', 404: 'not_found', 409: 'decided' },
    },
    async ({ hub, param }, session) => {
      await hub.db.transaction().execute((tx) => withdrawApproval(hub, tx, session, param('id')))
      hub.events.emit(session.employerId)
      return { status: 204 }
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
      roles: staff,
      body: holdReleaseBody,
      answers: { 204: noContent },
      problems: { 403: 'forbidden', 404: 'not_found', 409: 'ended' },
    },
    async ({ hub, body, param }, session) => {
      const id = param('id')
      await hub.db.transaction().execute(async (tx) => {
        const row = await requireRecord(hub, tx, session.employerId, 'hold', id)
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
