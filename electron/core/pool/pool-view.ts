import type { PoolMemberView, PoolOffer } from '../../shared/domain/pool.ts'
import { IpcError, refusalCodes } from '../../shared/ipc/ipc-error.ts'
import { flagsOf } from '../candidates/candidate-rows.ts'
import { openRecord, type OpenedRecord } from '../candidates/open-record.ts'
import { rowView } from '../candidates/row-view.ts'
import type { SubjectRef } from '../context.ts'
import { Refusal, type ReaderCall } from '../handler.ts'
import { cardsUntil } from '../retention/evict-cards.ts'
import { listProjection } from '../search/list-projection.ts'
import { ofPool } from '../sync/apply-person.ts'
import type { PoolMember } from './pool-rows.ts'
import { poolTerms, renewalTaskOf } from './pool-terms.ts'

const cardOf = (call: ReaderCall, record: OpenedRecord) => {
  const { candidate, applications, current, request, person } = record
  const row = rowView({
    request,
    candidate,
    applications,
    current,
    projection: listProjection(person, applications, (flagsOf(candidate).public_fields ?? []).includes('name')),
    cardsUntil: cardsUntil(call.store, request.profile),
    now: call.now,
  })
  const { id, platform, life, name, title, company, city, years, degree } = row
  const shown = Object.entries({ name, title, company, city, years, degree }).filter(([, value]) => value !== undefined)
  return { record_id: id, platform, life, ...(Object.fromEntries(shown) as Pick<PoolMemberView, 'name' | 'city'>) }
}

const memberView = (call: ReaderCall, member: PoolMember, record: OpenedRecord, others: number): PoolMemberView => {
  const here = record.applications.find(({ id }) => id === member.application_id) ?? record.current
  return {
    ...cardOf(call, record),
    pool: member.pool,
    ...(here === null ? {} : { application_id: here.id as NonNullable<PoolMemberView['application_id']> }),
    consented_at: member.consented_at,
    until: member.until,
    basis: member.consent_id === null ? 'recorded' : 'platform',
    task: renewalTaskOf(member, poolTerms(record.request.profile), call.now),
    asked_at: member.asked_last_at ?? member.asked_first_at,
    alone: record.applications.length === 0 && others === 1,
  }
}

/** The record, or null where a rule keeps it closed now. */
const openOrNull = (call: ReaderCall, recordId: string): OpenedRecord | null => {
  try {
    return openRecord(call, recordId, undefined)
  } catch (error) {
    if (error instanceof Refusal || (error instanceof IpcError && refusalCodes.has(error.code))) return null
    throw error
  }
}

const urgency = ({ task, until }: PoolMemberView): number =>
  task === null ? until : until - Number.MAX_SAFE_INTEGER / 2

export type PoolPage = {
  readonly items: readonly PoolMemberView[]
  readonly subjects: readonly SubjectRef[]
  readonly closed: number
}

/** Members of one pool or of all, whoever has to be asked first. */
export const poolPage = (call: ReaderCall, pool: string | undefined): PoolPage => {
  const members = call.store.all<PoolMember>(
    'SELECT * FROM pool_member WHERE ? IS NULL OR pool = ? ORDER BY until, record_id',
    pool ?? null,
    pool ?? null,
  )
  const subjects: SubjectRef[] = []
  const items = members.flatMap((member) => {
    const record = openOrNull(call, member.record_id)
    if (record === null) return []
    subjects.push({ platform: record.candidate.platform, id: record.candidate.platform_id })
    const { n } = call.store.get<{ n: number }>(
      'SELECT count(*) AS n FROM pool_member WHERE record_id = ?',
      member.record_id,
    ) ?? { n: 0 }
    return [memberView(call, member, record, n)]
  })
  return { items: items.sort((a, b) => urgency(a) - urgency(b)), subjects, closed: members.length - items.length }
}

type ConsentRow = { readonly record_id: string; readonly scope: string; readonly until: number | null }

/** Consents of platforms that name a pool in which the person is not yet. */
export const poolOffers = (
  call: ReaderCall,
  pool: string | undefined,
): { readonly items: readonly PoolOffer[]; readonly subjects: readonly SubjectRef[] } => {
  const rows = call.store.all<ConsentRow>(
    `SELECT c.record_id, s.scope, s.until FROM consent s
     JOIN candidate c ON c.platform = s.platform AND c.platform_id = s.platform_id
     WHERE s.purpose = 'talent_pool' AND s.granted = 1 AND (s.until IS NULL OR s.until > ?) AND s.scope LIKE 'pool:%'
       AND NOT EXISTS (SELECT 1 FROM pool_member p WHERE p.record_id = c.record_id AND 'pool:' || p.pool = s.scope)
     ORDER BY s.rev`,
    call.now,
  )
  const subjects: SubjectRef[] = []
  const items = rows.flatMap((row): PoolOffer[] => {
    const named = row.scope.slice(ofPool.length)
    if (pool !== undefined && named !== pool) return []
    const record = openOrNull(call, row.record_id)
    if (record === null) return []
    const { name, platform, record_id: id } = cardOf(call, record)
    const most = call.now + poolTerms(record.request.profile).days * 86_400_000
    subjects.push({ platform: record.candidate.platform, id: record.candidate.platform_id })
    return [
      {
        record_id: id,
        pool: named,
        ...(name === undefined ? {} : { name }),
        platform,
        until: Math.min(most, row.until ?? most),
      },
    ]
  })
  return { items, subjects }
}
