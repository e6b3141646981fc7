import type { ChannelEvidence } from '../policy/policy-request.ts'
import { personClock, type Clock } from '../../shared/retention/due-date.ts'
import type { Channel, Platform, RetentionReason } from '../../shared/domain/vocabulary.ts'
import type { Profiles } from '../policy/profile/profile-set.ts'
import type { ReadableDb } from '../store/database.ts'

/** One agreement of one person to be remembered in one pool (D10): an evidence of its own, with a clock of its own. */
export type PoolMember = {
  readonly record_id: string
  readonly pool: string
  /** The application that it came from, and whose evidence it carries on. */
  readonly application_id: string
  readonly channel: Channel
  readonly evidence_at: number
  readonly consented_at: number
  readonly until: number
  readonly asked_first_at: number | null
  readonly asked_last_at: number | null
  /** Of the platform; null where somebody here recorded it. */
  readonly consent_id: string | null
  readonly by: string
  readonly sealed: Uint8Array
}

export const listMemberships = (db: ReadableDb, recordId: string): PoolMember[] =>
  db.all<PoolMember>('SELECT * FROM pool_member WHERE record_id = ? ORDER BY until, pool', recordId)

export const getMembership = (db: ReadableDb, recordId: string, pool: string): PoolMember | undefined =>
  db.get<PoolMember>('SELECT * FROM pool_member WHERE record_id = ? AND pool = ?', recordId, pool)

export const hasMembership = (db: ReadableDb, recordId: string): boolean =>
  db.get('SELECT 1 FROM pool_member WHERE record_id = ? LIMIT 1', recordId) !== undefined

/** What a membership lets the enterprise know once its application has gone: what that application had brought. */
export const membershipEvidence = (
  members: readonly PoolMember[],
  applications: ReadonlyArray<{ readonly id: string }>,
  disclosed: Readonly<Record<string, ChannelEvidence['disclosed']>>,
): ChannelEvidence[] =>
  members
    .filter((member) => !applications.some(({ id }) => id === member.application_id))
    .map((member) => {
      const told = disclosed[member.application_id]
      return {
        channel: member.channel,
        evidenceAt: member.evidence_at,
        ...(told === undefined ? {} : { disclosed: told }),
        // The person agreed to be kept for more than the one job.
        otherJob: false,
      }
    })

type EndRow = {
  readonly until: number
  readonly platform: Platform
  readonly policy_revision: string | null
  readonly lock_reason: RetentionReason | null
  readonly locked_at: number | null
}

export type MembershipEnd = { readonly at: number; readonly reason: RetentionReason; readonly clause: string }

const dayMs = 86_400_000

/** The clock of whatever ends the person before the time in the pool is over (D5, D7, D8). */
const lockClock = (profiles: Profiles, row: EndRow): Clock | null => {
  if (row.lock_reason === null || row.locked_at === null) return null
  const numbers = profiles.forRecord(row).document.retention
  if (row.lock_reason !== 'hired')
    return personClock({ reason: row.lock_reason, at: row.locked_at }, numbers, profiles.calendar)
  const { value, clause } = numbers.hired_days
  return { at: row.locked_at + value * dayMs, reason: 'hired', clause, from: row.locked_at, value, unit: 'days' }
}

/** When a membership is over: its own time, or whatever ends the person before (D5, D7, D8, D10). */
export const membershipEnd = (profiles: Profiles, row: EndRow): MembershipEnd => {
  const { clause } = profiles.forRecord(row).document.retention.talent_pool.days
  const own: MembershipEnd = { at: row.until, reason: 'pool_ended', clause }
  const lock = lockClock(profiles, row)
  return lock !== null && lock.at < own.at ? { at: lock.at, reason: lock.reason, clause: lock.clause } : own
}

/** The clocks of a person's memberships, and the one that ends the person before; the earliest first. */
export const membershipClocks = (db: ReadableDb, profiles: Profiles, recordId: string): Clock[] => {
  const rows = db.all<EndRow & { readonly consented_at: number }>(
    `SELECT p.until, p.consented_at, c.platform, c.policy_revision, c.lock_reason, c.locked_at
     FROM pool_member p JOIN candidate c ON c.record_id = p.record_id WHERE p.record_id = ?`,
    recordId,
  )
  const [any] = rows
  const lock = any === undefined ? null : lockClock(profiles, any)
  const own = rows.map((row): Clock => {
    const { clause } = profiles.forRecord(row).document.retention.talent_pool.days
    const value = Math.round((row.until - row.consented_at) / dayMs)
    return { at: row.until, reason: 'pool_ended', clause, from: row.consented_at, value, unit: 'days' }
  })
  return [...own, ...(lock === null ? [] : [lock])].toSorted((a, b) => a.at - b.at)
}

export type EndedMembership = EndRow & {
  readonly record_id: string
  readonly pool: string
  readonly platform_id: string
  readonly key_slot: string
}

/** Memberships whose time is over and that no legal hold keeps (QY-36). */
export const listEndedMemberships = (db: ReadableDb, profiles: Profiles, now: number): EndedMembership[] =>
  db
    .all<EndedMembership>(
      `SELECT p.record_id, p.pool, p.until, c.platform, c.platform_id, c.key_slot, c.policy_revision, c.lock_reason, c.locked_at
       FROM pool_member p JOIN candidate c ON c.record_id = p.record_id
       WHERE (p.until <= ? OR c.life = 'locked') AND NOT EXISTS (
         SELECT 1 FROM legal_hold h WHERE h.platform = c.platform AND h.platform_id = c.platform_id AND h.until > ?)`,
      now,
      now,
    )
    .filter((row) => membershipEnd(profiles, row).at <= now)
