import { z } from 'zod'
import { mark, recommendation } from '../../shared/domain/collaboration.ts'
import { aad, fromSealable, toSealable } from '../keys/sealed-columns.ts'
import type { Keystore, SlotId } from '../keys/keystore-port.ts'
import type { ReadableDb, WritableDb } from '../store/database.ts'

export type ScorecardRow = {
  readonly id: string
  readonly application_id: string
  readonly author: string
  /** A name as it was known when it was given. */
  readonly author_name: string
  readonly at: number
  readonly revised_at: number | null
  readonly sealed: Uint8Array
}

/** What lies sealed in `scorecard.sealed`, under the application's key. */
export const scorecardWords = z.object({
  marks: z.record(z.string(), mark),
  recommendation: recommendation.optional(),
  text: z.string().optional(),
})
export type ScorecardWords = z.infer<typeof scorecardWords>

const columns = 'id, application_id, author, author_name, at, revised_at, sealed'

export const getScorecard = (db: ReadableDb, id: string): ScorecardRow | undefined =>
  db.get<ScorecardRow>(`SELECT ${columns} FROM scorecard WHERE id = ?`, id)

export const getScorecardOf = (db: ReadableDb, applicationId: string, author: string): ScorecardRow | undefined =>
  db.get<ScorecardRow>(
    `SELECT ${columns} FROM scorecard WHERE application_id = ? AND author = ?`,
    applicationId,
    author,
  )

/** Oldest first. */
export const listScorecards = (db: ReadableDb, applicationId: string): ScorecardRow[] =>
  db.all<ScorecardRow>(`SELECT ${columns} FROM scorecard WHERE application_id = ? ORDER BY at, id`, applicationId)

/** One a person and application: what they gave before is replaced. */
export const putScorecard = (db: WritableDb, row: ScorecardRow): void => {
  db.run('DELETE FROM scorecard WHERE application_id = ? AND author = ?', row.application_id, row.author)
  db.run(
    `INSERT INTO scorecard (${columns}) VALUES (?, ?, ?, ?, ?, ?, ?)`,
    row.id,
    row.application_id,
    row.author,
    row.author_name,
    row.at,
    row.revised_at,
    row.sealed,
  )
}

export const sealScorecard = (keystore: Keystore, slot: SlotId, id: string, words: ScorecardWords): Uint8Array =>
  keystore.seal(slot, aad('scorecard', 'sealed', id), toSealable(words))

export const openScorecard = (keystore: Keystore, slot: SlotId, row: Pick<ScorecardRow, 'id' | 'sealed'>) =>
  scorecardWords.parse(fromSealable(keystore.open(slot, aad('scorecard', 'sealed', row.id), row.sealed)))
