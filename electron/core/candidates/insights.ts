import { z } from 'zod'
import { aad, fromSealable } from '../keys/sealed-columns.ts'
import type { Keystore } from '../keys/keystore-port.ts'
import type { ReadableDb } from '../store/database.ts'
import type { CandidateRecord } from './candidate-rows.ts'

/** What of a platform's insights is known here; other keys are not shown (ZP-13, ZP-62). */
const insights = z.object({
  reply_rate: z.number().min(0).max(100).optional(),
  active_days_of_30: z.number().min(0).max(30).optional(),
})
type Insights = z.infer<typeof insights> & { readonly fetched_at: number }

/** The insights held of a person; only after their cell was decided to be `see`. */
export const getInsights = (
  db: ReadableDb,
  keystore: Keystore,
  candidate: Pick<CandidateRecord, 'platform_id' | 'key_slot'>,
): Insights | undefined => {
  const id = candidate.platform_id
  const row = db.get<{ at: number; sealed: Uint8Array; record_id: string | null }>(
    "SELECT at, sealed, record_id FROM aside_change WHERE type = 'insights' AND id = ?",
    id,
  )
  // One that came before its record lies under another key, and is replaced by the next sync.
  if (row === undefined || row.record_id === null) return undefined
  const found = insights.safeParse(
    fromSealable(keystore.open(candidate.key_slot, aad('aside_change', 'sealed', `insights/${id}`), row.sealed)),
  )
  return found.success ? { ...found.data, fetched_at: row.at } : undefined
}

/** What lists are ordered by; -1 where nothing is known. */
export const activityOf = (
  db: ReadableDb,
  keystore: Keystore,
  candidate: Pick<CandidateRecord, 'platform_id' | 'key_slot'>,
): number => Math.trunc(getInsights(db, keystore, candidate)?.active_days_of_30 ?? -1)
