import type { FileAnswer } from '../../shared/domain/file-views.ts'
import type { ReadableDb, WritableDb } from '../store/database.ts'

/** How the time of a registered plain file ended: destroyed here, or by somebody's word. */
export type EndedFile = { readonly at: number; readonly answer: FileAnswer | null; readonly by: string | null }

/**
 * Notes that a plain file is over, by the random number of its row. It stands here because this file is never rolled back: a backup
 * of the store that still knows the file must not ask anybody about it again.
 *
 * @param at milliseconds since 1970 UTC
 */
export const noteEndedFile = (
  db: WritableDb,
  id: string,
  at: number,
  said?: { readonly answer: FileAnswer; readonly by: string },
): void => {
  db.run(
    'INSERT OR IGNORE INTO ended_file (id, at, answer, by) VALUES (?, ?, ?, ?)',
    id,
    at,
    said?.answer ?? null,
    said?.by ?? null,
  )
}

export const getEndedFile = (db: ReadableDb, id: string): EndedFile | undefined =>
  db.get<EndedFile>('SELECT at, answer, by FROM ended_file WHERE id = ?', id)
