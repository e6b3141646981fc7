import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { request } from 'node:https'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { readOptions } from '../../electron/hub/service/read-options.ts'
import { requestsPerMinute } from '../../electron/hub/service/route-limits.ts'
import { pullAll, pushItem, type HubClient } from '../helpers/hub-client.ts'
import { startSandboxHub, type SandboxHub } from '../helpers/sandbox-hub.ts'

const tls = (part: 'cert' | 'key'): string =>
  fileURLToPath(new URL(`../fixtures/tls/self-signed.${part}.pem`, import.meta.url))
const token = 'figures-0123456789abcdef'
let hub: SandboxHub
let hr: HubClient & { readonly token: string }
beforeAll(async () => {
  hub = await startSandboxHub({ seed: 20 })
  hr = await hub.signIn('hr')
})
afterAll(() => hub.close())

describe('health and readiness', () => {
  it('says that it lives and is ready', async () => {
    expect(JSON.parse((await hub.client.call('GET', '/healthz')).text)).toEqual({ status: 'ok' })
    const ready = await hub.client.call('GET', '/readyz')
    expect([ready.status, JSON.parse(ready.text)]).toEqual([200, { status: 'ready' }])
  })

  it('keeps an idle connection for longer than anybody who waits to use it again', async () => {
    const answer = await fetch(`${hub.url}/healthz`)
    expect(answer.headers.get('keep-alive')).toBe('timeout=72')
  })

  it('is not ready on a schema of another version', async () => {
    const last = hub.hub.database.migrations.at(-1) ?? ''
    await sql`update kysely_migration set name = '9999-later' where name = ${last}`.execute(hub.hub.db)
    const other = await hub.client.call('GET', '/readyz')
    expect([other.status, JSON.parse(other.text)]).toEqual([503, { status: 'schema' }])
    await sql`update kysely_migration set name = ${last} where name = '9999-later'`.execute(hub.hub.db)
    expect((await hub.client.call('GET', '/readyz')).status).toBe(200)
  })
})

describe('metrics', () => {
  it('count requests by route and status, how far workstations were behind, and sweeps', async () => {
    const { cursor } = await pullAll(hr)
    await pushItem(hr, 'note', { candidate_id: 'cand-000005', at: '2026-11-20T08:00:00Z', text: '好' })
    await pullAll(hr, 1000, cursor)
    await hub.client.call('GET', '/c/no-such-link')
    const { text } = await hub.client.call('GET', '/metrics')
    expect(text).toMatch(/candor_hub_request_seconds_count\{method="GET",route="\/v1\/changes",status="200"\} [1-9]/)
    expect(text).toContain('candor_hub_request_seconds_count{method="GET",route="/c/:token",status="401"} 1')
    expect(text).toMatch(/candor_hub_changes_lag_seconds_count [1-9]/)
    expect(text).toMatch(/candor_hub_sweep_seconds_count [1-9]/)
    expect(text).toMatch(/candor_hub_database_connections\{state="used"\} \d/)
    expect(text).not.toMatch(/cand-|acc-|emp-|sandbox|no-such-link/)
  })

  it('are for this machine, not for what a proxy on it passes on', async () => {
    for (const header of ['x-forwarded-for', 'forwarded']) {
      const passed = await hub.client.call('GET', '/metrics', { headers: { [header]: '203.0.113.7' } })
      expect([passed.status, passed.code]).toEqual([404, 'not_found'])
    }
  })
})

describe('limits', () => {
  it('slow down an account, an address and a stranger, each by itself, and say for how long', async () => {
    const own = await startSandboxHub({ seed: 1, trustProxy: true, limitFactor: 0.01 })
    const from = (address: string) => ({ headers: { 'x-forwarded-for': `6.6.6.6, ${address}` } })
    const count = async (most: number, ask: () => Promise<{ status: number }>): Promise<number> => {
      for (let asked = 0; asked <= most; asked += 1) if ((await ask()).status === 429) return asked
      return Infinity
    }
    const strangers = requestsPerMinute.stranger / 100
    const ask = (address: string) => () => own.client.call('GET', '/device', from(address))
    expect(await count(strangers, ask('192.0.2.1'))).toBe(strangers)
    // What the caller itself put in front of what the proxy says changes nothing; another address is another caller.
    const stopped = await own.client.call('GET', '/device', { headers: { 'x-forwarded-for': '9.9.9.9, 192.0.2.1' } })
    expect([stopped.code, Number(stopped.headers.get('retry-after')) > 0]).toEqual(['rate_limited', true])
    expect((await ask('192.0.2.2')()).status).toBe(200)
    // One owner of an IPv6 network has all its addresses.
    expect(await count(strangers, ask('2001:db8::1'))).toBe(strangers)
    expect((await ask('2001:db8::ffff:1')()).status).toBe(429)
    // Wrong tokens are tries of a stranger; an account's calls are not.
    const bad = own.client.withToken('no-such-token')
    expect(await count(strangers, () => bad.call('GET', '/v1/me', from('192.0.2.3')))).toBe(strangers)
    const account = await own.signIn('hr')
    const accounts = requestsPerMinute.account / 100
    expect(await count(accounts, () => account.call('GET', '/v1/me', from('192.0.2.4')))).toBe(accounts)
    expect(requestsPerMinute.account).toBeGreaterThan(20 * 60)
    await own.close()
  })

  it('holds a body to what its route needs', async () => {
    const long = 'x'.repeat(100_000)
    const big = await hr.call('POST', '/v1/approvals', { json: { kind: 'export', reason: long } })
    expect([big.status, big.code]).toEqual([413, 'too_large'])
    const form = await hub.client.call('POST', '/v1/oauth/token', { form: { grant_type: 'password', username: long } })
    expect([form.status, form.code]).toEqual([413, 'too_large'])
    const log = await hr.call('POST', '/v1/outbox', {
      json: { items: [{ id: crypto.randomUUID(), kind: 'later', at: '2026-11-20T08:00:00Z', body: { long } }] },
    })
    expect(log.status).toBe(200)
  })

  it('lets nobody keep streams without end', async () => {
    const stop = new AbortController()
    const open = () =>
      fetch(`${hub.url}/v1/events`, { headers: { authorization: `Bearer ${hr.token}` }, signal: stop.signal })
    for (let count = 0; count < 20; count += 1) expect((await open()).status).toBe(200)
    expect((await open()).status).toBe(429)
    stop.abort()
    await expect.poll(() => hub.hub.lifecycle.streams).toBe(0)
  })
})

describe('stopping', () => {
  it('is not ready first, ends streams, answers what is under way and refuses the rest', async () => {
    const own = await startSandboxHub({ seed: 1, drainSeconds: 0.3 })
    const client = await own.signIn('hr')
    const stream = await fetch(`${own.url}/v1/events`, { headers: { authorization: `Bearer ${client.token}` } })
    let release = (): void => undefined
    const held = new Promise<void>((resolve) => (release = resolve))
    // The one connection of the embedded engine is taken until it is given back.
    const taken = own.hub.db.connection().execute(() => held)
    const under = client.call('GET', '/v1/changes')
    const closed = own.close()
    const ready = await own.client.call('GET', '/readyz')
    expect([ready.status, JSON.parse(ready.text)]).toEqual([503, { status: 'stopping' }])
    expect((await own.client.call('GET', '/healthz')).status).toBe(200)
    expect(await stream.text()).toBe('retry: 5000\n\n')
    expect(own.hub.lifecycle.closing).toBe(true)
    release()
    await taken
    expect((await under).status).toBe(200)
    await closed
    await expect(own.client.call('GET', '/healthz')).rejects.toThrow()
  })
})

describe('the process', () => {
  const home = mkdtempSync(join(tmpdir(), 'candor-hub-service-'))
  const entry = fileURLToPath(new URL('../../electron/hub/main.ts', import.meta.url))
  const file = join(home, 'token')
  writeFileSync(file, `${token}\n`)
  afterAll(() => rmSync(home, { recursive: true, force: true }))
  const start = (args: readonly string[]): ChildProcess =>
    spawn(process.execPath, [entry, ...args], {
      env: { PATH: process.env['PATH'], CANDOR_HUB_HOME: join(home, 'hub') },
    })

  it('speaks TLS by its files, logs one JSON line a request, gives figures for the token only, and ends with 0', async () => {
    const child = start([
      '--tls-cert',
      tls('cert'),
      '--tls-key',
      tls('key'),
      '--log',
      'stderr',
      '--metrics-token-file',
      file,
    ])
    const lines: unknown[] = []
    if (child.stderr === null || child.stdout === null) throw new Error('no pipes')
    createInterface(child.stderr).on('line', (line) => lines.push(JSON.parse(line)))
    const [line] = (await once(createInterface(child.stdout), 'line')) as [string]
    const url = /^hub listening on (https:\/\/127\.0\.0\.1:\d+)$/.exec(line)?.[1] ?? ''
    const get = (path: string, headers: Readonly<Record<string, string>> = {}) =>
      new Promise<{ status: number | undefined; hsts: string | undefined; text: string }>((resolve, reject) => {
        request(
          new URL(path, url),
          { headers, ca: readFileSync(tls('cert')), checkServerIdentity: () => undefined },
          (answer) => {
            let text = ''
            answer.on('data', (piece: Buffer) => (text += piece.toString('utf8')))
            answer.on('end', () =>
              resolve({ status: answer.statusCode, hsts: answer.headers['strict-transport-security'], text }),
            )
          },
        )
          .on('error', reject)
          .end()
      })
    expect(await get('/healthz')).toMatchObject({ status: 200, hsts: 'max-age=31536000' })
    expect((await get('/metrics')).status).toBe(404)
    expect((await get('/metrics', { authorization: 'Bearer figures-0123456789abcdee' })).status).toBe(404)
    const figures = await get('/metrics', { authorization: `Bearer ${token}` })
    expect(figures.text).toContain('process_cpu_seconds_total')
    expect(figures.text).toContain('route="/healthz"')
    child.kill('SIGTERM')
    expect((await once(child, 'close'))[0]).toBe(0)
    expect(lines).toContainEqual({
      time: expect.any(String),
      level: 'info',
      event: 'request',
      method: 'GET',
      route: '/healthz',
      status: 200,
      milliseconds: expect.any(Number),
    })
    expect(lines.map((one) => (one as { event: string }).event).filter((event) => event !== 'request')).toEqual([
      'swept',
      'started',
      'stopping',
      'stopped',
    ])
  })

  it.each([
    ['--tls-cert', tls('cert')],
    ['--log', 'file'],
    ['--port', '70000'],
    ['--seed', 'many'],
    ['--drain-seconds', '-1'],
    ['--limit-factor', 'none'],
    ['--unknown'],
    ['--help'],
  ])('takes %j %s as wrong usage', (...args) => {
    expect(readOptions(args)).toBeUndefined()
  })

  it('says so where a file cannot be used', () => {
    expect(() => readOptions(['--metrics-token-file', join(home, 'missing')])).toThrow('cannot read')
    writeFileSync(join(home, 'short'), 'figures\n')
    expect(() => readOptions(['--metrics-token-file', join(home, 'short')])).toThrow('fewer than 16')
    expect(readOptions(['--metrics-token-file', file])?.hub.metricsToken).toBe(token)
  })
})
