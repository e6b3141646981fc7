import { createSecretKey, randomBytes } from 'node:crypto'
import type { HubQueries } from '../db/schema.ts'
import { seal, unseal } from './seal.ts'

/** One key a candidate, wrapped by the hub's key, in a table of their own. Unwrapped ones are never kept in memory. */
export type CandidateKeys = {
  /** Existing keys and, for candidates that have none, new ones. Destroyed ones are missing from the answer. */
  ensure(db: HubQueries, employerId: string, candidateIds: readonly string[]): Promise<Map<string, Uint8Array>>
  /** Live keys only. */
  list(db: HubQueries, employerId: string, candidateIds: readonly string[]): Promise<Map<string, Uint8Array>>
  destroy(db: HubQueries, employerId: string, candidateId: string, now: number): Promise<void>
}

const place = (employerId: string, candidateId: string): string => `${employerId}|${candidateId}|record_key`

export const candidateKeys = (rawKey: Uint8Array): CandidateKeys => {
  const wrappingKey = createSecretKey(rawKey)
  const list: CandidateKeys['list'] = async (db, employerId, candidateIds) => {
    const keys = new Map<string, Uint8Array>()
    if (candidateIds.length === 0) return keys
    const rows = await db
      .selectFrom('record_key')
      .select(['candidate_id', 'wrapped'])
      .where('employer_id', '=', employerId)
      .where('candidate_id', 'in', [...candidateIds])
      .execute()
    for (const row of rows) {
      if (row.wrapped === null) continue
      keys.set(row.candidate_id, unseal(wrappingKey, place(employerId, row.candidate_id), row.wrapped))
    }
    return keys
  }

  return {
    list,
    ensure: async (db, employerId, candidateIds) => {
      const wanted = [...new Set(candidateIds)]
      if (wanted.length === 0) return new Map()
      const known = await db
        .selectFrom('record_key')
        .select('candidate_id')
        .where('employer_id', '=', employerId)
        .where('candidate_id', 'in', wanted)
        .execute()
      const missing = new Set(wanted)
      for (const row of known) missing.delete(row.candidate_id)
      if (missing.size > 0) {
        const values = [...missing].map((candidateId) => ({
          employer_id: employerId,
          candidate_id: candidateId,
          wrapped: seal(wrappingKey, place(employerId, candidateId), randomBytes(32)),
          destroyed_at: null,
        }))
        await db
          .insertInto('record_key')
          .values(values)
          .onConflict((conflict) => conflict.doNothing())
          .execute()
      }
      return list(db, employerId, wanted)
    },
    destroy: async (db, employerId, candidateId, now) => {
      await db
        .insertInto('record_key')
        .values({ employer_id: employerId, candidate_id: candidateId, wrapped: null, destroyed_at: now })
        .onConflict((conflict) =>
          conflict.columns(['employer_id', 'candidate_id']).doUpdateSet({ wrapped: null, destroyed_at: now }),
        )
        .execute()
    },
  }
}
