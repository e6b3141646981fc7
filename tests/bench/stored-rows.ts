import type { OpenDatabase } from '../../electron/core/store/open-store.ts'
import type { ReadableDb, SqlValue } from '../../electron/core/store/database.ts'

/** Every row of a store, ready to be inserted again as it is. */
export type StoredRows = ReadonlyArray<{
  readonly insert: string
  readonly rows: ReadonlyArray<readonly SqlValue[]>
}>

/** Whom others refer to comes first. */
const parents = ['job', 'candidate', 'application', 'attachment']

const placeOf = (table: string): number => (parents.includes(table) ? parents.indexOf(table) : parents.length)

export const readRows = (db: ReadableDb): StoredRows =>
  db
    .all<{ name: string }>("SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%'")
    .map(({ name }) => name)
    .sort((a, b) => placeOf(a) - placeOf(b))
    .flatMap((table) => {
      const found = db.all<Record<string, SqlValue>>(`SELECT * FROM ${table}`)
      const columns = Object.keys(found[0] ?? {})
      const marks = columns.map(() => '?').join(', ')
      const insert = `INSERT OR REPLACE INTO ${table} (${columns.join(', ')}) VALUES (${marks})`
      return found.length === 0 ? [] : [{ insert, rows: found.map((row) => Object.values(row)) }]
    })

/** Plain inserts in transactions of as many rows as a page of the hub has changes. */
export const insertRows = ({ db }: Pick<OpenDatabase, 'db'>, stored: StoredRows, batch: number): void => {
  for (const { insert, rows } of stored) {
    for (let start = 0; start < rows.length; start += batch) {
      db.transaction(() => {
        for (const row of rows.slice(start, start + batch)) db.run(insert, ...row)
      })
    }
  }
}
