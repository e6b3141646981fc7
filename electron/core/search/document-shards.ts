import type { WritableDb } from '../store/database.ts'

/**
 * The search lies in several tables of the same form. A person's text has some six hundred pairs of characters, each on a page of its own
 * once many people are in one table, and a destruction takes every one of them off its page; in a small table they share pages. So what a
 * destruction costs is that of a small workspace, whatever the size of the whole.
 */
const shards = 16
/** Rows that follow each other lie together, so that a batch of the indexer writes into one table and not into all. */
const together = 2048

/** `document` and `document_1` to `document_15`. */
export const documentTables: readonly string[] = Array.from({ length: shards }, (_, i) =>
  i === 0 ? 'document' : `document_${i}`,
)

/** The table in which a row of the list has its text. */
export const documentTable = (rowId: number | bigint): string =>
  documentTables[Math.floor(Number(rowId) / together) % shards] ?? 'document'

/** The tables that can hold anything while no row has a higher number than this. */
export const documentTablesUpTo = (top: number): readonly string[] =>
  documentTables.slice(0, Math.min(shards, Math.floor(top / together) + 1))

/** Rows that a MATCH expression finds, one number a row; takes the expression once for each table. */
export const foundRows = (tables: readonly string[]): string =>
  tables.map((table) => `SELECT rowid FROM ${table} WHERE ${table} MATCH ?`).join(' UNION ALL ')

/** Pages that one step writes: a few milliseconds, between two of which whoever waits for core goes first. */
const pagesAStep = 64

/**
 * Puts a table in order, a step at a time, in a transaction of its own. Each commit of the indexer leaves a segment, and a query looks into every
 * segment of every table; a table that is full gets no more of them, so it is worth laying them together.
 *
 * @returns false when there is nothing left to do
 */
export const mergeStep = (db: WritableDb, table: string): boolean => {
  const changes = (): number => db.get<{ n: number }>('SELECT total_changes() AS n')?.n ?? 0
  const before = changes()
  db.run(`INSERT INTO ${table} (${table}, rank) VALUES ('merge', ?)`, pagesAStep)
  // The statement itself counts as one; a merge writes at least one row more (FTS5, "merge").
  return changes() - before >= 2
}
