import type { Hub } from '../hub.ts'
import { HubProblem } from '../hub-problem.ts'
import { hashSecret } from '../keys/secrets.ts'

export type CandidateSession = {
  readonly employerId: string
  readonly candidateId: string
  readonly linkId: string
  /** Milliseconds since 1970: until when the link opens. */
  readonly until: number
}

/**
 * The candidate that a link's bearer token stands for. Unknown, expired and revoked links get the same answer: it must not tell
 * whether there ever was one.
 * @throws HubProblem 401 `invalid_token`
 */
export const requireCandidate = async (hub: Hub, token: string | undefined): Promise<CandidateSession> => {
  const invalid = new HubProblem(401, 'invalid_token', 'the link is unknown or has ended', {
    'www-authenticate': 'Bearer',
  })
  if (token === undefined) throw invalid
  const row = await hub.db
    .selectFrom('candidate_link')
    .select(['employer_id', 'candidate_id', 'id', 'until'])
    .where('token_hash', '=', hashSecret(token))
    .where('revoked', '=', false)
    .where('until', '>', hub.clock.now())
    .executeTakeFirst()
  if (row === undefined) throw invalid
  return { employerId: row.employer_id, candidateId: row.candidate_id, linkId: row.id, until: row.until }
}
