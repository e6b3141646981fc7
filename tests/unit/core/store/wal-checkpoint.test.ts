import { readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { openDatabase } from '../../../../electron/core/store/open-store.ts'
import { truncateWal, tryTruncateWal } from '../../../../electron/core/store/wal-checkpoint.ts'
import { temporaryFolder } from '../../../helpers/temporary-folder.ts'

const open = (path: string) =>
  openDatabase({
    path,
    key: Buffer.alloc(32, 5),
    profile: 'store',
    migrations: [{ version: 1, name: 'first', up: (connection) => connection.exec('CREATE TABLE t (x TEXT)') }],
  })

describe('truncating checkpoint', () => {
  test('leaves no byte in the journal', async () => {
    const path = join(temporaryFolder(), 'store.db')
    const { db, connection, close } = open(path)
    db.run("INSERT INTO t VALUES ('a')")
    expect(statSync(`${path}-wal`).size).toBeGreaterThan(0)
    expect(await truncateWal(connection)).toBe(true)
    expect(statSync(`${path}-wal`).size).toBe(0)
    close()
  })

  test('with a reader open it says false, keeps its time-out, and succeeds when the reader has gone', async () => {
    const path = join(temporaryFolder(), 'store.db')
    const [writer, other] = [open(path), open(path)]
    writer.db.run("INSERT INTO t VALUES ('a')")
    const reading = other.reader.iterate('SELECT x FROM t')
    reading.next()
    writer.db.run("INSERT INTO t VALUES ('b')")
    expect(tryTruncateWal(writer.connection)).toBe(false)
    expect(await truncateWal(writer.connection, { attempts: 2, wait: 1 })).toBe(false)
    expect(readFileSync(`${path}-wal`).length).toBeGreaterThan(0)
    expect(writer.connection.pragma('busy_timeout', { simple: true })).toBe(5000)
    setTimeout(() => reading.return?.(), 20)
    expect(await truncateWal(writer.connection, { attempts: 1000, wait: 5 })).toBe(true)
    expect(statSync(`${path}-wal`).size).toBe(0)
    writer.close()
    other.close()
  })
})
