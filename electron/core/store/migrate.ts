import type Database from 'better-sqlite3'
import { IpcError } from '../../shared/ipc/ipc-error.ts'
import { mapSqliteError } from './sqlite-error.ts'

/** One step of a schema. Never edited after its release; numbers run from 1 without a gap. */
export type Migration = {
  readonly version: number
  readonly name: string
  up(connection: Database.Database): void
}

export const newestVersion = (migrations: readonly Migration[]): number => migrations.at(-1)?.version ?? 0

const assertNumbered = (migrations: readonly Migration[]): void => {
  for (const [index, migration] of migrations.entries()) {
    if (migration.version !== index + 1) throw new TypeError(`migration ${migration.name} is out of order`)
  }
}

/** The schema version that a file carries (`user_version`; 0: none yet). */
export const schemaVersion = (connection: Database.Database): number =>
  connection.pragma('user_version', { simple: true }) as number

/** Refuses a file of a newer program; reads only. */
export const assertNotNewer = (connection: Database.Database, migrations: readonly Migration[]): void => {
  const found = schemaVersion(connection)
  const known = newestVersion(migrations)
  if (found > known) throw new IpcError('E_NEWER', 'written by a newer Candor', { found, known })
}

/**
 * Brings a file to the newest schema, each step in a transaction of its own together with its number. A step that fails
 * changes nothing and stops the rest; running again goes on from there.
 *
 * @throws IpcError E_NEWER for a schema that this program does not know; E_DISK, E_DAMAGED or E_INTERNAL (`migration` in its data)
 */
export const migrate = (connection: Database.Database, migrations: readonly Migration[]): void => {
  assertNumbered(migrations)
  assertNotNewer(connection, migrations)
  for (const migration of migrations.slice(schemaVersion(connection))) {
    try {
      connection
        .transaction(() => {
          migration.up(connection)
          connection.pragma(`user_version = ${migration.version}`)
        })
        .exclusive()
    } catch (error) {
      const { code, message, data } = mapSqliteError(error)
      throw new IpcError(code, message, { ...data, migration: migration.version })
    }
  }
}
