import type { Hub } from '../hub.ts'
import { HubProblem } from '../hub-problem.ts'
import { requireCandidate, type CandidateSession } from './require-candidate.ts'

const tooMany = (seconds: number): HubProblem =>
  new HubProblem(429, 'too_many_requests', 'too many requests; try again later', { 'retry-after': String(seconds) })

/**
 * The candidate of a link. Only links that do not open are counted, by address: people behind one address must not lock each
 * other out.
 * @throws HubProblem 401 `invalid_token`, 429 `too_many_requests`
 */
export const openLink = async (hub: Hub, token: string | undefined, address: string): Promise<CandidateSession> => {
  try {
    return await requireCandidate(hub, token)
  } catch (error) {
    const wait = error instanceof HubProblem ? hub.portalLimits.failures.take(address) : 0
    throw wait > 0 ? tooMany(wait) : error
  }
}

/** Counts what one person files. @throws HubProblem 429 `too_many_requests` */
export const takeFiling = (hub: Hub, { employerId, candidateId }: CandidateSession): void => {
  const wait = hub.portalLimits.filings.take(`${employerId}|${candidateId}`)
  if (wait > 0) throw tooMany(wait)
}
