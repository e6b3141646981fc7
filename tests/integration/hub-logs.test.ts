import { randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { ledgerCrypto } from '../../electron/hub/ledger-crypto.ts'
import { sweep } from '../../electron/hub/sweep.ts'
import { heldLogs, stateOfLog } from '../../electron/shared/domain/log-health.ts'
import { candidateLink, disclosure, me } from '../../electron/shared/domain/sync-records.ts'
import { findDisclosureProblem } from '../../electron/shared/ledger/disclosure.ts'
import { pushItem } from '../helpers/hub-client.ts'
import { logDevice } from '../helpers/log-device.ts'
import { startSandboxHub, type SandboxHub, type Seat } from '../helpers/sandbox-hub.ts'

let hub: SandboxHub
beforeAll(async () => {
  hub = await startSandboxHub({ seed: 60 })
})
afterAll(() => hub.close())

const enrol = async (seat: Seat) => {
  const client = await hub.signIn(seat)
  const account = (await client.call('GET', '/v1/me')).as(me)
  const device = logDevice(`dev-${randomUUID()}`, { account: account.id, role: account.role })
  await client.call('PUT', `/v1/devices/${device.id}`, {
    json: { name: '工位 3', os: 'linux', app_version: '0.1.0', log_key: device.logKey },
  })
  return { client, device }
}

describe('[D11] the mapping of subject hashes', () => {
  const day = 86_400_000
  const certificate = (candidateId: string) => ({
    certificate_id: randomUUID(),
    candidate_id: candidateId,
    reason: 'rejected',
    destroyed_at: '2026-11-20T08:00:00Z',
    held: { resumes: 1 },
  })
  const view = (hash: string) => ({ action: 'view', subject: { platform: 'direct', candidate: hash } })
  const mapped = async (hash: string): Promise<boolean> =>
    (await hub.hub.db.selectFrom('log_subject').select('subject').where('subject', '=', hash).executeTakeFirst()) !==
    undefined

  it('ends 12 months after destruction, after three years where evidence is kept, and a late push changes nothing', async () => {
    const { client, device } = await enrol('hr')
    for (const person of ['own-plain', 'own-consent']) {
      const made = await pushItem(client, 'subject', { candidate_id: person, platform: 'direct', evidence: 'x' })
      expect(made.status).toBe('accepted')
      device.append(view(`hash-${person}`))
    }
    await pushItem(client, 'log', device.push(0, { 'hash-own-plain': 'own-plain', 'hash-own-consent': 'own-consent' }))
    const consent = { candidate_id: 'own-consent', purpose: 'ai', granted: true }
    expect((await pushItem(client, 'consent', consent)).status).toBe('accepted')
    for (const person of ['own-plain', 'own-consent']) {
      expect((await pushItem(client, 'destruction', certificate(person))).status).toBe('accepted')
    }
    // Another device was offline and names the person only now.
    const late = await enrol('hr')
    late.device.append(view('hash-late'))
    await pushItem(late.client, 'log', late.device.push(0, { 'hash-late': 'own-plain' }))
    const start = hub.hub.clock.offset()
    const after = async (days: number): Promise<boolean[]> => {
      hub.hub.clock.setOffset(start + (days * day) / 1000)
      await sweep(hub.hub)
      return [await mapped('hash-own-plain'), await mapped('hash-late'), await mapped('hash-own-consent')]
    }
    expect(await after(364)).toEqual([true, true, true])
    expect(await after(367)).toEqual([false, false, true])
    const later = await enrol('hr')
    later.device.append(view('hash-later'))
    await pushItem(later.client, 'log', later.device.push(0, { 'hash-later': 'own-plain' }))
    expect(await mapped('hash-later')).toBe(false)
    expect(await after(3 * 366)).toEqual([false, false, false])
    // The tree stays whole: the entries are there and nobody's any more.
    const { rows } = await sql<{ n: number }>`select count(*)::int as n from log_leaf
      where device_id = ${device.id}`.execute(hub.hub.db)
    expect(rows[0]?.n).toBe(2)
    hub.hub.clock.setOffset(start)
  })

  it('passes from somebody of own intake to the number that their delivery brings, and from nobody else', async () => {
    const { client, device } = await enrol('hr')
    await pushItem(client, 'subject', { candidate_id: 'own-mailed', platform: 'direct', evidence: 'x' })
    device.append(view('hash-own-mailed'))
    await pushItem(client, 'log', device.push(0, { 'hash-own-mailed': 'own-mailed' }))
    const whose = async (): Promise<string | undefined> =>
      (
        await hub.hub.db
          .selectFrom('log_subject')
          .select('candidate_id')
          .where('subject', '=', 'hash-own-mailed')
          .executeTakeFirst()
      )?.candidate_id
    expect(await whose()).toBe('own-mailed')
    for (const [size, claimed] of [
      [1, 'delivered-later'],
      [2, 'somebody-else'],
    ] as const) {
      device.append(view('hash-own-mailed'))
      expect((await pushItem(client, 'log', device.push(size, { 'hash-own-mailed': claimed }))).status).toBe('accepted')
      expect(await whose()).toBe('delivered-later')
    }
  })
})

describe('the logs of all devices', () => {
  const logs = async () => (await (await hub.signIn('officer')).call('GET', '/v1/ledger/logs')).as(heldLogs).logs
  const logOf = async (id: string) => {
    const found = (await logs()).find((log) => log.device === id)
    if (found === undefined) throw new Error('the device is not listed')
    return found
  }

  it('tells a device that lost or rewrote its log from one that was offline', async () => {
    const now = (): number => hub.hub.clock.now()
    const { client, device } = await enrol('hr')
    expect(stateOfLog(await logOf(device.id), now())).toBe('empty')
    for (let row = 0; row < 3; row += 1) device.append({ action: 'view', job: 'job-01' })
    await pushItem(client, 'log', device.push(0))
    const first = await logOf(device.id)
    expect(first).toMatchObject({ size: 3, faults: 0 })
    expect(first.checkpoint).toContain(`candor/${device.id}\n3\n${first.root}\n`)
    expect(stateOfLog(first, now())).toBe('same')
    expect(stateOfLog(first, now() + 6 * 86_400_000)).toBe('offline')

    const honest = [...device.entries]
    device.entries.splice(1, 2)
    device.append({ action: 'view', job: 'job-02' })
    // A workstation tries again with every sync: one finding, not many.
    for (let run = 0; run < 3; run += 1) {
      expect((await pushItem(client, 'log', device.push(1))).code).toBe('log_conflict')
    }
    const cut = await logOf(device.id)
    expect(stateOfLog(cut, now())).toBe('put_back')
    expect(cut).toMatchObject({ size: 3, faults: 1, fault: { held: 3, claimed: 2 } })
    // Wrong for ever is not offline: the first cause stays visible however long the device is away.
    expect(stateOfLog(cut, now() + 60 * 86_400_000)).toBe('put_back')

    device.entries.splice(0, 9, ...honest)
    device.entries[1] = (device.entries[1] ?? '').replace('job-01', 'job-09')
    device.append({ action: 'view', job: 'job-02' })
    expect((await pushItem(client, 'log', device.push(3))).code).toBe('log_conflict')
    expect(stateOfLog(await logOf(device.id), now())).toBe('rewritten')

    device.entries.splice(0, 9, ...honest)
    for (let row = 0; row < 4; row += 1) device.append({ action: 'view', job: 'job-03' })
    expect((await pushItem(client, 'log', { ...device.push(6), from: 6 })).code).toBe('log_conflict')
    expect(stateOfLog(await logOf(device.id), now())).toBe('hub_behind')

    await new Promise((resolve) => setTimeout(resolve, 5))
    expect((await pushItem(client, 'log', device.push(3))).status).toBe('accepted')
    const healed = await logOf(device.id)
    expect(stateOfLog(healed, now())).toBe('same')
    expect(healed.faults).toBe(3)
  })

  it('is for administrators and officers', async () => {
    expect((await (await hub.signIn('hr')).call('GET', '/v1/ledger/logs')).code).toBe('role')
    expect((await (await hub.signIn('admin')).call('GET', '/v1/ledger/logs')).status).toBe(200)
  })

  it('give the candidate rows that hold on their own', async () => {
    const { client, device } = await enrol('hr')
    for (let row = 0; row < 40; row += 1)
      device.append(
        row % 7 === 0
          ? { action: 'view', subject: { platform: 'zhaopin', candidate: 'hash-five' } }
          : { action: 'search' },
      )
    await pushItem(client, 'log', device.push(0, { 'hash-five': 'cand-000005' }))
    const link = (await client.call('POST', '/v1/candidate-links', { json: { candidate_id: 'cand-000005' } })).as(
      candidateLink,
    )
    const person = hub.client.withToken(new URL(link.link).pathname.split('/').at(-1) ?? '')
    const { logs: own } = (await person.call('GET', '/v1/candidate/views')).as(disclosure)
    const log = own.find((one) => one.origin === `candor/${device.id}`)
    expect(log?.rows.map((row) => row.i)).toEqual([0, 7, 14, 21, 28, 35])
    expect(log === undefined ? 'missing' : findDisclosureProblem(ledgerCrypto, log)).toBe(undefined)
  })
})
