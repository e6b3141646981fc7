import { z } from 'zod'
import {
  candidateLink,
  candidateLinkBody,
  candidateLinksAnswer,
  syncId,
  type CandidateLinkRow,
} from '../../shared/domain/sync-records.ts'
import type { Selectable } from 'kysely'
import type { CandidateLinkTable } from '../db/schema.ts'
import type { Hub } from '../hub.ts'
import { isoTime } from '../hub-clock.ts'
import { notFound } from '../hub-problem.ts'
import { makeLink } from '../candidate-portal/make-link.ts'
import { pageOf, pageQuery } from '../service/list-page.ts'
import { noContent, operation, type Operation } from '../operation.ts'

export const candidateLinkOperations: readonly Operation[] = [
  operation(
    {
      method: 'POST',
      path: '/v1/candidate-links',
      id: 'createCandidateLink',
      tag: 'candidate',
      summary: 'A link for one person to see who looked; shown once',
      auth: 'session',
      once: true,
      perMinute: 120,
      roles: ['hr', 'admin', 'officer'],
      body: candidateLinkBody,
      answers: { 201: { description: 'The link', schema: candidateLink } },
      problems: { 404: 'not_found' },
    },
    async ({ hub, body }, session) => ({ status: 201, body: await makeLink(hub, session, body) }),
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
        .set({ revoked: true, ended_at: hub.clock.now(), ended_by: session.accountId })
        .where('employer_id', '=', session.employerId)
        .where('id', '=', param('id'))
        .where('revoked', '=', false)
        .returning('id')
        .executeTakeFirst()
      if (done === undefined) await requireLink(hub, session.employerId, param('id'))
      return { status: 204 }
    },
  ),
  operation(
    {
      method: 'GET',
      path: '/v1/candidate-links',
      id: 'listCandidateLinks',
      tag: 'candidate',
      summary: 'The links of one person, newest first; never their addresses',
      auth: 'session',
      roles: ['hr', 'admin', 'officer'],
      query: z.object({ candidate_id: syncId, ...pageQuery }),
      answers: { 200: { description: 'The links', schema: candidateLinksAnswer } },
      problems: { 400: 'invalid_request, cursor' },
    },
    async ({ hub, query }, session) => {
      const rows = await hub.db
        .selectFrom('candidate_link')
        .selectAll()
        .where('employer_id', '=', session.employerId)
        .where('candidate_id', '=', query.candidate_id)
        .orderBy((order) => order.fn.coalesce('created_at', 'until'), 'desc')
        .orderBy('id')
        .execute()
      const { items, next } = pageOf(rows, ({ id }) => id, query)
      return { body: { links: items.map(rowOf), ...next } }
    },
  ),
]

const rowOf = (row: Selectable<CandidateLinkTable>): CandidateLinkRow => ({
  id: row.id,
  candidate_id: row.candidate_id,
  expires_at: isoTime(row.until),
  revoked: row.revoked,
  ...(row.channel === null ? {} : { channel: row.channel }),
  ...(row.created_at === null ? {} : { created_at: isoTime(row.created_at) }),
  ...(row.created_by === null ? {} : { created_by: row.created_by }),
  ...(row.ended_at === null ? {} : { ended_at: isoTime(row.ended_at) }),
  ...(row.ended_by === null ? {} : { ended_by: row.ended_by }),
})

/** Revoking again is harmless. @throws HubProblem 404 */
const requireLink = async (hub: Hub, employerId: string, id: string): Promise<void> => {
  const row = await hub.db
    .selectFrom('candidate_link')
    .select('id')
    .where('employer_id', '=', employerId)
    .where('id', '=', id)
    .executeTakeFirst()
  if (row === undefined) throw notFound('link')
}
