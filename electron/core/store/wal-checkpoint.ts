import type Database from 'better-sqlite3'
import { setTimeout as pause } from 'node:timers/promises'

export type CheckpointOptions = {
  /** How often to ask. */
  readonly attempts?: number
  /** Milliseconds between two attempts, in which open readers may finish. */
  readonly wait?: number
}

/** One attempt: true when every frame is in the file and the journal has no bytes left. */
export const tryTruncateWal = (connection: Database.Database): boolean => {
  // Waiting inside SQLite would stop the very thread that a reader needs to finish.
  const timeout = connection.pragma('busy_timeout', { simple: true })
  connection.pragma('busy_timeout = 0')
  try {
    const rows = connection.pragma('wal_checkpoint(TRUNCATE)') as ReadonlyArray<{ readonly busy: number }>
    return rows[0]?.busy === 0
  } finally {
    connection.pragma(`busy_timeout = ${Number(timeout)}`)
  }
}

/**
 * Moves the journal into the file and cuts it to nothing, so that no old page of a destroyed record stays in it. SQLite does
 * nothing and throws nothing while any reader is open: only the answer row says so, and a caller must not take false for done.
 */
export const truncateWal = async (
  connection: Database.Database,
  { attempts = 40, wait = 25 }: CheckpointOptions = {},
): Promise<boolean> => {
  for (let attempt = 1; ; attempt += 1) {
    if (tryTruncateWal(connection)) return true
    if (attempt >= attempts) return false
    await pause(wait)
  }
}
