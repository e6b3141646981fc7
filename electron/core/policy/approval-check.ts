import type { PolicyRule } from '../../shared/domain/policy-codes.ts'

/** What approvals are asked for; a hold and a hand-over have checks of their own beside their records. */
export type ApprovalKind = 'reveal' | 'download' | 'export' | 'print' | 'bulk' | 'sealed' | 'hold' | 'handover'

/** An approval as far as the check looks at it. */
export type GrantedScope = {
  readonly id: string
  readonly kind: ApprovalKind
  readonly status: 'pending' | 'granted' | 'refused'
  readonly account_id: string
  /** Who granted it; one without is none. */
  readonly by?: string | undefined
  readonly candidate_id: string
  readonly job_id: string
  /** RFC 3339. */
  readonly until?: string | undefined
  /** Left out = every field that its kind can be asked for. */
  readonly fields?: readonly string[] | undefined
  /** Of a bulk, or of an export of many: its applications, and nobody else. */
  readonly application_ids?: readonly string[] | undefined
}

/** What somebody is about to do. */
export type ApprovalScope = {
  readonly kind: ApprovalKind
  /** Whoever does it: an approval is for who asked and for nobody else. */
  readonly accountId: string
  readonly candidateId: string
  readonly jobId?: string | undefined
  readonly applicationId?: string | undefined
  readonly field?: string | undefined
}

export type ApprovalVerdict =
  | { readonly ok: true; readonly id: string }
  | {
      readonly ok: false
      readonly rule: Extract<PolicyRule, 'NEEDS_APPROVAL' | 'APPROVAL_PENDING' | 'APPROVAL_OVER' | 'APPROVAL_SCOPE'>
      readonly id?: string
    }

const coversPerson = (approval: GrantedScope, scope: ApprovalScope): boolean =>
  approval.application_ids !== undefined
    ? scope.applicationId !== undefined && approval.application_ids.includes(scope.applicationId)
    : approval.candidate_id === scope.candidateId && (scope.jobId === undefined || approval.job_id === scope.jobId)

const coversField = (approval: GrantedScope, { field }: ApprovalScope): boolean =>
  field === undefined || approval.fields === undefined || approval.fields.includes(field)

/** A bulk is a reveal of many; the second layer opens by an approval that names it, never by one for something else. */
const sameKind = (approval: GrantedScope, { kind, field }: ApprovalScope): boolean =>
  approval.kind === kind ||
  (kind === 'reveal' && approval.kind === 'bulk') ||
  (kind === 'sealed' && approval.kind === 'bulk' && field !== undefined && approval.fields?.includes(field) === true)

/**
 * Whether one of these approvals lets somebody do this now (ZP-96): asked by them, granted by somebody else, for this person, job
 * and field, and not over. Else the nearest reason why not. Pure.
 */
export const checkApproval = (
  approvals: readonly GrantedScope[],
  scope: ApprovalScope,
  now: number,
): ApprovalVerdict => {
  const own = approvals.filter((one) => one.account_id === scope.accountId && sameKind(one, scope))
  const covering = own.filter((one) => coversPerson(one, scope) && coversField(one, scope))
  const granted = covering.filter(
    ({ status, by, account_id: who }) => status === 'granted' && by !== undefined && by !== who,
  )
  const running = granted.find(({ until }) => until !== undefined && Date.parse(until) > now)
  if (running !== undefined) return { ok: true, id: running.id }
  const pending = covering.find(({ status }) => status === 'pending')
  if (pending !== undefined) return { ok: false, rule: 'APPROVAL_PENDING', id: pending.id }
  const [over] = granted
  if (over !== undefined) return { ok: false, rule: 'APPROVAL_OVER', id: over.id }
  const [foreign] = own.filter(({ status }) => status === 'granted')
  if (foreign !== undefined) return { ok: false, rule: 'APPROVAL_SCOPE', id: foreign.id }
  return { ok: false, rule: 'NEEDS_APPROVAL' }
}
