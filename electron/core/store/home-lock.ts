import Database from 'better-sqlite3'
import { closeSync, existsSync, mkdirSync, openSync } from 'node:fs'
import { IpcError } from '../../shared/ipc/ipc-error.ts'
import { homePaths } from './home-paths.ts'
import { mapSqliteError } from './sqlite-error.ts'
import { assertRuntime } from './runtime.ts'

export type HomeLock = { release(): void }

/**
 * Takes the home for this process: an exclusive transaction on `home.lock`, an empty file of SQLite's that stays empty. The
 * system frees it when the process ends, however it ends. Nothing else in this process may open `home.lock`: on POSIX systems
 * closing any descriptor of a file drops all locks that the process has on it.
 *
 * @throws IpcError E_IN_USE when another process holds the home; E_DISK; E_RUNTIME
 */
export const acquireHomeLock = (home: string): HomeLock => {
  assertRuntime()
  let connection: Database.Database | undefined
  try {
    mkdirSync(home, { recursive: true, mode: 0o700 })
    const { lock } = homePaths(home)
    // SQLite would make it, and its journal after it, readable to others.
    if (!existsSync(lock)) closeSync(openSync(lock, 'a', 0o600))
    connection = new Database(lock, { timeout: 0 })
    connection.exec('BEGIN EXCLUSIVE')
    const held = connection
    return { release: () => void held.close() }
  } catch (error) {
    connection?.close()
    const mapped = mapSqliteError(error)
    throw mapped.code === 'E_IN_USE' ? new IpcError('E_IN_USE', 'another process uses this home') : mapped
  }
}
