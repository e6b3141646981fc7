import type { Stage } from '../../shared/domain/vocabulary.ts'
import { hasConsented } from '../background/background-rows.ts'
import { openRecord } from '../candidates/open-record.ts'
import { policyOf } from '../candidates/policy-request.ts'
import { Refusal, type ReaderCall } from '../handler.ts'
import { stepsOfJob } from './read-steps.ts'

const rule = 'BACKGROUND_STEP'
const lift = 'BACKGROUND_ASK'

type Place = { readonly stage: Stage; readonly step?: string | null | undefined }
type Standing = Place & { readonly id: string; readonly record_id: string; readonly job_id: string }

/**
 * Whether a move would bring somebody into a step where a background check is made, without their live consent to one of this
 * application. Whoever stands there already comes in nowhere; a withdrawal closes the report and moves nobody.
 */
export const entersCheckClosed = (call: ReaderCall, from: Standing, to: Place): boolean =>
  to.step !== null &&
  to.step !== undefined &&
  !(from.stage === to.stage && from.step === to.step) &&
  stepsOfJob(call.store, from.job_id).some(
    ({ id, stage, check }) => check === true && id === to.step && stage === to.stage,
  ) &&
  !hasConsented(call.store, from.id, call.now)

/** @throws Refusal E_CONSENT before a move into a check that the person has not agreed to (ZP-57) */
export const requireCheckConsent = (call: ReaderCall, from: Standing, to: Place): void => {
  if (!entersCheckClosed(call, from, to)) return
  const { candidate, request } = openRecord(call, from.record_id, from.job_id)
  const clause = request.profile.clauseOf(rule)
  throw new Refusal(
    'E_CONSENT',
    'nobody comes into this step without their consent to a background check',
    { rule, clause, lift },
    {
      subject: { platform: candidate.platform, id: candidate.platform_id },
      job: from.job_id,
      policy: policyOf(request, clause),
    },
  )
}
