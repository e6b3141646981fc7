import { candidateLink, candidateLinkBody } from '../../shared/domain/sync-records.ts'
import { isoTime } from '../hub-clock.ts'
import { HubProblem, notFound } from '../hub-problem.ts'
import { hashSecret, newId, newSecret } from '../keys/secrets.ts'
import { noContent, operation, type Operation } from '../operation.ts'

const dayMilliseconds = 86_400_000
const defaultDays = 30
const longestDays = 90

export const candidateLinkOperations: readonly Operation[] = [
  operation(
    {
      method: 'POST',
      path: '/v1/candidate-links',
      id: 'createCandidateLink',
      tag: 'candidate',
      summary: 'A link for one person to see who looked; shown once',
      auth: 'session',
      roles: ['hr', 'admin', 'officer'],
      body: candidateLinkBody,
      answers: { 201: { description: 'The link', schema: candidateLink } },
      problems: { 404: 'not_found' },
    },
    async ({ hub, body }, session) => {
      const now = hub.clock.now()
      const until = body.expires_at === undefined ? now + defaultDays * dayMilliseconds : Date.parse(body.expires_at)
      if (until <= now || until > now + longestDays * dayMilliseconds) {
        throw new HubProblem(400, 'invalid_request', `a link lasts at most ${longestDays} days`)
      }
      // Also for a destroyed candidate: the statement can be had for 12 months (K17).
      const known = await hub.db
        .selectFrom('record')
        .select('id')
        .where('employer_id', '=', session.employerId)
        .where('type', '=', 'candidate')
        .where('id', '=', body.candidate_id)
        .unionAll(
          hub.db
            .selectFrom('subject')
            .select('candidate_id as id')
            .where('employer_id', '=', session.employerId)
            .where('candidate_id', '=', body.candidate_id),
        )
        .executeTakeFirst()
      if (known === undefined) throw notFound('candidate')
      const id = newId('lnk')
      const token = newSecret()
      await hub.db
        .insertInto('candidate_link')
        .values({
          employer_id: session.employerId,
          id,
          candidate_id: body.candidate_id,
          token_hash: hashSecret(token),
          until,
          revoked: false,
        })
        .execute()
      return { status: 201, body: { id, link: `${hub.baseUrl()}/c/${token}`, expires_at: isoTime(until) } }
    },
  ),
  operation(
    {
      method: 'DELETE',
      path: '/v1/candidate-links/{id}',
      id: 'revokeCandidateLink',
      tag: 'candidate',
      summary: 'Ends a link',
      auth: 'session',
      roles: ['hr', 'admin', 'officer'],
      answers: { 204: noContent },
      problems: { 404: 'not_found' },
    },
    async ({ hub, param }, session) => {
      const done = await hub.db
        .updateTable('candidate_link')
        .set({ revoked: true })
        .where('employer_id', '=', session.employerId)
        .where('id', '=', param('id'))
        .returning('id')
        .executeTakeFirst()
      if (done === undefined) throw notFound('link')
      return { status: 204 }
    },
  ),
]
