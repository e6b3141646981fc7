import { randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { indexMigrations, storeMigrations } from '../../../../electron/core/accounts/account-files.ts'
import { memoryKeystore } from '../../../../electron/core/keys/memory-keystore.ts'
import { aad, toSealable } from '../../../../electron/core/keys/sealed-columns.ts'
import { createIndexer } from '../../../../electron/core/search/indexer.ts'
import { openDatabase } from '../../../../electron/core/store/open-store.ts'

const cleanups: Array<() => void> = []
afterEach(() => {
  for (const cleanup of cleanups.splice(0).toReversed()) cleanup()
})

const openPair = () => {
  const folder = mkdtempSync(join(tmpdir(), 'candor-indexer-'))
  cleanups.push(() => {
    rmSync(folder, { recursive: true })
  })
  const open = (profile: 'store' | 'index') => {
    const migrations = profile === 'store' ? storeMigrations : indexMigrations
    const file = openDatabase({ path: join(folder, `${profile}.db`), key: randomBytes(32), profile, migrations })
    cleanups.push(() => {
      file.close()
    })
    return file
  }
  return { store: open('store'), index: open('index'), keystore: memoryKeystore() }
}

type Pair = ReturnType<typeof openPair>

const addPerson = ({ store, keystore }: Pair, id: string, text: string): void => {
  const slot = keystore.create('candidate')
  const person = { resume: { basics: { name: '张某', summary: text } }, contact: null }
  store.db.run(
    `INSERT INTO candidate (record_id, platform, platform_id, origin, rev, visibility, flags, received_at, checked_at,
       key_slot, sealed) VALUES (?, 'zhaopin', ?, 'hub', 1, 'public', '{}', 1, 1, ?, ?)`,
    id,
    `p-${id}`,
    slot,
    keystore.seal(slot, aad('candidate', 'sealed', id), toSealable(person)),
  )
  store.db.run(
    `INSERT INTO application (id, record_id, job_id, rev, channel, evidence_at, stage, at, stage_at, attachment_state, key_slot)
     VALUES (?, ?, 'job-1', 1, 'delivered', 1, 'new', 1, 1, 'none', ?)`,
    `a-${id}`,
    id,
    keystore.create('application'),
  )
}

const found = ({ index }: Pair, token: string): string[] =>
  index.reader
    .all<{ record_id: string }>(
      'SELECT lr.record_id FROM document d JOIN list_row lr ON lr.id = d.rowid WHERE document MATCH ? ORDER BY 1',
      `"${token}"`,
    )
    .map((row) => row.record_id)

const everything = { row: true, text: true, name: true, city: true, salary: true, insights: false }

describe('the indexer', () => {
  it('goes on behind a record that cannot be indexed, whatever it threw, and names only the class', async () => {
    const pair = openPair()
    for (const id of ['r1', 'r2', 'r3']) addPerson(pair, id, '水电安装')
    const failures: string[] = []
    const indexer = createIndexer({
      ...pair,
      listing: (_db, candidate) => {
        if (candidate.record_id === 'r2') throw new RangeError('水电安装')
        return everything
      },
      onChanged: () => undefined,
      onFailure: (code) => failures.push(code),
    })
    await indexer.settle()
    await indexer.close()
    expect(failures).toEqual(['RangeError'])
    expect(found(pair, '水电')).toEqual(['r1', 'r3'])
    expect(indexer.countBehind()).toBe(0)
  })

  it('lays a table of the search together once the next one is begun', async () => {
    const pair = openPair()
    const indexer = createIndexer({
      ...pair,
      listing: () => everything,
      onChanged: () => undefined,
      onFailure: (code) => {
        throw new Error(code)
      },
    })
    const segments = (): number =>
      pair.index.reader.get<{ n: number }>('SELECT count(DISTINCT segid) AS n FROM document_idx')?.n ?? 0
    const add = async (id: string): Promise<void> => {
      addPerson(pair, id, '水电安装')
      await indexer.settle()
    }
    for (const id of ['r1', 'r2', 'r3', 'r4']) await add(id)
    expect(segments()).toBe(4)
    pair.index.db.run(
      `INSERT INTO list_row (id, record_id, platform, newest_at, years, due_at, projection)
       VALUES (2047, 'between', 'direct', 1, 1, 1, '{}')`,
    )
    await add('r5')
    await vi.waitFor(() => expect(segments()).toBe(1))
    expect(pair.index.reader.all('SELECT rowid FROM document_1')).toEqual([{ rowid: 2048 }])
    expect(found(pair, '水电')).toEqual(['r1', 'r2', 'r3', 'r4'])
    await indexer.close()
  })

  it('leaves nothing behind of a record whose row could not be finished', async () => {
    const pair = openPair()
    addPerson(pair, 'r1', '水电安装')
    pair.index.connection.exec(
      "CREATE TRIGGER broken BEFORE INSERT ON document_text BEGIN SELECT RAISE(ABORT, 'no'); END",
    )
    const indexer = createIndexer({
      ...pair,
      listing: () => everything,
      onChanged: () => undefined,
      onFailure: () => undefined,
    })
    await indexer.settle()
    await indexer.close()
    expect(found(pair, '水电')).toEqual([])
    expect(pair.index.reader.all('SELECT 1 FROM list_row UNION ALL SELECT 1 FROM row_application')).toEqual([])
  })
})
