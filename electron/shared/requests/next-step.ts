import { assertNever } from '../assert-never.ts'
import type { RequestStep } from '../domain/request-views.ts'
import type { z } from 'zod'
import type { requestKind } from '../domain/sync-atoms.ts'

export type StepFacts = {
  readonly kind: z.infer<typeof requestKind>
  readonly state: 'open' | 'closed'
  readonly identity: 'open' | 'verified' | 'failed'
  readonly disputed: boolean
  readonly searched: boolean
  readonly carriedOut: boolean
  /** Something of the person is still here. */
  readonly here: boolean
}

/** The one thing that has to be done next, so that nobody has to know the procedure by heart. */
export const nextStep = (facts: StepFacts): RequestStep => {
  if (facts.state === 'closed') return 'none'
  if (facts.disputed) return 'resolve_dispute'
  if (facts.identity === 'open') return 'check_identity'
  if (facts.identity === 'failed') return 'refuse_identity'
  if (!facts.searched) return 'search'
  switch (facts.kind) {
    case 'delete':
    case 'withdraw':
      if (!facts.here) return 'answer'
      return facts.carriedOut ? 'wait_destruction' : 'destroy'
    case 'restrict':
      return facts.carriedOut || !facts.here ? 'answer' : 'restrict'
    case 'correct':
      return facts.carriedOut || !facts.here ? 'answer' : 'pass_on'
    case 'access':
      return facts.carriedOut ? 'answer' : 'statement'
    case 'copy':
      return facts.carriedOut ? 'answer' : 'package'
    case 'port':
      return facts.carriedOut ? 'answer' : 'transfer'
    case 'explain':
      return 'answer'
    default:
      return assertNever(facts.kind)
  }
}
