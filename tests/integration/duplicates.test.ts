import { beforeEach, describe, expect, it } from 'vitest'
import type { ApplicationId, RecordId } from '../../electron/shared/domain/ids.ts'
import { enterHubAccount, monday, retentionHome, syncPage, type RetentionHome } from '../helpers/retention-home.ts'
import { applicationChange, candidateChange, contactOf, iso, jobChange } from '../helpers/sync-records.ts'

/** The same person on two platforms: found by keyed hashes, linked with a history, and nothing shared. */
let home: RetentionHome
let one: RecordId
let two: RecordId

const reader = () => {
  if (home.core.account === null) throw new Error('nobody is signed in')
  return home.core.account.store.reader
}
const recordOf = (id: string): RecordId => {
  const row = reader().get<{ id: RecordId }>('SELECT record_id AS id FROM candidate WHERE platform_id = ?', id)
  if (row === undefined) throw new Error('the record has not come')
  return row.id
}
const list = (id: RecordId) => home.call('duplicate.list', { id })
const kept = () => ({
  applications: reader().all('SELECT * FROM application ORDER BY id'),
  candidates: reader().all('SELECT record_id, platform, platform_id, key_slot, life FROM candidate ORDER BY record_id'),
})

beforeEach(async () => {
  home = await retentionHome()
  await enterHubAccount(home)
  await syncPage(home, [
    jobChange('job-1'),
    candidateChange('c-1', 1, { contact: contactOf('a-1') }),
    applicationChange('a-1', 'c-1'),
    candidateChange('c-2', 1, { platform: 'lagou', contact: contactOf('a-2') }),
    applicationChange('a-2', 'c-2', 1, { evidence_at: iso(monday - 3_600_000) }),
    candidateChange('c-3', 1, {
      platform: 'maimai',
      contact: { ...contactOf('a-3'), name: '周宁', phone: '13900139000', email: 'z@mail.example', wechat: 'zhou_n' },
    }),
    applicationChange('a-3', 'c-3'),
  ])
  one = recordOf('c-1')
  two = recordOf('c-2')
})

describe('duplicates', () => {
  it('are found across platforms from both sides by keyed hashes, and no payload or table holds a contact', async () => {
    const found = await list(one)
    expect(found.suggested.map(({ row }) => row.id)).toEqual([two])
    expect(found.suggested[0]?.basis).toContain('phone')
    expect((await list(two)).suggested.map(({ row }) => row.id)).toEqual([one])
    expect((await list(recordOf('c-3'))).suggested).toEqual([])
    expect(JSON.stringify(found)).not.toMatch(/13800138000|lin@mail\.example|lin_rx/)
    const hashes = home.core.account?.index.reader.all<{ hash: Uint8Array }>('SELECT hash FROM person_hash') ?? []
    expect(hashes.length).toBeGreaterThan(0)
    for (const { hash } of hashes) expect(Buffer.from(hash).toString('latin1')).not.toMatch(/138|lin/)
  })

  it('are linked without sharing evidence, clock or key, and can be split again with their history', async () => {
    const before = kept()
    const { link } = await home.call('duplicate.link', { id: one, other: two })
    expect(kept()).toEqual(before)
    expect(new Set(before.candidates.map((row) => (row as { key_slot: string }).key_slot)).size).toBe(3)
    const [linked] = (await list(two)).linked
    expect(linked).toMatchObject({ link, row: { id: one } })
    expect((await list(two)).suggested).toEqual([])
    await home.call('duplicate.split', { link })
    expect(kept()).toEqual(before)
    expect((await list(one)).suggested.map(({ row }) => row.id)).toEqual([two])
    await home.call('duplicate.link', { id: two, other: one })
    expect((await list(one)).linked[0]?.history.map(({ what }) => what)).toEqual(['linked', 'split', 'linked'])
    expect(await home.codeOf('duplicate.split', { link })).toBe('E_CONFLICT')
    const merges = (await home.call('ledger.list', { limit: 50 })).items.filter(({ action }) => action === 'merge')
    expect(merges).toHaveLength(6)
    expect(JSON.stringify(merges)).not.toMatch(/13800138000|林若曦/)
  })

  it('said to be two people are not suggested again', async () => {
    await home.call('duplicate.distinct', { id: one, other: two })
    const { suggested, distinct } = await list(one)
    expect([suggested, distinct.map(({ row }) => row.id)]).toEqual([[], [two]])
  })

  it('the destruction of one leaves the other whole, and the link goes', async () => {
    await home.call('duplicate.link', { id: one, other: two })
    const before = await home.call('candidate.get', { id: two })
    await home.call('retention.destroy_now', { application_ids: ['a-1' as ApplicationId] })
    await home.runDue()
    expect(home.count('candidate', `record_id = '${one}'`)).toBe(0)
    expect(home.count('record_link')).toBe(0)
    const after = await home.call('candidate.get', { id: two })
    expect([after.id, after.name, after.application]).toEqual([before.id, before.name, before.application])
    expect(await list(two)).toMatchObject({ suggested: [], linked: [] })
  })
})
