import { createHmac } from 'node:crypto'
import type { RetentionReason } from '../../shared/domain/vocabulary.ts'
import type { ReadableDb, WritableDb } from '../store/database.ts'
import type { SubjectRef } from './subjects.ts'

/** What is left of a destroyed record: enough to refuse it when it comes again, not enough to know who it was. */
export type Tombstone = {
  readonly platform: string
  /** Milliseconds since 1970, as all times here. */
  readonly destroyedAt: number
  readonly reason: RetentionReason
  readonly clause: string
  /** Records whose evidence is not later than this are refused. */
  readonly evidenceBefore: number
  /** When the tombstone itself goes (12 months after the destruction). */
  readonly until: number
}

/** Keyed by the caller's key (derived from the key-encryption key), not by the subject key, which ends earlier. */
const candidateHash = (key: Uint8Array, ref: SubjectRef): string =>
  createHmac('sha256', key).update(`${ref.platform}\0${ref.id}`).digest('base64url')

/** A second destruction of the same candidate moves every time forward, never back. */
export const insertTombstone = (
  db: WritableDb,
  key: Uint8Array,
  ref: SubjectRef,
  tombstone: Omit<Tombstone, 'platform'>,
): void => {
  db.run(
    `INSERT INTO tombstone (platform, candidate_hash, destroyed_at, reason, clause, evidence_before, until)
     VALUES (?, ?, ?, ?, ?, ?, ?)
     ON CONFLICT (platform, candidate_hash) DO UPDATE SET
       reason = iif(excluded.destroyed_at >= destroyed_at, excluded.reason, reason),
       clause = iif(excluded.destroyed_at >= destroyed_at, excluded.clause, clause),
       destroyed_at = max(destroyed_at, excluded.destroyed_at),
       evidence_before = max(evidence_before, excluded.evidence_before),
       until = max(until, excluded.until)`,
    ref.platform,
    candidateHash(key, ref),
    tombstone.destroyedAt,
    tombstone.reason,
    tombstone.clause,
    tombstone.evidenceBefore,
    tombstone.until,
  )
}

export const findTombstone = (db: ReadableDb, key: Uint8Array, ref: SubjectRef): Tombstone | undefined =>
  db.get<Tombstone>(
    `SELECT platform, destroyed_at AS destroyedAt, reason, clause, evidence_before AS evidenceBefore, until
     FROM tombstone WHERE platform = ? AND candidate_hash = ?`,
    ref.platform,
    candidateHash(key, ref),
  )

/** Tombstones whose time is over (D11). */
export const destroyTombstones = (db: WritableDb, now: number): number =>
  db.run('DELETE FROM tombstone WHERE until <= ?', now).changes
