import type { EntryDraft } from '../../shared/domain/ledger-entry.ts'
import type { RetentionReason } from '../../shared/domain/vocabulary.ts'
import { hasMembership, listEndedMemberships, membershipEnd } from '../pool/pool-rows.ts'
import type { Profiles } from '../policy/profile/profile-set.ts'
import type { WritableDb } from '../store/database.ts'
import { listOthers } from './destruction-rows.ts'

type Ended = {
  readonly record_id: string
  readonly pool: string
  readonly platform: string
  readonly platform_id: string
  readonly key_slot: string
}

export type Ground = { readonly reason: RetentionReason; readonly clause: string; readonly at: number }

/**
 * Ends one membership, inside the caller's transaction. Where nothing else keeps the person, the intent to destroy the record is
 * written with it: the candidate's key goes with the last application or pool consent (`architecture.md`, "Destruction").
 */
export const endMembership = (
  db: WritableDb,
  member: Ended,
  ground: Ground,
  now: number,
  newId: () => string,
): { readonly entries: EntryDraft[]; readonly destroys: boolean } => {
  const subject = { platform: member.platform, id: member.platform_id }
  db.run('DELETE FROM pool_member WHERE record_id = ? AND pool = ?', member.record_id, member.pool)
  db.run('UPDATE candidate SET version = version + 1 WHERE record_id = ?', member.record_id)
  const ended: EntryDraft = {
    action: 'consent',
    outcome: 'done',
    subject,
    detail: `pool ended ${ground.reason} ${ground.clause}`,
  }
  const kept = listOthers(db, member.record_id).length > 0 || hasMembership(db, member.record_id)
  if (kept) return { entries: [ended], destroys: false }
  db.run(
    `INSERT INTO destruction_job (id, platform, platform_id, record_id, record_slot, reason, clause, due_at, state, started_at)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, 'intent', ?)`,
    newId(),
    member.platform,
    member.platform_id,
    member.record_id,
    member.key_slot,
    ground.reason,
    ground.clause,
    ground.at,
    now,
  )
  const begun: EntryDraft = {
    action: 'destroy_begin',
    outcome: 'done',
    subject,
    detail: `${ground.reason} ${ground.clause} due ${new Date(ground.at).toISOString()}`,
  }
  return { entries: [ended, begun], destroys: true }
}

/** Everything whose time in a pool is over, inside the caller's transaction: silence means the end (D10). */
export const endMemberships = (
  db: WritableDb,
  profiles: Profiles,
  now: number,
  newId: () => string,
): { readonly entries: EntryDraft[]; readonly ended: number; readonly destroyed: number } => {
  const rows = listEndedMemberships(db, profiles, now)
  const done = rows.map((row) => endMembership(db, row, membershipEnd(profiles, row), now, newId))
  return {
    entries: done.flatMap(({ entries }) => entries),
    ended: done.length,
    destroyed: done.filter(({ destroys }) => destroys).length,
  }
}
