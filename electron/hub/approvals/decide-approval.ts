import type { ChangeDataOf } from '../../shared/domain/sync-records.ts'
import type { HubTransaction } from '../db/schema.ts'
import type { Hub } from '../hub.ts'
import { isoTime } from '../hub-clock.ts'
import { HubProblem } from '../hub-problem.ts'
import type { Session } from '../session.ts'
import { approvalDraft, putAgain, requireRecord, type Approval } from './approval-record.ts'
import { authoritiesOf, type Authority } from './deputies.ts'

/** An approval without an end of its own lasts a day. */
const defaultHours = 24
/** A legal hold never outlives the evidence of its approval (D11). */
const longestHold = 1095 * 86_400_000

export type Decision = { readonly status: 'granted' | 'refused'; readonly until?: string | undefined }

/** @throws HubProblem 400 */
export const requireHoldEnd = (until: string | undefined, now: number): string => {
  const end = until === undefined ? Number.NaN : Date.parse(until)
  if (end > now && end <= now + longestHold) return isoTime(end)
  throw new HubProblem(400, 'hold_end', 'a legal hold ends after now and within three years')
}

/** Whether a request is past the time in which an answer was of use. */
export const hasExpired = (asked: Pick<Approval, 'status' | 'expires_at'>, now: number): boolean =>
  asked.status === 'pending' && asked.expires_at !== undefined && Date.parse(asked.expires_at) <= now

/** A bulk, or anything else that is of many people at once (ZP-96). */
export const takesTwo = ({ kind, application_ids: ids }: Pick<Approval, 'kind' | 'application_ids'>): boolean =>
  kind === 'bulk' || ids !== undefined

/** The people whose word a first grant of a bulk was: who gave it, and for whom. */
const firstPeople = (asked: Approval): readonly string[] =>
  [asked.first_by, asked.first_on_behalf_of].filter((id) => id !== undefined)

/**
 * By which authority somebody may decide about this: never about what they or their principal asked for, and of a bulk neither
 * the one who granted first nor their principal or deputy.
 */
export const authorityOver = (
  asked: Approval,
  accountId: string,
  authorities: readonly Authority[],
): Authority | undefined => {
  if (asked.account_id === accountId) return undefined
  const first = firstPeople(asked)
  if (first.includes(accountId)) return undefined
  return authorities.find(
    ({ onBehalfOf }) => onBehalfOf === undefined || (onBehalfOf !== asked.account_id && !first.includes(onBehalfOf)),
  )
}

/** @throws HubProblem 403 `own_request`, `role`, `second_person`; 409 `decided`, `expired` */
const requireAuthority = async (
  hub: Hub,
  tx: HubTransaction,
  session: Session,
  asked: Approval,
): Promise<Authority> => {
  const now = hub.clock.now()
  const authorities = await authoritiesOf(tx, session, now)
  if (authorities.length === 0) {
    throw new HubProblem(403, 'role', 'this is for approvers and whoever they have named as deputy')
  }
  if (asked.account_id === session.accountId) {
    throw new HubProblem(403, 'own_request', 'somebody else has to decide about this')
  }
  if (asked.status !== 'pending') throw new HubProblem(409, 'decided', 'this has been decided already')
  if (hasExpired(asked, now)) throw new HubProblem(409, 'expired', 'nobody decided this in time')
  const authority = authorityOver(asked, session.accountId, authorities)
  if (authority === undefined) throw new HubProblem(403, 'second_person', 'a second person has to decide about this')
  return authority
}

/**
 * What is decided. A hold that is granted is a record of its own, which every workstation with that person gets; a bulk takes
 * two people and stays pending after the first.
 */
export const decideApproval = async (
  hub: Hub,
  tx: HubTransaction,
  session: Session,
  id: string,
  decision: Decision,
): Promise<Approval['status']> => {
  const row = await requireRecord(hub, tx, session.employerId, 'approval', id)
  const asked = row.data as Approval
  const { onBehalfOf } = await requireAuthority(hub, tx, session, asked)
  if (takesTwo(asked) && decision.status === 'granted' && asked.first_by === undefined) {
    const first: Approval = {
      ...asked,
      first_by: session.accountId,
      ...(onBehalfOf === undefined ? {} : { first_on_behalf_of: onBehalfOf }),
    }
    await putAgain(hub, tx, session, [approvalDraft(id, first, row.internal)])
    return 'pending'
  }
  const now = hub.clock.now()
  const granted = decision.status === 'granted'
  const wanted = decision.until ?? (asked.kind === 'hold' ? asked.until : undefined)
  const until =
    asked.kind === 'hold' && granted ? requireHoldEnd(wanted, now) : (wanted ?? isoTime(now + defaultHours * 3_600_000))
  const data: Approval = {
    ...asked,
    status: decision.status,
    by: session.accountId,
    ...(onBehalfOf === undefined ? {} : { on_behalf_of: onBehalfOf }),
    ...(granted ? { until } : {}),
  }
  const hold: ChangeDataOf<'hold'> = {
    candidate_id: asked.candidate_id,
    until,
    reason: asked.reason,
    by: asked.account_id,
    approver: session.accountId,
  }
  await putAgain(hub, tx, session, [
    approvalDraft(id, data, row.internal),
    ...(asked.kind === 'hold' && granted ? [{ type: 'hold', id, candidateId: asked.candidate_id, data: hold }] : []),
  ])
  return decision.status
}

/** Takes back what nobody has decided yet; only whoever asked can. @throws HubProblem 403, 404, 409 */
export const withdrawApproval = async (hub: Hub, tx: HubTransaction, session: Session, id: string): Promise<void> => {
  const row = await requireRecord(hub, tx, session.employerId, 'approval', id)
  const asked = row.data as Approval
  if (asked.account_id !== session.accountId) throw new HubProblem(403, 'forbidden', 'somebody else asked for this')
  if (asked.status !== 'pending') throw new HubProblem(409, 'decided', 'this has been decided already')
  await putAgain(hub, tx, session, [
    approvalDraft(id, { ...asked, status: 'refused', ended: 'withdrawn' }, row.internal),
  ])
}
