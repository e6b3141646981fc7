import {
  invitationAnswer,
  invitationBody,
  invitationData,
  invitationsAnswer,
  syncId,
} from '../../shared/domain/sync-records.ts'
import { invitationHours } from '../accounts/found-employer.ts'
import { closeInvitation } from '../accounts/open-invitation.ts'
import { isoTime } from '../hub-clock.ts'
import { HubProblem, notFound } from '../hub-problem.ts'
import { hashSecret, newId, newSecret } from '../keys/secrets.ts'
import { noContent, operation, type Operation } from '../operation.ts'
import { putRecords } from '../records/put-records.ts'

export const invitationOperations: readonly Operation[] = [
  operation(
    {
      method: 'POST',
      path: '/v1/invitations',
      id: 'createInvitation',
      tag: 'administration',
      summary: 'A link by which one person joins with this role, once and within 72 hours',
      auth: 'session',
      once: true,
      perMinute: 60,
      roles: ['admin'],
      body: invitationBody,
      answers: { 201: { description: 'The link, shown once', schema: invitationAnswer } },
      problems: { 400: 'consent_missing, agency_missing' },
    },
    async ({ hub, body }, session) => {
      const { consent, ...invited } = body
      if (invited.email !== undefined && consent !== true)
        throw new HubProblem(400, 'consent_missing', 'the person has to agree before their address is passed on')
      if (invited.role === 'headhunter' && invited.agency === undefined)
        throw new HubProblem(400, 'agency_missing', 'a headhunter belongs to a firm of their own')
      const id = newId('inv')
      const token = newSecret()
      const now = hub.clock.now()
      const until = now + invitationHours * 3_600_000
      await hub.db.transaction().execute(async (tx) => {
        await tx
          .insertInto('invitation_token')
          .values({
            employer_id: session.employerId,
            id,
            token_hash: hashSecret(token),
            until,
            used: false,
            account_id: null,
          })
          .execute()
        await putRecords(hub, tx, session.employerId, [
          {
            type: 'invitation',
            id,
            data: {
              ...invited,
              status: 'open',
              by: session.accountId,
              created_at: isoTime(now),
              expires_at: isoTime(until),
            },
          },
        ])
      })
      hub.events.emit(session.employerId)
      return { status: 201, body: { id, link: `${hub.baseUrl()}/join/${token}`, expires_at: isoTime(until) } }
    },
  ),
  operation(
    {
      method: 'GET',
      path: '/v1/invitations',
      id: 'listInvitations',
      tag: 'administration',
      summary: 'Every invitation, the newest first; never its link, which the hub does not know',
      auth: 'session',
      roles: ['admin'],
      answers: { 200: { description: 'The invitations', schema: invitationsAnswer } },
    },
    async ({ hub }, session) => {
      const rows = await hub.db
        .selectFrom('record')
        .select(['id', 'data'])
        .where('employer_id', '=', session.employerId)
        .where('type', '=', 'invitation')
        .where('deleted', '=', false)
        .execute()
      const now = isoTime(hub.clock.now())
      const invitations = rows
        .map((row) => {
          const { email, ...data } = invitationData.parse(row.data)
          // What has run out is over from that moment on, and not only once it was swept.
          const over = data.status === 'open' && data.expires_at <= now
          if (over) return { id: syncId.parse(row.id), ...data, status: 'expired' as const }
          return { id: syncId.parse(row.id), ...data, ...(email === undefined ? {} : { email }) }
        })
        .sort((a, b) => (a.expires_at < b.expires_at ? 1 : -1))
      return { body: { invitations } }
    },
  ),
  operation(
    {
      method: 'DELETE',
      path: '/v1/invitations/{id}',
      id: 'revokeInvitation',
      tag: 'administration',
      summary: 'Takes an invitation back; its link works no more and the address is deleted',
      auth: 'session',
      roles: ['admin'],
      answers: { 204: noContent },
      problems: { 404: 'not_found' },
    },
    async ({ hub, param }, session) => {
      const closed = await hub.db
        .transaction()
        .execute((tx) => closeInvitation(hub, tx, session.employerId, param('id'), 'revoked'))
      if (!closed) throw notFound('invitation')
      hub.events.emit(session.employerId)
      return { status: 204 }
    },
  ),
]
