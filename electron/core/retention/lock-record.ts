import type { EntryDraft } from '../../shared/domain/ledger-entry.ts'
import type { RetentionReason } from '../../shared/domain/vocabulary.ts'
import { personDue } from '../../shared/retention/due-date.ts'
import type { Profiles } from '../policy/profile/profile-set.ts'
import { requireProfile } from '../policy/profile/require-profile.ts'
import type { Platform } from '../../shared/domain/vocabulary.ts'
import type { WritableDb } from '../store/database.ts'

type LockedRow = {
  readonly platform: Platform
  readonly platform_id: string
  readonly life: 'live' | 'locked'
  readonly lock_reason: RetentionReason | null
  readonly locked_at: number | null
}

/** A second reason counts when the record has to be gone earlier by it; a hire ends only its own application (D5). */
const endsEarlier = (row: LockedRow, profiles: Profiles, reason: RetentionReason, now: number): boolean => {
  if (row.life === 'live' || row.lock_reason === null || row.locked_at === null) return true
  if (reason === 'hired') return false
  if (row.lock_reason === 'hired') return true
  const numbers = requireProfile(profiles, row.platform).document.retention
  return (
    personDue({ reason, at: now }, numbers, profiles.calendar).at <
    personDue({ reason: row.lock_reason, at: row.locked_at }, numbers, profiles.calendar).at
  )
}

/**
 * Locks a record inside the caller's transaction: from here on nobody but the sweeper reads it, and its row leaves the index
 * (`clauses.md`, "Life cycle"). Of several reasons the one with the earliest end stays. The caller recomputes its clocks.
 * Returns the entries to write, none when nothing changed.
 */
export const lockRecord = (
  db: WritableDb,
  profiles: Profiles,
  recordId: string,
  reason: RetentionReason,
  now: number,
): readonly EntryDraft[] => {
  const row = db.get<LockedRow>(
    'SELECT platform, platform_id, life, lock_reason, locked_at FROM candidate WHERE record_id = ?',
    recordId,
  )
  if (row === undefined || !endsEarlier(row, profiles, reason, now)) return []
  db.run(
    `UPDATE candidate SET life = 'locked', lock_reason = ?, locked_at = ?, version = version + 1 WHERE record_id = ?`,
    reason,
    now,
    recordId,
  )
  return [{ action: 'lock', outcome: 'done', subject: { platform: row.platform, id: row.platform_id }, detail: reason }]
}
