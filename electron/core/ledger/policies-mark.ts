import type { ReadableDb, WritableDb } from '../store/database.ts'

/** The newest `policies.bin` that this home wrote: the how-manieth it was, and its SHA-256 in hex. */
export type PoliciesMark = { readonly counter: number; readonly sha256: string }

/** Null in a home that has written none since the log keeps its mark. */
export const getPoliciesMark = (db: ReadableDb): PoliciesMark | null =>
  db.get<PoliciesMark>('SELECT counter, sha256 FROM policies_mark WHERE id = 1') ?? null

export const setPoliciesMark = (db: WritableDb, { counter, sha256 }: PoliciesMark): void => {
  db.run(
    `INSERT INTO policies_mark (id, counter, sha256) VALUES (1, ?, ?)
     ON CONFLICT (id) DO UPDATE SET counter = excluded.counter, sha256 = excluded.sha256`,
    counter,
    sha256,
  )
}
