import { z } from 'zod'
import { join } from 'node:path'
import type { AccountPaths } from '../store/home-paths.ts'
import { temporaryEnding } from '../store/durable-file.ts'
import type { ReadableDb, WritableDb } from '../store/database.ts'

/**
 * Files of a restore on its way, in the account's folder. `restore.db` under its own name is the decision: from then on the restore is
 * finished at every start until it is done. Before, nothing has happened.
 */
export const stagedPaths = ({ dir }: Pick<AccountPaths, 'dir'>) => {
  const [db, keys] = [join(dir, 'restore.db'), join(dir, 'restore.keys')]
  return { db, keys, newDb: db + temporaryEnding, newKeys: keys + temporaryEnding }
}

/** What SQLite puts beside a database. */
export const besides = (path: string): string[] => ['-wal', '-shm', '-journal'].map((ending) => path + ending)

/** Whether the hub was asked whom it has ended: `none` for a workspace without one. */
export const hubAnswer = z.enum(['asked', 'silent', 'none'])
export type HubAnswer = z.infer<typeof hubAnswer>

const origin = z.object({ path: z.string(), hub: hubAnswer })
/** Where the backup lies, for the register, and what was asked before it was taken. */
export type RestoreOrigin = z.infer<typeof origin>

const key = 'restore'

export const setRestoreOrigin = (db: WritableDb, value: RestoreOrigin | null): void => {
  db.run('DELETE FROM sync_state WHERE key = ?', key)
  if (value !== null) db.run('INSERT INTO sync_state (key, value) VALUES (?, ?)', key, JSON.stringify(value))
}

export const getRestoreOrigin = (db: ReadableDb): RestoreOrigin | null => {
  const row = db.get<{ value: string }>('SELECT value FROM sync_state WHERE key = ?', key)
  return row === undefined ? null : origin.parse(JSON.parse(row.value))
}
