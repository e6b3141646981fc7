import Database from 'better-sqlite3'
import { closeSync, existsSync, mkdirSync, openSync, renameSync, rmSync, statSync } from 'node:fs'
import { basename, dirname } from 'node:path'
import { IpcError } from '../../shared/ipc/ipc-error.ts'
import { applicationIds, applyKey, applyPragmas, type StoreProfile } from './connection-pragmas.ts'
import { readableDb, writableDb, type ReadableDb, type WritableDb } from './database.ts'
import { readAt, syncFile, syncFolder, temporaryEnding } from './durable-file.ts'
import { assertNotNewer, migrate, type Migration } from './migrate.ts'
import { assertRuntime } from './runtime.ts'
import { mapSqliteError, mappingErrors } from './sqlite-error.ts'

export { mapSqliteError } from './sqlite-error.ts'
export type { StoreProfile } from './connection-pragmas.ts'

export type OpenDatabase = {
  readonly db: WritableDb
  /** The same connection for code that may only read. */
  readonly reader: ReadableDb
  readonly connection: Database.Database
  close(): void
}

export type OpenDatabaseOptions = {
  /** A file, or `:memory:`. */
  readonly path: string
  /** 32 raw bytes; the caller keeps and wipes them. Not used for `:memory:`. */
  readonly key?: Uint8Array
  readonly profile: StoreProfile
  readonly migrations: readonly Migration[]
  /** True where a home is known to have this file: a missing one is then damage, never a reason to make a new one. */
  readonly mustExist?: boolean
}

const damaged = (path: string, found: string): IpcError =>
  new IpcError('E_DAMAGED', 'a file of the store is damaged', { file: basename(path), found })

const connect = (path: string, key: Uint8Array, readonly: boolean): Database.Database => {
  const connection = new Database(path, { readonly, timeout: 5000 })
  try {
    applyKey(connection, key)
    return connection
  } catch (error) {
    connection.close()
    throw error
  }
}

/** Whether a file that our key does not open is an ordinary database of another program. */
const isPlainDatabase = (path: string): boolean => {
  const fd = openSync(path, 'r')
  try {
    const head = Buffer.alloc(16)
    return readAt(fd, head, 0) === 16 && head.toString('latin1') === 'SQLite format 3\0'
  } finally {
    closeSync(fd)
  }
}

/**
 * Looks at an existing file through a connection that cannot write, so that whatever is refused here keeps every byte:
 * even closing an ordinary connection could move a leftover journal into the file.
 */
const inspect = ({ path, profile, migrations }: OpenDatabaseOptions, key: Uint8Array): void => {
  const hadJournal = existsSync(`${path}-wal`)
  const connection = connect(path, key, true)
  let accepted = false
  try {
    const found = connection.pragma('application_id', { simple: true })
    if (found !== applicationIds[profile])
      throw new IpcError('E_FOREIGN', 'not this kind of file', { file: basename(path) })
    assertNotNewer(connection, migrations)
    accepted = true
  } catch (error) {
    const mapped = mapSqliteError(error)
    if (mapped.code !== 'E_DAMAGED') throw mapped
    // The key was checked against `kek.json` before, so an unreadable first page is damage and not a wrong passphrase.
    if (isPlainDatabase(path)) throw new IpcError('E_FOREIGN', 'a file of another program', { file: basename(path) })
    throw damaged(path, 'unreadable')
  } finally {
    connection.close()
    // A reader leaves an empty journal behind, which nobody else has a use for.
    if (!accepted && !hadJournal) for (const ending of ['-wal', '-shm']) rmSync(path + ending, { force: true })
  }
}

/**
 * Makes a new file under another name and moves it into place when it is whole: a kill in between must not leave an
 * empty file, which the next start would have to call damaged.
 */
const createFile = ({ path, profile, migrations }: OpenDatabaseOptions, key: Uint8Array): void => {
  const temporary = path + temporaryEnding
  const clear = (): void => {
    for (const ending of ['', '-wal', '-shm', '-journal']) rmSync(temporary + ending, { force: true })
  }
  clear()
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 })
  try {
    const fd = openSync(temporary, 'wx', 0o600)
    closeSync(fd)
    const connection = connect(temporary, key, false)
    try {
      applyPragmas(connection, profile, false)
      connection.pragma(`application_id = ${applicationIds[profile]}`)
      migrate(connection, migrations)
    } finally {
      connection.close()
    }
    syncFile(temporary)
    renameSync(temporary, path)
    syncFolder(dirname(path))
  } catch (error) {
    clear()
    throw error
  }
}

const wrap = (connection: Database.Database): OpenDatabase => ({
  db: writableDb(connection),
  reader: readableDb(connection),
  connection,
  close: () => {
    connection.close()
  },
})

const openFile = (options: OpenDatabaseOptions): Database.Database => {
  const { path, key, profile, migrations, mustExist = false } = options
  if (key === undefined) throw new TypeError('a database file needs a key')
  if (!existsSync(path)) {
    if (existsSync(`${path}-wal`)) throw damaged(path, 'journal_without_file')
    if (mustExist) throw damaged(path, 'missing')
    createFile(options, key)
  }
  // SQLite takes a file of 0 or 1 byte for a new, empty database, under any key.
  if (statSync(path).size < 512) throw damaged(path, 'too_short')
  inspect(options, key)
  const connection = connect(path, key, false)
  try {
    applyPragmas(connection, profile, false)
    migrate(connection, migrations)
    return connection
  } catch (error) {
    connection.close()
    throw error
  }
}

/**
 * Opens one encrypted database of the home (or an unencrypted one in memory), with every setting that the promise needs,
 * at the newest schema. Makes file and folder where they do not exist yet.
 *
 * @throws IpcError E_RUNTIME (runtime too old, or a setting was not taken), E_DAMAGED, E_FOREIGN, E_NEWER (the file keeps
 * every byte in these three), E_IN_USE, E_DISK
 */
export const openDatabase = (options: OpenDatabaseOptions): OpenDatabase => {
  assertRuntime()
  return mappingErrors(() => {
    if (options.path !== ':memory:') return wrap(openFile(options))
    const connection = new Database(':memory:')
    applyPragmas(connection, options.profile, true)
    connection.pragma(`application_id = ${applicationIds[options.profile]}`)
    migrate(connection, options.migrations)
    return wrap(connection)
  })
}
