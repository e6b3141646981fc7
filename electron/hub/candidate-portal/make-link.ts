import type { z } from 'zod'
import { portalLinkDays } from '../../shared/domain/portal-links.ts'
import type { candidateLink, candidateLinkBody } from '../../shared/domain/sync-records.ts'
import { isoTime } from '../hub-clock.ts'
import { HubProblem, notFound } from '../hub-problem.ts'
import type { Hub } from '../hub.ts'
import { hashSecret, newId, newSecret } from '../keys/secrets.ts'

const day = 86_400_000

/**
 * A link for one person; its address leaves in this answer and is kept nowhere. Also for a destroyed candidate: the statement
 * can be had for 12 months (K17).
 * @throws HubProblem 400 for a life of more than 90 days, 404 for somebody whom this employer does not know
 */
export const makeLink = async (
  hub: Hub,
  maker: { readonly employerId: string; readonly accountId: string },
  body: z.output<typeof candidateLinkBody>,
): Promise<z.output<typeof candidateLink>> => {
  const now = hub.clock.now()
  const until = body.expires_at === undefined ? now + portalLinkDays.usual * day : Date.parse(body.expires_at)
  if (until <= now || until > now + portalLinkDays.longest * day) {
    throw new HubProblem(400, 'invalid_request', `a link lasts at most ${portalLinkDays.longest} days`)
  }
  await requirePerson(hub, maker.employerId, body.candidate_id)
  const id = newId('lnk')
  const token = newSecret()
  await hub.db
    .insertInto('candidate_link')
    .values({
      employer_id: maker.employerId,
      id,
      candidate_id: body.candidate_id,
      token_hash: hashSecret(token),
      until,
      revoked: false,
      created_at: now,
      created_by: maker.accountId,
      channel: body.channel ?? null,
    })
    .execute()
  return { id, link: `${hub.baseUrl()}/c/${token}`, expires_at: isoTime(until) }
}

const requirePerson = async (hub: Hub, employerId: string, candidateId: string): Promise<void> => {
  const known = await hub.db
    .selectFrom('record')
    .select('id')
    .where('employer_id', '=', employerId)
    .where('type', '=', 'candidate')
    .where('id', '=', candidateId)
    .unionAll(
      hub.db
        .selectFrom('subject')
        .select('candidate_id as id')
        .where('employer_id', '=', employerId)
        .where('candidate_id', '=', candidateId),
    )
    .executeTakeFirst()
  if (known === undefined) throw notFound('candidate')
}
