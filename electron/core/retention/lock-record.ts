import type { EntryDraft } from '../../shared/domain/ledger-entry.ts'
import type { RetentionReason } from '../../shared/domain/vocabulary.ts'
import type { WritableDb } from '../store/database.ts'

/**
 * Locks a record inside the caller's transaction: from here on nobody but the sweeper reads it, and its row leaves the index
 * (`clauses.md`, "Life cycle"). The first reason stays, except that a hire gives way to what concerns the person. The caller
 * recomputes its clocks. Returns the entries to write, none when nothing changed.
 */
export const lockRecord = (
  db: WritableDb,
  recordId: string,
  reason: RetentionReason,
  now: number,
): readonly EntryDraft[] => {
  const { changes } = db.run(
    `UPDATE candidate SET life = 'locked', lock_reason = ?, locked_at = ?, version = version + 1
     WHERE record_id = ? AND (life = 'live' OR (lock_reason = 'hired' AND ? <> 'hired'))`,
    reason,
    now,
    recordId,
    reason,
  )
  if (changes === 0) return []
  const row = db.get<{ platform: string; platform_id: string }>(
    'SELECT platform, platform_id FROM candidate WHERE record_id = ?',
    recordId,
  )
  if (row === undefined) return []
  return [{ action: 'lock', outcome: 'done', subject: { platform: row.platform, id: row.platform_id }, detail: reason }]
}
