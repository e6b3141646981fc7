import type { EntryDraft } from '../../shared/domain/ledger-entry.ts'
import type { Platform } from '../../shared/domain/vocabulary.ts'
import { listMemberships } from '../pool/pool-rows.ts'
import type { ReadableDb, WritableDb } from '../store/database.ts'
import { endMembership, type Ground } from './end-memberships.ts'

/** Somebody whom a talent-pool consent alone keeps. */
export type AloneRecord = {
  readonly record_id: string
  readonly platform: Platform
  readonly platform_id: string
  readonly key_slot: string
}

/** The named people, without those whom an application or a legal hold keeps. */
export const listAloneRecords = (db: ReadableDb, recordIds: readonly string[], now: number): AloneRecord[] =>
  recordIds.flatMap((id) => {
    const row = db.get<AloneRecord>(
      `SELECT c.record_id, c.platform, c.platform_id, c.key_slot FROM candidate c
       WHERE c.record_id = ? AND EXISTS (SELECT 1 FROM pool_member p WHERE p.record_id = c.record_id)
         AND NOT EXISTS (SELECT 1 FROM application a WHERE a.record_id = c.record_id)
         AND NOT EXISTS (SELECT 1 FROM legal_hold h
           WHERE h.platform = c.platform AND h.platform_id = c.platform_id AND h.until > ?)`,
      id,
      now,
    )
    return row === undefined ? [] : [row]
  })

/**
 * Ends every consent of a person, which writes the intent to destroy them, inside the caller's transaction. The ground is due at
 * once: with the consents gone there is nothing that a cancelled order could go back to.
 */
export const destroyAlone = (
  db: WritableDb,
  record: AloneRecord,
  ground: Omit<Ground, 'at'>,
  now: number,
  newId: () => string,
): EntryDraft[] =>
  listMemberships(db, record.record_id).flatMap(
    ({ pool }) => endMembership(db, { ...record, pool }, { ...ground, at: now }, now, newId).entries,
  )
