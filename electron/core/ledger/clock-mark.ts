import type { ReadableDb, WritableDb } from '../store/database.ts'

/** The latest moment that this home is known to have reached, milliseconds since 1970; 0 when none is (`ledger.db`, never rolled back). */
export const getClockMark = (db: ReadableDb): number =>
  db.get<{ at: number }>('SELECT high_water AS at FROM clock_mark WHERE id = 1')?.at ?? 0

/** Moves the mark forward; an earlier time changes nothing. */
export const raiseClockMark = (db: WritableDb, at: number): void => {
  db.run('UPDATE clock_mark SET high_water = ? WHERE id = 1 AND high_water < ?', at, at)
}

/** Trusted time at which an unconfirmed jump ahead was first seen, so that its 72 hours go on after a restart; null when none. */
export const getHeldFrom = (db: ReadableDb): number | null =>
  db.get<{ at: number | null }>('SELECT held_from AS at FROM clock_mark WHERE id = 1')?.at ?? null

export const setHeldFrom = (db: WritableDb, at: number | null): void => {
  db.run('UPDATE clock_mark SET held_from = ? WHERE id = 1 AND held_from IS NOT ?', at, at)
}
