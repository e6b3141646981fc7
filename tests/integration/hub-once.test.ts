import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { sweep } from '../../electron/hub/sweep.ts'
import { heldLogs } from '../../electron/shared/domain/log-health.ts'
import { accountsAnswer, candidateLinksAnswer, ledgerAnswer, me } from '../../electron/shared/domain/sync-records.ts'
import type { HubAnswer, HubClient } from '../helpers/hub-client.ts'
import { pullAll, pushItem } from '../helpers/hub-client.ts'
import { logDevice } from '../helpers/log-device.ts'
import { startSandboxHub, type SandboxHub } from '../helpers/sandbox-hub.ts'

let hub: SandboxHub
let hr: HubClient
let admin: HubClient
let callable: string
beforeAll(async () => {
  hub = await startSandboxHub({ seed: 20 })
  hr = await hub.signIn('hr')
  admin = await hub.signIn('admin')
  const takesCalls = z.object({
    virtual_number: z.literal(true),
    allow_call: z.literal(true).optional(),
    do_not_contact: z.literal(false).optional(),
  })
  const { changes } = await pullAll(await hub.signIn('hr'))
  callable = changes.find((one) => one.type === 'candidate' && takesCalls.safeParse(one.data).success)?.id ?? ''
})
afterAll(() => hub.close())

const person = 'cand-000005'
const asks: ReadonlyArray<readonly [string, () => HubClient, (text: string) => object]> = [
  ['/v1/approvals', () => hr, (reason) => ({ kind: 'export', candidate_id: person, job_id: 'job-01', reason })],
  ['/v1/invitations', () => admin, (email) => ({ role: 'hr', email, consent: true })],
  ['/v1/accounts', () => admin, (name) => ({ role: 'hr', name })],
  ['/v1/candidate-links', () => hr, (channel) => ({ candidate_id: person, channel })],
  ['/v1/virtual-numbers', () => hr, (job_id) => ({ candidate_id: callable, job_id })],
]

const countRows = async (): Promise<string> => {
  const count = async (table: 'record' | 'account' | 'candidate_link' | 'invitation_token') =>
    Number(
      (
        await hub.hub.db
          .selectFrom(table)
          .select(({ fn }) => fn.countAll().as('n'))
          .executeTakeFirstOrThrow()
      ).n,
    )
  return JSON.stringify([
    await count('record'),
    await count('account'),
    await count('candidate_link'),
    await count('invitation_token'),
  ])
}

describe('a request that is repeated', () => {
  it.each(asks)(
    '%s makes one thing and answers alike; another body under the key is refused',
    async (path, who, body) => {
      const key = { 'idempotency-key': randomUUID() }
      const post = (text: string, headers: Readonly<Record<string, string>> = key): Promise<HubAnswer> =>
        who().call('POST', path, { json: body(text), headers })
      const [first, same] = await Promise.all([post('one'), post('one')])
      const after = await countRows()
      const again = await post('one')
      expect([first.status, same.status, again.status]).toEqual([first.status, first.status, first.status])
      expect(first.status).toBeLessThan(300)
      expect([same.text, again.text]).toEqual([first.text, first.text])
      expect([first, same].map((one) => one.headers.get('idempotency-replayed')).sort()).toEqual([null, 'true'])
      const other = await post('two')
      expect([other.status, other.code]).toEqual([409, 'idempotency_conflict'])
      expect(await countRows()).toBe(after)
      expect((await post('three', { 'idempotency-key': randomUUID() })).text).not.toBe(first.text)
    },
  )

  it('belongs to the account and the route that made it, and an error leaves nothing behind', async () => {
    const headers = { 'idempotency-key': randomUUID() }
    const link = (client: HubClient, candidate: string) =>
      client.call('POST', '/v1/candidate-links', { json: { candidate_id: candidate }, headers })
    expect((await link(hr, 'cand-of-nobody')).code).toBe('not_found')
    const first = await link(hr, person)
    expect(first.status).toBe(201)
    expect((await link(await hub.signIn('officer'), person)).text).not.toBe(first.text)
    expect(
      (await hr.call('POST', '/v1/virtual-numbers', { json: { candidate_id: callable, job_id: 'job-01' }, headers }))
        .code,
    ).toBe('idempotency_conflict')
    for (const key of ['', 'a b', 'x'.repeat(256)]) {
      const bad = await hr.call('POST', '/v1/candidate-links', {
        json: { candidate_id: person },
        headers: { 'idempotency-key': key },
      })
      expect([bad.status, bad.code]).toEqual([400, 'invalid_request'])
    }
  })

  it('lies sealed, and is forgotten after a day', async () => {
    const token = z.object({ link: z.string() })
    const headers = { 'idempotency-key': randomUUID() }
    const make = () => hr.call('POST', '/v1/candidate-links', { json: { candidate_id: person }, headers })
    const first = await make()
    const secret = new URL(first.as(token).link).pathname.slice(3)
    const rows = await hub.hub.db.selectFrom('idempotency_key').selectAll().execute()
    const text = rows.map((row) => JSON.stringify(row) + Buffer.from(row.answer ?? []).toString('latin1')).join()
    expect(rows.length).toBeGreaterThan(5)
    for (const one of [secret, person, headers['idempotency-key']]) expect(text).not.toContain(one)
    await hub.hub.db
      .updateTable('idempotency_key')
      .set({ until: Date.now() - 1 })
      .execute()
    expect((await make()).text).not.toBe(first.text)
    await hub.hub.db
      .updateTable('idempotency_key')
      .set({ until: Date.now() - 1 })
      .execute()
    await sweep(hub.hub)
    expect(await hub.hub.db.selectFrom('idempotency_key').select('key_hash').execute()).toEqual([])
  })

  it('tells nobody of a change before it is there', async () => {
    const seen: Promise<unknown>[] = []
    const before = (await hub.hub.db.selectFrom('record').select('id').where('type', '=', 'approval').execute()).length
    const stop = hub.hub.events.listen('emp-beichen', () =>
      seen.push(hub.hub.db.selectFrom('record').select('id').where('type', '=', 'approval').execute()),
    )
    const json = { kind: 'export', candidate_id: person, job_id: 'job-01', reason: 'r' }
    await hr.call('POST', '/v1/approvals', { json, headers: { 'idempotency-key': randomUUID() } })
    stop()
    expect(await seen[0]).toHaveLength(before + 1)
  })
})

describe('lists', () => {
  /** Follows the cursors to the end. */
  const walk = async <T>(
    client: HubClient,
    path: string,
    read: (answer: HubAnswer) => { readonly items: readonly T[]; readonly next: string | undefined },
  ) => {
    const items: T[] = []
    for (let cursor = '', pages = 1; ; pages += 1) {
      const page = read(await client.call('GET', `${path}${path.includes('?') ? '&' : '?'}limit=2${cursor}`))
      expect(page.items.length).toBeLessThanOrEqual(2)
      items.push(...page.items)
      if (page.next === undefined) return { items, pages }
      cursor = `&cursor=${page.next}`
    }
  }
  const whole = async <T>(
    client: HubClient,
    path: string,
    read: (answer: HubAnswer) => { readonly items: readonly T[] },
  ) => read(await client.call('GET', path)).items

  beforeAll(async () => {
    for (const seat of ['hr', 'headhunter', 'interviewer'] as const) {
      const client = await hub.signIn(seat)
      const account = (await client.call('GET', '/v1/me')).as(me)
      const device = logDevice(`dev-${seat}`, { account: account.id, role: account.role })
      const json = { name: 'n', os: 'o', app_version: '1', log_key: device.logKey }
      await client.call('PUT', `/v1/devices/dev-${seat}`, { json })
      // The same moment on every device: the order must not depend on it.
      for (let count = 0; count < 3; count += 1)
        device.append({ action: 'view', at: 1_800_000_000_000, subject: { platform: 'zhaopin', candidate: 'h' } })
      expect((await pushItem(client, 'log', device.push(0, { h: person }))).status).toBe('accepted')
    }
  })

  const lists = {
    '/v1/accounts': (answer: HubAnswer) => {
      const { accounts, next_cursor: next } = answer.as(accountsAnswer)
      return { items: accounts.map(({ id }) => id), next }
    },
    '/v1/ledger': (answer: HubAnswer) => {
      const { rows, next_cursor: next } = answer.as(ledgerAnswer)
      return { items: rows.map(({ device, i }) => `${device} ${i}`), next }
    },
    '/v1/ledger/logs': (answer: HubAnswer) => {
      const { logs, next_cursor: next } = answer.as(heldLogs)
      return { items: logs.map(({ device }) => device), next }
    },
    [`/v1/candidate-links?candidate_id=${person}`]: (answer: HubAnswer) => {
      const { links, next_cursor: next } = answer.as(candidateLinksAnswer)
      return { items: links.map(({ id }) => id), next }
    },
  }
  it.each(Object.entries(lists))('%s comes whole, and the same in pages', async (path, read) => {
    const all = await whole(admin, path, read)
    expect(all.length).toBeGreaterThan(2)
    const { items, pages } = await walk(admin, path, read)
    expect(items).toEqual(all)
    expect(new Set(items).size).toBe(items.length)
    expect(pages).toBe(Math.ceil(all.length / 2))
    for (const cursor of ['x', 'W10', Buffer.from('["a","b",{}]').toString('base64url')]) {
      const bad = await admin.call('GET', `${path}${path.includes('?') ? '&' : '?'}limit=2&cursor=${cursor}`)
      expect([bad.status, bad.code]).toEqual([400, 'cursor'])
    }
    expect((await admin.call('GET', `${path}${path.includes('?') ? '&' : '?'}limit=0`)).status).toBe(400)
  })
})
