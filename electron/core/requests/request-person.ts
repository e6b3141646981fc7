import { getCandidate, type CandidateRecord } from '../candidates/candidate-rows.ts'
import type { ReadableDb } from '../store/database.ts'
import type { RequestRecord } from './request-rows.ts'

/** Whom a request is about, if anybody of that id is here now: also who came in after it. */
export const personOf = (
  db: ReadableDb,
  { platform, platform_id }: Pick<RequestRecord, 'platform' | 'platform_id'>,
): CandidateRecord | undefined => {
  if (platform_id === null) return undefined
  const row = db.get<{ record_id: string; platform: string }>(
    'SELECT record_id, platform FROM candidate WHERE platform_id = ?',
    platform_id,
  )
  return row === undefined || (platform !== null && row.platform !== platform)
    ? undefined
    : getCandidate(db, row.record_id)
}

/** Until when a legal hold keeps the person; null where none does. */
export const heldUntil = (db: ReadableDb, person: CandidateRecord, now: number): number | null =>
  db.get<{ until: number | null }>(
    'SELECT max(until) AS until FROM legal_hold WHERE platform = ? AND platform_id = ? AND until > ?',
    person.platform,
    person.platform_id,
    now,
  )?.until ?? null
