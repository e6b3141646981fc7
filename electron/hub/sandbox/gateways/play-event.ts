import { z } from 'zod'
import { platform, visibility } from '../../../shared/domain/vocabulary.ts'
import { syncId, syncText } from '../../../shared/domain/sync-records.ts'
import { putFiling } from '../../filing.ts'
import type { Hub } from '../../hub.ts'
import { isoTime } from '../../hub-clock.ts'
import { HubProblem, notFound } from '../../hub-problem.ts'
import { newId } from '../../keys/secrets.ts'
import { putRecords, touchCandidates } from '../../records/put-records.ts'
import { listRowKeys, openData } from '../../records/record-data.ts'
import type { Session } from '../../session.ts'
import type { Gateway } from './gateway.ts'

const person = { candidate_id: syncId }

/** What happens at the platform, by its name; every platform knows all of them. */
export const gatewayEvent = z.discriminatedUnion('event', [
  z.object({ event: z.literal('visibility'), ...person, visibility }),
  z.object({ event: z.literal('employer_blocked'), ...person }),
  z.object({ event: z.literal('deletion_notice'), ...person, reason: z.string().max(64).default('account_cancelled') }),
  z.object({ event: z.literal('entitlement_ended') }),
  z.object({ event: z.literal('account_restricted') }),
  z.object({ event: z.literal('account_restored') }),
  z.object({ event: z.literal('platform_ceased') }),
  z.object({ event: z.literal('rate_limited'), times: z.int().min(1).max(50).default(1) }),
  z.object({ event: z.literal('banned') }),
  z.object({ event: z.literal('unbanned') }),
  z.object({ event: z.literal('cursor_expired') }),
  z.object({ event: z.literal('clock_skewed'), seconds: z.int().min(-86_400).max(86_400) }),
  /** With the next page come a type and a value that no protocol knows. */
  z.object({ event: z.literal('odd_page') }),
  z.object({ event: z.literal('stage'), application_id: syncId, stage: z.string().max(40) }),
  z.object({ event: z.literal('asked'), thread_id: syncId, alias: z.string().max(80), text: syncText }),
  z.object({ event: z.literal('filing_approved') }),
])
export type GatewayEvent = z.infer<typeof gatewayEvent>

const requireData = async (hub: Hub, session: Session, type: string, id: string) => {
  const row = await hub.db
    .selectFrom('record')
    .selectAll()
    .where('employer_id', '=', session.employerId)
    .where('type', '=', type)
    .where('id', '=', id)
    .where('deleted', '=', false)
    .executeTakeFirst()
  if (row === undefined) throw notFound(type)
  const keys = await listRowKeys(hub.candidateKeys, hub.db, session.employerId, [row])
  return { row, data: openData(row, keys) as Record<string, unknown> }
}

const put = (hub: Hub, session: Session, type: string, id: string, data: object, candidateId?: string): Promise<void> =>
  hub.db.transaction().execute(async (tx) => {
    await putRecords(hub, tx, session.employerId, [
      { type, id, data, ...(candidateId === undefined ? {} : { candidateId }) },
    ])
    if (candidateId !== undefined) await touchCandidates(hub, tx, session.employerId, [candidateId])
  })

const changePerson = async (hub: Hub, session: Session, id: string, change: object): Promise<void> => {
  const { data } = await requireData(hub, session, 'candidate', id)
  await put(hub, session, 'candidate', id, { ...data, ...change }, id)
}

const setStatus = (hub: Hub, session: Session, status: 'active' | 'restricted') =>
  hub.db
    .updateTable('account')
    .set({ status })
    .where('employer_id', '=', session.employerId)
    .where('id', '=', session.accountId)
    .execute()

const expireCursors = (hub: Hub, session: Session) =>
  hub.db
    .updateTable('employer')
    .set({ epoch: `e${newId('x')}` })
    .where('employer_id', '=', session.employerId)
    .execute()

const lifecycle = (hub: Hub, session: Session, subject: string, id: string, event: string): Promise<void> =>
  put(hub, session, 'lifecycle', newId('lif'), { subject, id, event })

/** @throws HubProblem 404 for whom the platform does not know */
export const playEvent = async (hub: Hub, gateway: Gateway, session: Session, played: GatewayEvent): Promise<void> => {
  const now = hub.clock.now()
  switch (played.event) {
    case 'visibility':
      return changePerson(hub, session, played.candidate_id, { visibility: played.visibility })
    case 'employer_blocked': {
      const { name } = await hub.db
        .selectFrom('employer')
        .select('name')
        .where('employer_id', '=', session.employerId)
        .executeTakeFirstOrThrow()
      return changePerson(hub, session, played.candidate_id, { blocked_employers: [name] })
    }
    case 'deletion_notice':
      return put(
        hub,
        session,
        'deletion_notice',
        newId('del'),
        { candidate_id: played.candidate_id, reason: played.reason },
        played.candidate_id,
      )
    case 'entitlement_ended':
      return put(hub, session, 'entitlement', `ent-${gateway.platform}`, {
        kind: 'search_and_download',
        platform: gateway.platform,
        until: isoTime(now - 1000),
      })
    case 'account_restricted':
      await setStatus(hub, session, 'restricted')
      return
    case 'account_restored':
      await setStatus(hub, session, 'active')
      return
    case 'platform_ceased':
      return lifecycle(hub, session, 'platform', gateway.platform, 'ceased')
    case 'rate_limited':
      gateway.state.limited = played.times
      return
    case 'banned':
      gateway.state.banned = true
      return
    case 'unbanned':
      gateway.state.banned = false
      return
    case 'cursor_expired':
      await expireCursors(hub, session)
      return
    case 'clock_skewed':
      gateway.state.skewMs = played.seconds * 1000
      return
    case 'odd_page':
      gateway.state.odd = true
      return
    case 'stage': {
      const { row, data } = await requireData(hub, session, 'application', played.application_id)
      if (row.candidate_id === null) throw notFound('application')
      const changed = { ...data, stage: played.stage, at: isoTime(now) }
      return put(hub, session, 'application', row.id, changed, row.candidate_id)
    }
    case 'asked':
      return put(hub, session, 'consultation', newId('con'), {
        alias: played.alias,
        thread_id: played.thread_id,
        text: played.text,
        at: isoTime(now),
        from: 'user',
      })
    case 'filing_approved':
      await hub.db.transaction().execute((tx) => putFiling(tx, session, 'approved', now))
      return
  }
}

/** @throws HubProblem 404 where this hub plays another platform, or none */
export const requireGateway = (hub: Hub, name: string): Gateway => {
  const { gateway } = hub
  if (gateway === undefined || gateway.platform !== platform.safeParse(name).data) {
    throw new HubProblem(404, 'not_found', 'this sandbox plays another platform')
  }
  return gateway
}
