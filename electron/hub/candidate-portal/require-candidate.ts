import type { Hub } from '../hub.ts'
import { HubProblem } from '../hub-problem.ts'
import { hashSecret } from '../keys/secrets.ts'

export type CandidateSession = { readonly employerId: string; readonly candidateId: string }

/** The candidate that a link's bearer token stands for. */
export const requireCandidate = async (hub: Hub, token: string | undefined): Promise<CandidateSession> => {
  const invalid = new HubProblem(401, 'invalid_token', 'the link is unknown or has ended', {
    'www-authenticate': 'Bearer',
  })
  if (token === undefined) throw invalid
  const row = await hub.db
    .selectFrom('candidate_link')
    .select(['employer_id', 'candidate_id'])
    .where('token_hash', '=', hashSecret(token))
    .where('revoked', '=', false)
    .where('until', '>', hub.clock.now())
    .executeTakeFirst()
  if (row === undefined) throw invalid
  return { employerId: row.employer_id, candidateId: row.candidate_id }
}
