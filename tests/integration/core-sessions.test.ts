import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { syncOnce } from '../../electron/core/accounts/session.ts'
import { makeCandidate } from '../../electron/hub/sandbox/make-candidate.ts'
import { startFaultyProxy, type FaultyProxy } from '../helpers/faulty-proxy.ts'
import { newHome, openCoreHome, passphrase, type CoreHome } from '../helpers/core-home.ts'
import { startSandboxHub, type SandboxHub, type Seat } from '../helpers/sandbox-hub.ts'

/** Signing in, going on, losing the hub, losing the role: against the real hub, through a proxy that can fail. */
let hub: SandboxHub
let proxy: FaultyProxy
let core: CoreHome
let folder = ''

beforeAll(async () => {
  hub = await startSandboxHub({ seed: 40 })
  proxy = await startFaultyProxy(hub.url)
})
afterAll(async () => {
  await proxy.close()
  await hub.close()
})
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'candor-session-'))
  core = await newHome(folder)
})
afterEach(async () => {
  proxy.clear()
  await core.stop('quit')
  rmSync(folder, { recursive: true, force: true })
})

const signIn = (seat: Seat) =>
  core.call('account.sign_in', { hub: proxy.url, account: `${seat}@sandbox`, password: hub.passwordOf(seat) })
const counts = async () => (await core.call('sync.status', {})).counts
const patch = async (id: string, change: Readonly<Record<string, string>>): Promise<void> => {
  const admin = await hub.signIn('admin')
  const answer = await admin.call('PATCH', `/v1/accounts/${id}`, { json: change })
  expect(answer.status).toBe(200)
}
const rewriteMe = (change: Readonly<Record<string, unknown>>): void =>
  proxy.inject({ kind: 'rewrite', change: (me) => ({ ...(me as object), ...change }) }, { path: '/v1/me', times: 99 })
const deniedSignIns = async (): Promise<number> => {
  const { bundle } = await core.call('ledger.export', {})
  return bundle.split('\\"action\\":\\"sign_in\\"').length - 1
}
const reopen = async (): Promise<void> => {
  await core.stop('quit')
  core = openCoreHome(core.home)
  await core.call('vault.unlock', { passphrase })
}
/** Every byte below the home. */
const disk = (dir: string): Buffer =>
  Buffer.concat(
    readdirSync(dir, { recursive: true, encoding: 'utf8' })
      .map((name) => join(dir, name))
      .filter((path) => statSync(path).isFile())
      .map((path) => readFileSync(path)),
  )

describe('signing in', () => {
  it('is refused with a wrong password, by a dead hub and by nonsense, each with its own code, and keeps nothing', async () => {
    const wrong = { hub: proxy.url, account: 'hr@sandbox', password: 'not this one' }
    expect(await core.codeOf('account.sign_in', wrong)).toBe('E_SIGN_IN')
    expect(await core.codeOf('account.sign_in', { ...wrong, hub: 'http://127.0.0.1:9' })).toBe('E_HUB_UNREACHABLE')
    proxy.inject({ kind: 'nonsense' }, { path: '/v1/oauth/token' })
    expect(await core.codeOf('account.sign_in', wrong)).toBe('E_HUB_ANSWER')
    expect(await core.codeOf('account.sign_in', { ...wrong, hub: 'http://example.com' })).not.toBe('none')
    expect(await core.call('system.state', {})).toMatchObject({ phase: 'open', accounts: [] })
  })

  it('[ZP-95] is refused while no protection officer is named, and so is every sync', async () => {
    rewriteMe({ officer_named: false })
    const answer = await core.router.call('account.sign_in', {
      hub: proxy.url,
      account: 'hr@sandbox',
      password: hub.passwordOf('hr'),
    })
    expect(answer).toMatchObject({ ok: false, error: { code: 'E_CONSENT', data: { clause: 'ZP-95' } } })
    expect((await core.call('system.state', {})).accounts).toEqual([])
    expect(proxy.seen).toContain('POST /v1/oauth/revoke')
    proxy.clear()
    await signIn('hr')
    rewriteMe({ officer_named: false })
    await expect(syncOnce(core.core)).rejects.toMatchObject({ code: 'E_CONSENT' })
    expect(await counts()).toMatchObject({ candidates: 0, jobs: 0 })
  })

  it.each(['revoked', 'suspended'])('a %s account gets nowhere', async (status) => {
    rewriteMe({ status })
    const input = { hub: proxy.url, account: 'hr@sandbox', password: hub.passwordOf('hr') }
    expect(await core.codeOf('account.sign_in', input)).toBe('E_REVOKED')
    expect((await core.call('system.state', {})).phase).toBe('open')
  })

  it('[ZP-09] an account whose real name is not checked meets no candidate', async () => {
    expect((await signIn('unverified')).role).toBe('unverified')
    await syncOnce(core.core).catch(() => undefined)
    expect((await counts()).candidates).toBe(0)
    for (const [route, input] of [
      ['candidate.list', {}],
      ['candidate.get', { id: 'x' }],
      ['candidate.reveal', { id: 'x', field: 'phone', reason: 'contact' }],
      ['candidate.facets', {}],
    ] as const) {
      expect([route, await core.codeOf(route, input)]).toEqual([route, 'E_UNVERIFIED'])
    }
  })
})

describe('going on', () => {
  it('keeps a session over restarts with tokens that change each time', async () => {
    const { id } = await signIn('hr')
    await syncOnce(core.core)
    const tokens = new Set<string | undefined>()
    for (let i = 0; i < 3; i += 1) {
      await reopen()
      tokens.add(core.core.vault?.accounts.get(id)?.refresh_token)
      await core.call('account.resume', { id })
      await syncOnce(core.core)
    }
    expect(tokens.size).toBe(3)
    expect(tokens.has(undefined)).toBe(false)
    for (const token of tokens) expect(disk(core.home).includes(token ?? '-')).toBe(false)
  })

  it('[D3] opens what is kept without the hub, for as long as the lease lasts', async () => {
    const { id } = await signIn('hr')
    await syncOnce(core.core)
    await core.stop('quit')
    let later = 0
    const offline = {
      fetch: () => Promise.reject(new TypeError('fetch failed')),
      wall: () => Date.now() + later,
    }
    core = openCoreHome(core.home, offline)
    await core.call('vault.unlock', { passphrase })
    expect(await core.call('account.resume', { id })).toMatchObject({ role: 'hr' })
    await core.core.account?.indexer.settle()
    const { items } = await core.call('candidate.list', { limit: 50 })
    const row = items.find((one) => one.application?.channel === 'delivered' && one.phone !== undefined)
    expect(row).toBeDefined()
    expect(await core.codeOf('candidate.get', { id: row?.id })).toBe('none')
    await expect(syncOnce(core.core)).rejects.toMatchObject({ code: 'E_HUB_UNREACHABLE' })
    later = 73 * 3_600_000
    expect(await core.codeOf('candidate.get', { id: row?.id })).toBe('E_LEASE')
  })

  it('forgets its tokens with the sign-out, even when the hub is away', async () => {
    const { id } = await signIn('hr')
    proxy.inject({ kind: 'cut', asked: false }, { path: '/v1/oauth/revoke', times: 9 })
    await core.call('account.sign_out', {})
    expect(core.core.vault?.accounts.get(id)?.refresh_token).toBeUndefined()
    expect(await core.codeOf('account.resume', { id })).toBe('E_SIGN_IN')
    expect(await core.codeOf('candidate.list', {})).toBe('E_SESSION')
  })
})

describe('what the hub changes', () => {
  // Behind the hub's back, because a revoked account does not come back.
  afterEach(async () => {
    await hub.hub.db.updateTable('account').set({ role: 'hr', status: 'active' }).where('id', '=', 'acc-hr').execute()
  })

  it('another role counts from the next sync on', async () => {
    await signIn('hr')
    await syncOnce(core.core)
    const { id } = (await core.call('candidate.list', { limit: 1 })).items[0] ?? {}
    await patch('acc-hr', { role: 'officer' })
    expect(await core.codeOf('candidate.get', { id })).toBe('none')
    await syncOnce(core.core)
    await core.core.account?.indexer.settle()
    expect(await core.call('system.state', {})).toMatchObject({ phase: 'signed_in', account: { role: 'officer' } })
    expect(await core.call('candidate.list', {})).toMatchObject({ items: [], total: 0 })
    expect(await core.codeOf('job.create', { title: 'x' })).toBe('E_ROLE')
    await patch('acc-hr', { role: 'hr' })
    await syncOnce(core.core)
    await core.core.account?.indexer.settle()
    expect((await core.call('candidate.list', {})).total).toBeGreaterThan(10)
  })

  it('[ZP-22] who becomes a headhunter keeps nothing: what was kept is locked at once', async () => {
    await signIn('hr')
    await syncOnce(core.core)
    const { candidates } = await counts()
    await patch('acc-hr', { role: 'headhunter' })
    await syncOnce(core.core)
    expect(core.core.account).toMatchObject({ role: 'headhunter', keeps: false })
    // ZP-43: and sees nobody before there is a licence.
    expect(await core.codeOf('candidate.list', {})).toBe('E_UNVERIFIED')
    await patch('acc-hr', { role: 'hr' })
    await syncOnce(core.core)
    expect(core.core.account).toMatchObject({ role: 'hr', keeps: true })
    const locked = core.core.account?.store.reader.get<{ n: number }>(
      "SELECT count(*) AS n FROM candidate WHERE life = 'locked'",
    )
    expect([locked?.n, candidates > 10]).toEqual([candidates, true])
  })

  it('[ZP-37] a restricted account sees nothing and keeps its duties', async () => {
    await signIn('hr')
    await syncOnce(core.core)
    await patch('acc-hr', { status: 'restricted' })
    await syncOnce(core.core)
    expect(await core.codeOf('candidate.list', {})).toBe('E_UNVERIFIED')
    expect(await core.codeOf('retention.run', {})).toBe('none')
    expect(await core.codeOf('ledger.list', {})).toBe('none')
  })

  it('a revoked account is out, with its tokens, and the log says so', async () => {
    const { id } = await signIn('hr')
    await syncOnce(core.core)
    const before = await deniedSignIns()
    await patch('acc-hr', { status: 'revoked' })
    await expect(syncOnce(core.core)).rejects.toMatchObject({
      code: expect.stringMatching(/E_REVOKED|E_SIGN_IN/) as string,
    })
    await core.core.changing
    expect(await core.codeOf('candidate.list', {})).toBe('E_SESSION')
    expect(await core.codeOf('account.resume', { id })).toBe('E_SIGN_IN')
    expect(core.core.vault?.accounts.get(id)?.refresh_token).toBeUndefined()
    expect(before).toBeGreaterThan(0)
  })
})

describe('a headhunter', () => {
  const people = Array.from({ length: 40 }, (_, index) => makeCandidate(index, Date.now()))

  it('[ZP-22] works in memory: nothing of a candidate is written, not even under a key', async () => {
    await signIn('headhunter')
    await syncOnce(core.core)
    await core.core.account?.indexer.settle()
    const { items, total } = await core.call('candidate.list', { limit: 100 })
    expect(total).toBeGreaterThan(5)
    for (const { id } of items) await core.router.call('candidate.get', { id })
    const { account, home } = core.core
    expect(account?.keeps).toBe(false)
    expect(readdirSync(home.home).filter((name) => name === 'accounts')).toEqual([])
    // Pseudonyms of the log have keys here, some made ahead; resumes, contacts and files have none.
    const purposes = core.core.vault?.keystore.listLive().map(({ purpose }) => purpose)
    expect([...new Set(purposes)]).toEqual(['subject'])
    await core.stop('lock')
    const bytes = disk(core.home)
    for (const { id, person } of people) {
      for (const text of [person.phone, person.email, person.wechat, id]) expect(bytes.includes(text)).toBe(false)
    }
    core = openCoreHome(core.home)
    await core.call('vault.unlock', { passphrase })
  })

  it('[ZP-22] may not save, take in, decide or destroy, and each try is in the log', async () => {
    const seen = proxy.seen.length
    await signIn('headhunter')
    await syncOnce(core.core)
    await core.core.account?.indexer.settle()
    const rows = (await core.call('candidate.list', { limit: 100 })).items
    for (const row of rows) {
      expect(row).not.toHaveProperty('phone')
      expect(row).not.toHaveProperty('email')
      for (const field of ['phone', 'email', 'wechat'] as const) {
        const code = await core.codeOf('candidate.reveal', { id: row.id, field, reason: 'contact' })
        expect([field, code]).toEqual([field, expect.stringMatching(/E_CHANNEL|E_ROLE|E_APPROVAL/)])
      }
    }
    const id = rows[0]?.id
    const tries = [
      ['intake.add', { name: 'x.txt', content_base64: 'eA==', job_id: 'job-01' }],
      ['application.set_stage', { id: rows[0]?.application?.id, stage: 'reviewed' }],
      ['retention.destroy_now', { application_ids: [rows[0]?.application?.id] }],
      ['candidate.confirm_age', { id }],
    ] as const
    const before = core.core.vault?.ledger.size() ?? 0
    for (const [route, input] of tries) expect([route, await core.codeOf(route, input)]).toEqual([route, 'E_ROLE'])
    expect((core.core.vault?.ledger.size() ?? 0) - before).toBe(tries.length)
    const attachments = core.core.account?.store.reader.get<{ n: number }>('SELECT count(*) AS n FROM attachment_chunk')
    expect(attachments?.n).toBe(0)
    expect(proxy.seen.slice(seen).filter((line) => line.startsWith('GET /v1/attachments'))).toEqual([])
  })
})
