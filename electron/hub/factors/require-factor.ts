import type { Hub } from '../hub.ts'
import { HubProblem } from '../hub-problem.ts'
import { checkCode } from './check-code.ts'
import { isFactorRequired, listFactors, type AccountPlace } from './factor-policy.ts'

/**
 * For a page that acts by password alone, without a session: it asks for no less than a sign-in does.
 * @throws HubProblem 400 `wrong_code`, 403 `mfa_enrolment_required`, 429 `rate_limited`
 */
export const requireFactor = async (hub: Hub, place: AccountPlace, role: string, code: string): Promise<void> => {
  if ((await listFactors(hub.db, place)).length > 0) {
    await checkCode(hub, place, code)
    return
  }
  if (role !== 'admin' || !(await isFactorRequired(hub, hub.db, place.employerId))) return
  throw new HubProblem(403, 'mfa_enrolment_required', 'set up a second factor first')
}
