import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { enqueue } from '../../electron/core/sync/outbox.ts'
import { readStorageRules } from '../../electron/hub/storage/storage-rules.ts'
import { sweep } from '../../electron/hub/sweep.ts'
import { storageAnswer, type StorageAnswer } from '../../electron/shared/domain/sync-records.ts'
import { pullAll, pushItem, type HubClient } from '../helpers/hub-client.ts'
import { logDevice } from '../helpers/log-device.ts'
import { startSandboxHub, type SandboxHub } from '../helpers/sandbox-hub.ts'
import { openSyncAccount, signIn } from '../helpers/sync-account.ts'

const employer = 'emp-beichen'
const folder = mkdtempSync(join(tmpdir(), 'candor-quotas-'))
const file = join(folder, 'quotas.json')
let hub: SandboxHub
let hr: HubClient
let admin: HubClient

beforeAll(async () => {
  // Nobody else's limits are this employer's; its own are found by name.
  writeFileSync(file, JSON.stringify({ limits: { records: 1 }, employers: { 北辰科技: { records: 100_000 } } }))
  hub = await startSandboxHub({ seed: 40, quotas: file })
  hr = await hub.signIn('hr')
  admin = await hub.signIn('admin')
})
afterAll(async () => {
  await hub.close()
  rmSync(folder, { recursive: true, force: true })
})

const storage = async (): Promise<StorageAnswer> => (await admin.call('GET', '/v1/storage')).as(storageAnswer)

/** Counted anew, row by row. */
const counted = async (): Promise<StorageAnswer['used']> => {
  const { rows } = await sql<StorageAnswer['used']>`select
    (select count(*)::integer from record where employer_id = ${employer} and not deleted) as records,
    (select count(*)::integer from attachment_bytes where employer_id = ${employer}) as attachments,
    ((select sum(coalesce(octet_length(sealed), 0) + coalesce(octet_length(data::text), 0)) from record
      where employer_id = ${employer}) + (select coalesce(sum(octet_length(sealed)), 0) from attachment_bytes
      where employer_id = ${employer}))::double precision as bytes`.execute(hub.hub.db)
  const [row] = rows
  if (row === undefined) throw new Error('nothing counted')
  return row
}

/** From now on the employer may keep so many records more than it has. */
const leaveRoomFor = async (records: number): Promise<void> => {
  const { used } = await storage()
  const limits = { records: used.records + records }
  Object.assign(hub.hub, { storage: { ...hub.hub.storage, limitsOf: () => limits } })
}

const note = (text = '好') => ({ candidate_id: 'cand-000005', at: '2026-11-20T08:00:00Z', text })
const metric = async (name: string): Promise<number> =>
  Number(new RegExp(`^${name} (.+)$`, 'm').exec((await hub.client.call('GET', '/metrics')).text)?.[1])

describe('storage of an employer', () => {
  it('is known to the row and byte without counting, whatever comes, changes and goes', async () => {
    expect((await storage()).used).toEqual(await counted())
    const attachment = { candidate_id: 'cand-000007', name: 'a.pdf', media_type: 'application/pdf' }
    const put = (bytes: number) =>
      hr.call('POST', '/sandbox/attachments/att-quota', {
        json: { ...attachment, base64: Buffer.alloc(bytes, 7).toString('base64') },
      })
    const before = (await storage()).used
    expect((await put(5000)).status).toBe(204)
    const came = (await storage()).used
    expect(came).toMatchObject({ records: before.records + 1, attachments: before.attachments + 1 })
    expect(came.bytes - before.bytes).toBeGreaterThan(5000)
    expect((await put(100)).status).toBe(204)
    expect((await storage()).used.attachments).toBe(came.attachments)
    await pushItem(hr, 'note', note())
    expect((await storage()).used).toEqual(await counted())
    await hr.call('DELETE', '/sandbox/candidates/cand-000007')
    const after = (await storage()).used
    expect(after).toEqual(await counted())
    expect(after.attachments).toBeLessThan(came.attachments)
    expect(after.bytes).toBeLessThan(came.bytes)
  })

  it('has limits that whoever runs the hub gives in a file, by employer', async () => {
    expect((await storage()).limits.records).toBe(100_000)
    const rules = readStorageRules(file)
    expect(rules.limitsOf({ id: 'emp-other', name: '别家' }).records).toBe(1)
    expect(rules.limitsOf({ id: 'emp-other', name: '别家' }).bytes).toBe(
      readStorageRules().limitsOf({ id: '', name: '' }).bytes,
    )
    writeFileSync(join(folder, 'wrong.json'), '{"limits":{"rows":5}}')
    expect(() => readStorageRules(join(folder, 'wrong.json'))).toThrow('no file of storage quotas')
    expect(() => readStorageRules(join(folder, 'missing.json'))).toThrow('cannot read')
    expect((await hr.call('GET', '/v1/storage')).code).toBe('role')
  })

  it('once used up refuses more words and files with a code, tells administrators once, and takes what duty asks for', async () => {
    const kept = '5b0f3c52-6f0b-4a3b-8f5e-2b3c1d5e7a91'
    expect((await pushItem(hr, 'note', note('先记一条'), kept)).status).toBe('accepted')
    await leaveRoomFor(0)
    const refusals = await metric('candor_hub_storage_refused_total')
    for (const id of ['6b0f3c52-6f0b-4a3b-8f5e-2b3c1d5e7a92', '6b0f3c52-6f0b-4a3b-8f5e-2b3c1d5e7a93'] as const) {
      expect(await pushItem(hr, 'note', note(), id)).toMatchObject({ status: 'rejected', code: 'storage_full' })
    }
    const file = { candidate_id: 'cand-000006', name: 'a.pdf', media_type: 'application/pdf', base64: 'AAAA' }
    const put = await hr.call('POST', '/sandbox/attachments/att-more', { json: file })
    expect([put.status, put.code]).toEqual([507, 'storage_full'])
    expect(await metric('candor_hub_storage_refused_total')).toBe(refusals + 3)
    const notices = (changes: Awaited<ReturnType<typeof pullAll>>['changes']) =>
      changes.filter(({ type, id }) => type === 'notice' && id.startsWith('storage-full-'))
    expect(notices((await pullAll(admin)).changes)).toHaveLength(1)
    expect(notices((await pullAll(hr)).changes)).toHaveLength(0)

    const device = logDevice('dev-quota', { account: 'acc-hr', role: 'hr' })
    await hr.call('PUT', '/v1/devices/dev-quota', {
      json: { name: 'n', os: 'o', app_version: '1', log_key: device.logKey },
    })
    device.append({ action: 'view', subject: { platform: 'zhaopin', candidate: 'h' } })
    expect((await pushItem(hr, 'log', device.push(0, { h: 'cand-000005' }))).status).toBe('accepted')
    const consent = { candidate_id: 'cand-000005', purpose: 'talent_pool', granted: false }
    expect((await pushItem(hr, 'consent', consent)).status).toBe('accepted')
    // Taking back one's own note is possible, and gives room.
    const before = (await storage()).used.records
    expect((await pushItem(hr, 'note', { ...note(), note_id: kept, removed: true })).status).toBe('accepted')
    expect((await storage()).used.records).toBe(before - 1)
  })

  it('keeps the rest of a push where one item of it has no room', async () => {
    await leaveRoomFor(1)
    const item = (kind: string, body: unknown, n: number) => ({
      id: `7b0f3c52-6f0b-4a3b-8f5e-2b3c1d5e7a0${n}`,
      kind,
      at: '2026-11-20T08:00:00Z',
      body,
    })
    const subject = { candidate_id: 'own-quota', platform: 'direct' }
    const items = [item('note', note('一'), 1), item('note', note('二'), 2), item('subject', subject, 3)]
    const answer = await hr.call('POST', '/v1/outbox', { json: { items } })
    const { results } = JSON.parse(answer.text) as { results: Array<{ status: string; code?: string }> }
    expect(results.map(({ status, code }) => code ?? status)).toEqual(['accepted', 'storage_full', 'accepted'])
  })

  it('is told to administrators before it is used up', async () => {
    const { used } = await storage()
    const limits = { bytes: Math.ceil(used.bytes / 0.95) }
    Object.assign(hub.hub, { storage: { ...hub.hub.storage, limitsOf: () => limits } })
    await sweep(hub.hub)
    expect(await metric('candor_hub_storage_used_share')).toBeCloseTo(0.95, 2)
    const short = (await pullAll(admin)).changes.filter(({ id }) => id.startsWith('storage-short-'))
    expect(short).toHaveLength(1)
  })

  it('loses no word of a workstation: it waits there with its reason, and goes once there is room', async () => {
    const tokens = await signIn(hub.url, { name: 'hr@sandbox', password: hub.passwordOf('hr') })
    const account = openSyncAccount({ url: hub.url, tokens, now: Date.now(), pageSize: 500 })
    const { place, runner } = account
    try {
      await runner.once()
      await leaveRoomFor(0)
      const id = '8b0f3c52-6f0b-4a3b-8f5e-2b3c1d5e7a94'
      place.store.transaction(() => {
        enqueue(place, { id, kind: 'note', recordId: 'cand-000005', body: note('等有空间再传') }, Date.now())
      })
      await runner.once()
      await runner.once()
      expect(runner.status().outbox).toEqual({ waiting: 1, rejected: 0, unplaced: 1 })
      await leaveRoomFor(5)
      await runner.once()
      expect(runner.status().outbox).toEqual({ waiting: 0, rejected: 0, unplaced: 0 })
      const { changes } = await pullAll(hr)
      expect(changes.filter((one) => one.type === 'note' && one.id === id)).toHaveLength(1)
    } finally {
      place.close()
    }
  })
})
