import type { RequestOutcome } from '../../shared/domain/request-views.ts'
import type { ReadableDb, WritableDb } from '../store/database.ts'

/** How a request ended here. */
export type ClosedRequest = { readonly at: number; readonly outcome: RequestOutcome; readonly by: string }

/**
 * Notes that a request is answered, by its random number. It stands here because this file is never rolled back: a backup of the
 * store that still has it open must not have it answered again.
 *
 * @param at milliseconds since 1970 UTC
 */
export const noteClosedRequest = (db: WritableDb, id: string, { at, outcome, by }: ClosedRequest): void => {
  db.run('INSERT OR IGNORE INTO closed_request (id, at, outcome, by) VALUES (?, ?, ?, ?)', id, at, outcome, by)
}

export const getClosedRequest = (db: ReadableDb, id: string): ClosedRequest | undefined =>
  db.get<ClosedRequest>('SELECT at, outcome, by FROM closed_request WHERE id = ?', id)

/** After the request itself, whose evidence is over then (D11). */
export const forgetClosedRequest = (db: WritableDb, id: string): void => {
  db.run('DELETE FROM closed_request WHERE id = ?', id)
}
