import { IpcError } from '../../shared/ipc/ipc-error.ts'
import type { WritableDb } from '../store/database.ts'

/** YYYYMM in Asia/Shanghai and the index of its first entry. */
export type Month = { readonly month: number; readonly first: number }

/** Asia/Shanghai has had no daylight saving since 1991 and stands 8 hours ahead of UTC. */
const shanghaiOffset = 8 * 3600_000

const shanghai = (at: number): Date => new Date(at + shanghaiOffset)

/** YYYYMM in Asia/Shanghai. */
export const monthOf = (at: number): number => {
  const date = shanghai(at)
  return date.getUTCFullYear() * 100 + date.getUTCMonth() + 1
}

/** YYYYMMDD in Asia/Shanghai. */
export const dayOf = (at: number): number => monthOf(at) * 100 + shanghai(at).getUTCDate()

/** How many months lie between two YYYYMM. */
export const monthsBetween = (earlier: number, later: number): number =>
  (Math.floor(later / 100) - Math.floor(earlier / 100)) * 12 + ((later % 100) - (earlier % 100))

export const entryTable = (month: number): string => {
  if (!Number.isInteger(month) || month < 197001 || month > 999912) throw new RangeError('not a month')
  return `entry_${month}`
}

/** Triggers that let rows be added to a table and nothing else, one statement each. */
export const appendOnlyTriggers = (table: string): string[] =>
  ['update', 'delete'].map(
    (change) =>
      `CREATE TRIGGER ${table}_no_${change} BEFORE ${change.toUpperCase()} ON ${table}
       BEGIN SELECT RAISE(ABORT, 'append only'); END`,
  )

/**
 * REPLACE removes rows without asking the trigger unless the connection says otherwise; a third trigger that looked for the
 * row would cost each append what hashing it costs.
 */
export const guardReplace = (db: WritableDb): void => {
  db.run('PRAGMA recursive_triggers = ON')
  if (db.get<{ recursive_triggers: number }>('PRAGMA recursive_triggers')?.recursive_triggers !== 1) {
    throw new IpcError('E_RUNTIME', 'the database engine does not take a setting that the log needs', {
      pragma: 'recursive_triggers',
    })
  }
}

const createStatements = (table: string): string[] => [
  `CREATE TABLE ${table} (i INTEGER PRIMARY KEY, subject INTEGER, leaf BLOB NOT NULL, entry TEXT NOT NULL) STRICT`,
  ...appendOnlyTriggers(table),
]

/** Begins a month whose first entry will have this index. Must run in the transaction of that entry. */
export const createMonth = (db: WritableDb, month: number, first: number): void => {
  for (const sql of createStatements(entryTable(month))) db.run(sql)
  db.run('INSERT INTO entry_month (month, first) VALUES (?, ?)', month, first)
}
