import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { PGlite, types } from '@electric-sql/pglite'
import { Kysely, PGliteDialect, PostgresDialect, sql } from 'kysely'
import { Migrator } from 'kysely/migration'
import pg from 'pg'
import type { CandidateKeys } from '../keys/candidate-keys.ts'
import { migrations, sealedWordsName } from './migrations.ts'
import type { HubDb, HubSchema } from './schema.ts'

export type DatabaseChoice = {
  /** A PostgreSQL URL; without it PGlite runs embedded. */
  readonly url: string | undefined
  /** Folder of the embedded database; `undefined` keeps it in memory. */
  readonly home: string | undefined
}

export type OpenDatabase = {
  readonly db: HubDb
  /** Names of the migrations that the schema is made of, in order. */
  readonly migrations: readonly string[]
  /** How many connections there are, by state; the embedded engine is one. */
  connections(): Readonly<Record<string, number>>
}

/**
 * Opens the database and brings its schema up to date.
 * @throws when the database was written by a newer hub, or a migration fails; nothing is half migrated then
 */
export const openDatabase = async (choice: DatabaseChoice, keys: CandidateKeys): Promise<OpenDatabase> => {
  const pool = choice.url === undefined ? undefined : openPool(choice.url)
  const db = new Kysely<HubSchema>({
    dialect: pool === undefined ? await embedded(choice.home) : new PostgresDialect({ pool }),
  })
  const known = migrations(keys)
  const migrator = new Migrator({
    db,
    provider: { getMigrations: async () => known },
    // None leans on a later one's tables; one that is missing in between is made up for.
    allowUnorderedMigrations: true,
  })
  const { error, results } = await migrator.migrateToLatest()
  if (error !== undefined) {
    await db.destroy()
    throw new Error('hub database: the schema cannot be brought up to date', { cause: error })
  }
  // What lay in clear until now leaves the table's pages with it.
  if (results?.some(({ migrationName }) => migrationName === sealedWordsName)) await sql`vacuum full record`.execute(db)
  return {
    db,
    migrations: Object.keys(known).sort(),
    connections: (): Readonly<Record<string, number>> =>
      pool === undefined
        ? { used: 1 }
        : { used: pool.totalCount - pool.idleCount, idle: pool.idleCount, waiting: pool.waitingCount },
  }
}

/** The engine's own conversion of bytes takes each digit by itself: a quarter of what a page of sealed records cost. */
const bytes = {
  parsers: { [types.BYTEA]: (text: string): Uint8Array => Buffer.from(text.slice(2), 'hex') },
  serializers: {
    [types.BYTEA]: (value: unknown): string => {
      if (!(value instanceof Uint8Array)) throw new TypeError('not bytes')
      return `\\x${Buffer.from(value.buffer, value.byteOffset, value.byteLength).toString('hex')}`
    },
  },
}

const embedded = async (home: string | undefined): Promise<PGliteDialect> => {
  if (home === undefined) return new PGliteDialect({ pglite: await PGlite.create({ ...bytes }) })
  const folder = join(home, 'pglite')
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  return new PGliteDialect({ pglite: await PGlite.create(folder, bytes) })
}

const openPool = (url: string): pg.Pool => {
  const pool = new pg.Pool({ connectionString: url, max: 8 })
  // A connection that dies while idle is replaced by the pool; without a listener it would end the process.
  pool.on('error', () => undefined)
  return pool
}

/** Destroyed keys leave the table's pages. What the engine's write-ahead log still holds is outside a hub's reach. */
export const vacuumKeys = async (db: HubDb): Promise<void> => {
  await sql`vacuum record_key`.execute(db)
}
