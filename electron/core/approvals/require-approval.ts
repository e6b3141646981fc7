import type { CandidateRecord } from '../candidates/candidate-rows.ts'
import { Refusal, type ReaderCall } from '../handler.ts'
import { checkApproval, type ApprovalScope, type ApprovalVerdict } from '../policy/approval-check.ts'
import { requireProfile } from '../policy/profile/require-profile.ts'
import { authorOf } from '../scorecards/colleagues.ts'
import { listBooked } from './approval-book.ts'

export type WantedScope = Omit<ApprovalScope, 'accountId' | 'candidateId'>

/** Whether the signed-in account has an approval for this of this person, and which (ZP-96). */
export const findApproval = (call: ReaderCall, candidate: CandidateRecord, scope: WantedScope): ApprovalVerdict =>
  checkApproval(
    listBooked(call),
    { ...scope, accountId: authorOf(call.account).id, candidateId: candidate.platform_id },
    call.now,
  )

const words = {
  NEEDS_APPROVAL: 'this needs an approval',
  APPROVAL_PENDING: 'this waits for its approval',
  APPROVAL_OVER: 'the approval of this is over',
  APPROVAL_SCOPE: 'the approval is for something else',
} as const

/**
 * The check of every door that opens by approval alone: download, export, print, bulk and sealed fields (ZP-96).
 * @returns the approval's id, which the log's entry names
 * @throws Refusal E_APPROVAL with the rule and what would lift it
 */
export const requireApproval = (call: ReaderCall, candidate: CandidateRecord, scope: WantedScope): string => {
  const verdict = findApproval(call, candidate, scope)
  if (verdict.ok) return verdict.id
  const profile = requireProfile(call.core.profiles, candidate.platform)
  const clause = profile.clauseOf(verdict.rule)
  throw new Refusal(
    'E_APPROVAL',
    words[verdict.rule],
    { rule: verdict.rule, clause, lift: 'APPROVAL', ...(verdict.id === undefined ? {} : { approval: verdict.id }) },
    {
      subject: { platform: candidate.platform, id: candidate.platform_id },
      policy: { profile: profile.id, version: profile.document.policy.version, clause },
      ...(scope.jobId === undefined ? {} : { job: scope.jobId }),
      ...(scope.field === undefined ? {} : { fields: [scope.field] }),
    },
  )
}

/** The detail of an entry that an approval stands behind. */
export const approvalDetail = (id: string): string => `approval ${id.replaceAll(/[^\w.:-]/g, '_').slice(0, 128)}`
