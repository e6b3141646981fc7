import { spawnSync } from 'node:child_process'
import { createHash, randomBytes } from 'node:crypto'
import { copyFileSync, existsSync, readFileSync, readdirSync, statSync, truncateSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { describe, expect, test } from 'vitest'
import type { Migration } from '../../../../electron/core/store/migrate.ts'
import {
  mapSqliteError,
  openDatabase,
  type OpenDatabaseOptions,
  type StoreProfile,
} from '../../../../electron/core/store/open-store.ts'
import { IpcError } from '../../../../electron/shared/ipc/ipc-error.ts'
import { errorCodeOf } from '../../../helpers/error-code.ts'
import { temporaryFolder } from '../../../helpers/temporary-folder.ts'

const key = Buffer.alloc(32, 5)
const first: Migration = {
  version: 1,
  name: 'first',
  up: (connection) => connection.exec('CREATE TABLE person (id INTEGER PRIMARY KEY, name TEXT NOT NULL) STRICT'),
}
const second: Migration = {
  version: 2,
  name: 'second',
  up: (connection) => connection.exec("ALTER TABLE person ADD COLUMN city TEXT NOT NULL DEFAULT ''"),
}

const options = (path: string, more: Partial<OpenDatabaseOptions> = {}): OpenDatabaseOptions => ({
  path,
  key,
  profile: 'store',
  migrations: [first],
  ...more,
})

/** A closed store of one person. */
const prepared = (more: Partial<OpenDatabaseOptions> = {}): string => {
  const path = join(temporaryFolder(), 'store.db')
  const store = openDatabase(options(path, more))
  store.db.run("INSERT INTO person (name) VALUES ('张三丰')")
  store.close()
  return path
}
const names = (path: string, more: Partial<OpenDatabaseOptions> = {}): string[] => {
  const store = openDatabase(options(path, more))
  try {
    return store.reader.all<{ name: string }>('SELECT name FROM person').map(({ name }) => name)
  } finally {
    store.close()
  }
}
/** Name and hash of every file, except SQLite's shared memory, which holds no content of its own. */
const fingerprint = (folder: string): string[] =>
  readdirSync(folder)
    .filter((name) => !name.endsWith('-shm'))
    .sort()
    .map(
      (name) =>
        `${name} ${createHash('sha256')
          .update(readFileSync(join(folder, name)))
          .digest('hex')}`,
    )

const refused = (path: string, code: string, more: Partial<OpenDatabaseOptions> = {}): void => {
  const before = fingerprint(join(path, '..'))
  expect(errorCodeOf(() => openDatabase(options(path, more)))).toBe(code)
  expect(fingerprint(join(path, '..'))).toEqual(before)
}

describe('settings of a connection', () => {
  const profiles: ReadonlyArray<readonly [StoreProfile, number, number]> = [
    ['store', 1, -65536],
    ['index', 1, -65536],
    ['ledger', 2, -8192],
  ]
  test.each(profiles)(
    '[ZP-93] %s: AES-256, every deleted byte zeroed, no spill in clear',
    (profile, synchronous, cache) => {
      const path = join(temporaryFolder(), 'x.db')
      for (const time of ['new', 'again']) {
        const { connection, close } = openDatabase(options(path, { profile }))
        const read = (name: string): unknown => connection.pragma(name, { simple: true })
        expect([time, read('cipher'), Number(read('legacy')), read('page_size')]).toEqual([time, 'sqlcipher', 4, 4096])
        expect(read('journal_mode')).toBe('wal')
        expect(read('synchronous')).toBe(synchronous)
        expect(read('secure_delete')).toBe(1)
        expect(read('temp_store')).toBe(2)
        expect(read('foreign_keys')).toBe(1)
        expect(read('trusted_schema')).toBe(0)
        expect(read('cell_size_check')).toBe(1)
        expect(read('cache_size')).toBe(cache)
        close()
      }
    },
  )

  test('in memory the same settings hold, without a key', () => {
    const { db, connection, close } = openDatabase({ path: ':memory:', profile: 'store', migrations: [first] })
    db.run("INSERT INTO person (name) VALUES ('李')")
    expect(connection.pragma('secure_delete', { simple: true })).toBe(1)
    expect(connection.pragma('temp_store', { simple: true })).toBe(2)
    expect(db.get('SELECT name FROM person')).toEqual({ name: '李' })
    close()
  })

  test('a reader cannot write, nor change the connection', () => {
    const { db, reader, close } = openDatabase(options(join(temporaryFolder(), 'x.db')))
    for (const sql of [
      "INSERT INTO person (name) VALUES ('x')",
      "INSERT INTO person (name) VALUES ('x') RETURNING id",
      'DELETE FROM person',
      'DROP TABLE person',
      'BEGIN',
      "ATTACH ':memory:' AS other",
      'PRAGMA secure_delete = OFF',
      '/* harmless */ -- indeed\n PRAGMA foreign_keys = OFF',
      "VACUUM INTO '/tmp/never'",
    ]) {
      expect(() => reader.all(sql), sql).toThrow('a reader may not write')
      expect(() => reader.get(sql), sql).toThrow('a reader may not write')
      expect(() => reader.iterate(sql), sql).toThrow('a reader may not write')
    }
    db.run("INSERT INTO person (name) VALUES ('y')")
    expect(reader.all('SELECT name FROM person')).toEqual([{ name: 'y' }])
    expect([...reader.iterate('WITH p AS (SELECT * FROM person) SELECT name FROM p')]).toEqual([{ name: 'y' }])
    close()
  })

  test('a runtime below Node-API 10 is refused before the addon is loaded', () => {
    const script = `
      Object.defineProperty(process, 'versions', { value: { ...process.versions, napi: '9' } })
      const { openDatabase } = await import('./electron/core/store/open-store.ts')
      const { acquireHomeLock } = await import('./electron/core/store/home-lock.ts')
      for (const work of [
        () => openDatabase({ path: ':memory:', profile: 'store', migrations: [] }),
        () => acquireHomeLock('/nonexistent'),
      ]) {
        try { work() } catch (error) { console.log(error.code) }
      }
      console.log(process.report.getReport().sharedObjects.filter((name) => /sqlite/.test(name)).length)`
    const { stdout, stderr } = spawnSync(process.execPath, ['--input-type=module', '-e', script], { encoding: 'utf8' })
    expect(stderr).toBe('')
    expect(stdout).toBe('E_RUNTIME\nE_RUNTIME\n0\n')
  })
})

describe('files that are refused keep every byte', () => {
  test('[ZP-93] without the right key nothing opens', () => {
    const path = prepared()
    refused(path, 'E_DAMAGED', { key: Buffer.alloc(32, 6) })
    expect(() => openDatabase({ path, profile: 'store', migrations: [first] })).toThrow()
    const plain = new Database(path)
    expect(() => plain.prepare('SELECT * FROM person').all()).toThrow('file is not a database')
    plain.close()
    expect(names(path)).toEqual(['张三丰'])
  })

  test.each([0, 1, 16, 100, 511])('cut to %i bytes: damaged, never a new store', (size) => {
    const path = prepared()
    truncateSync(path, size)
    refused(path, 'E_DAMAGED')
  })

  test.each([512, 4095, 4096])('cut to %i bytes: damaged or unreadable, never a new store', (size) => {
    const path = prepared()
    truncateSync(path, size)
    const before = readFileSync(path)
    let code = errorCodeOf(() => openDatabase(options(path)).close())
    if (code === 'none') code = errorCodeOf(() => mapping(() => names(path)))
    expect(code).toBe('E_DAMAGED')
    expect(readFileSync(path).equals(before)).toBe(true)
  })

  test('a flipped byte anywhere in the first page, or the pages swapped, is damage', () => {
    for (const at of [0, 15, 16, 17, 100, 2000, 4015, 4016, 4032, 4095]) {
      const path = prepared()
      const file = readFileSync(path)
      file[at]! ^= 1
      writeFileSync(path, file)
      refused(path, 'E_DAMAGED')
    }
    const path = prepared()
    const file = readFileSync(path)
    writeFileSync(path, Buffer.concat([file.subarray(4096, 8192), file.subarray(0, 4096), file.subarray(8192)]))
    refused(path, 'E_DAMAGED')
  })

  test('a flipped byte in a later page is damage when it is read', () => {
    const path = prepared()
    const file = readFileSync(path)
    file[4096 + 50]! ^= 1
    writeFileSync(path, file)
    expect(errorCodeOf(() => mapping(() => names(path)))).toBe('E_DAMAGED')
  })

  test('another program’s database, another kind of ours, and noise', () => {
    const foreign = join(temporaryFolder(), 'store.db')
    const plain = new Database(foreign)
    plain.exec('CREATE TABLE theirs (x)')
    plain.close()
    refused(foreign, 'E_FOREIGN')
    refused(prepared({ profile: 'index' }), 'E_FOREIGN')
    const noise = join(temporaryFolder(), 'store.db')
    writeFileSync(noise, randomBytes(8192))
    refused(noise, 'E_DAMAGED')
  })

  test('a newer schema, with and without a journal left by a kill', () => {
    const path = prepared({ migrations: [first, second] })
    refused(path, 'E_NEWER')
    const store = openDatabase(options(path, { migrations: [first, second] }))
    store.db.run("INSERT INTO person (name) VALUES ('李四')")
    const folder = temporaryFolder()
    const killed = join(folder, 'store.db')
    // What a killed process leaves: the file and a journal that was never moved into it.
    for (const ending of ['', '-wal']) copyFileSync(path + ending, killed + ending)
    store.close()
    expect(statSync(`${killed}-wal`).size).toBeGreaterThan(0)
    refused(killed, 'E_NEWER')
    refused(killed, 'E_DAMAGED', { key: Buffer.alloc(32, 6) })
    expect(names(killed, { migrations: [first, second] })).toEqual(['张三丰', '李四'])
  })

  test('a missing file that must exist, or whose journal is left, is damage and is not made', () => {
    const folder = temporaryFolder()
    const path = join(folder, 'store.db')
    refused(path, 'E_DAMAGED', { mustExist: true })
    writeFileSync(`${path}-wal`, 'frames')
    refused(path, 'E_DAMAGED')
    expect(existsSync(path)).toBe(false)
  })
})

/** What the router does with an error that comes from a statement. */
const mapping = <T>(work: () => T): T => {
  try {
    return work()
  } catch (error) {
    throw mapSqliteError(error)
  }
}

describe('a new file', () => {
  test('is whole or not there: a kill while it is made leaves nothing that is called damaged', () => {
    const folder = temporaryFolder()
    const path = join(folder, 'store.db')
    const dying: Migration = { version: 1, name: 'dies', up: () => process.kill(process.pid, 'SIGKILL') }
    const script = `
      const { openDatabase } = await import('./electron/core/store/open-store.ts')
      openDatabase({ path: ${JSON.stringify(path)}, key: Buffer.alloc(32, 5), profile: 'store',
        migrations: [{ version: 1, name: 'dies', up: ${dying.up.toString()} }] })`
    const { signal } = spawnSync(process.execPath, ['--input-type=module', '-e', script], { encoding: 'utf8' })
    expect(signal).toBe('SIGKILL')
    expect(existsSync(path)).toBe(false)
    expect(readdirSync(folder).length).toBeGreaterThan(0)
    expect(names(path)).toEqual([])
    expect(readdirSync(folder)).toEqual(['store.db'])
  })

  test('a first migration that fails leaves nothing behind', () => {
    const folder = temporaryFolder()
    const failing: Migration = { version: 1, name: 'fails', up: (connection) => connection.exec('CREATE nonsense') }
    const path = join(folder, 'store.db')
    expect(errorCodeOf(() => openDatabase(options(path, { migrations: [failing] })))).toBe('E_INTERNAL')
    expect(readdirSync(folder)).toEqual([])
  })

  test('is readable by its owner only', () => {
    expect(statSync(prepared()).mode & 0o077).toBe(0)
  })

  test('its folder is made too; where that cannot be, the error does not say the name', () => {
    const path = join(temporaryFolder(), '张三', 'store.db')
    expect(names(path)).toEqual([])
    const open = () => openDatabase(options(join(path, 'store.db')))
    expect(open).toThrow(expect.objectContaining({ code: 'E_DISK', message: expect.not.stringContaining('张三') }))
    expect(open).toThrow(expect.objectContaining({ data: { cause: expect.stringMatching(/^E[A-Z]+$/) } }))
  })
})

describe('migrations', () => {
  test('run once, in order, and keep what is there', () => {
    const path = prepared()
    expect(names(path, { migrations: [first, second] })).toEqual(['张三丰'])
    const { reader, connection, close } = openDatabase(options(path, { migrations: [first, second] }))
    expect(connection.pragma('user_version', { simple: true })).toBe(2)
    expect(reader.get('SELECT name, city FROM person')).toEqual({ name: '张三丰', city: '' })
    close()
  })

  test('one that fails half-way changes nothing, says which, and the next start goes on', () => {
    const path = prepared()
    const failing: Migration = {
      version: 3,
      name: 'fails',
      up: (connection) => {
        connection.exec('DELETE FROM person')
        connection.exec('CREATE TABLE half (x)')
        connection.exec('nonsense')
      },
    }
    const open = () => openDatabase(options(path, { migrations: [first, second, failing] }))
    expect(open).toThrow(expect.objectContaining({ code: 'E_INTERNAL', data: { cause: 'SQLITE_ERROR', migration: 3 } }))
    const third: Migration = { ...failing, up: (connection) => connection.exec('CREATE TABLE half (x)') }
    expect(names(path, { migrations: [first, second, third] })).toEqual(['张三丰'])
  })

  test('killed inside a step, the step has not happened', () => {
    const path = prepared()
    const script = `
      const { openDatabase } = await import('./electron/core/store/open-store.ts')
      const none = { version: 1, name: 'first', up: () => {} }
      openDatabase({ path: ${JSON.stringify(path)}, key: Buffer.alloc(32, 5), profile: 'store', migrations: [none, {
        version: 2, name: 'dies', up: (c) => { c.exec('DELETE FROM person'); process.kill(process.pid, 'SIGKILL') } }] })`
    expect(spawnSync(process.execPath, ['--input-type=module', '-e', script]).signal).toBe('SIGKILL')
    expect(names(path, { migrations: [first, second] })).toEqual(['张三丰'])
  })

  test('gaps and wrong orders are mistakes of the program', () => {
    const path = join(temporaryFolder(), 'x.db')
    expect(errorCodeOf(() => openDatabase(options(path, { migrations: [second] })))).toBe('E_INTERNAL')
  })
})

describe('mapSqliteError', () => {
  const sqlite = (code: string): Error => Object.assign(new Error('near 张三'), { code })
  test.each([
    ['SQLITE_FULL', 'E_DISK'],
    ['SQLITE_IOERR_WRITE', 'E_DISK'],
    ['SQLITE_READONLY', 'E_DISK'],
    ['SQLITE_CANTOPEN', 'E_DISK'],
    ['ENOSPC', 'E_DISK'],
    ['EIO', 'E_DISK'],
    ['EROFS', 'E_DISK'],
    ['SQLITE_BUSY', 'E_IN_USE'],
    ['SQLITE_BUSY_SNAPSHOT', 'E_IN_USE'],
    ['SQLITE_CORRUPT', 'E_DAMAGED'],
    ['SQLITE_CORRUPT_VTAB', 'E_DAMAGED'],
    ['SQLITE_NOTADB', 'E_DAMAGED'],
    ['SQLITE_CONSTRAINT_UNIQUE', 'E_INTERNAL'],
  ])('%s is %s, and its text stays here', (code, expected) => {
    const mapped = mapSqliteError(sqlite(code))
    expect(mapped.code).toBe(expected)
    expect(JSON.stringify(mapped.toShape())).not.toContain('张三')
  })

  test('our own errors pass, everything else is internal', () => {
    const own = new IpcError('E_LEASE', 'x')
    expect(mapSqliteError(own)).toBe(own)
    expect(mapSqliteError(new Error('张三')).toShape()).toEqual({
      code: 'E_INTERNAL',
      message: 'the store failed',
      data: {},
    })
    expect(mapSqliteError('张三').code).toBe('E_INTERNAL')
  })

  test('a full disk is E_DISK and loses nothing', () => {
    const path = prepared()
    const { db, connection, close } = openDatabase(options(path))
    connection.pragma(`max_page_count = ${Number(connection.pragma('page_count', { simple: true }))}`)
    expect(errorCodeOf(() => mapping(() => db.run('INSERT INTO person (name) VALUES (?)', 'x'.repeat(50_000))))).toBe(
      'E_DISK',
    )
    close()
    expect(names(path)).toEqual(['张三丰'])
  })
})
