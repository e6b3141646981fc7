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
