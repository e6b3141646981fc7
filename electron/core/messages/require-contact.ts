import type { PolicyLift, PolicyRule } from '../../shared/domain/policy-codes.ts'
import { Refusal } from '../handler.ts'
import type { OpenedRecord } from '../candidates/open-record.ts'
import { policyOf } from '../candidates/policy-request.ts'
import { mayContact } from '../policy/admit.ts'
import type { Refusal as PolicyRefusal } from '../policy/policy-request.ts'
import type { ReadableDb } from '../store/database.ts'
import { countUnansweredAi } from './ai-silence.ts'

/** What keeps a message from this person now, or null. */
export const messageRefusal = (db: ReadableDb, record: OpenedRecord, author: 'human' | 'ai'): PolicyRefusal | null => {
  const { request, candidate } = record
  const allowed = mayContact(request, author === 'ai' ? 'ai' : 'message')
  if (!allowed.ok) return allowed
  const { value: most } = request.profile.document.ai.max_unanswered_greetings
  if (author === 'human' || countUnansweredAi(db, candidate.record_id) < most) return null
  const rule: PolicyRule = 'AI_UNANSWERED'
  const lift: PolicyLift = 'CANDIDATE_ANSWERS'
  return { ok: false, code: 'E_CONSENT', rule, clause: request.profile.clauseOf(rule), lift }
}

/** @throws Refusal naming rule, clause and what would lift it */
export const requireContact = (db: ReadableDb, record: OpenedRecord, author: 'human' | 'ai'): void => {
  const refused = messageRefusal(db, record, author)
  if (refused === null) return
  const { candidate, current, request } = record
  const { code, rule, clause, lift } = refused
  throw new Refusal(
    code,
    'a rule keeps messages from this person',
    { rule, clause, ...(lift === null ? {} : { lift }) },
    {
      subject: { platform: candidate.platform, id: candidate.platform_id },
      policy: policyOf(request, clause),
      ...(current === null ? {} : { job: current.job_id }),
    },
  )
}
