import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { syncOnce } from '../../electron/core/accounts/session.ts'
import { sweep } from '../../electron/hub/sweep.ts'
import { accountsAnswer, closingAnswer, me } from '../../electron/shared/domain/sync-records.ts'
import { newHome, type CoreHome } from '../helpers/core-home.ts'
import { findChange, pullAll, pushItem, type HubClient } from '../helpers/hub-client.ts'
import { day, reopen, retentionHome } from '../helpers/retention-home.ts'
import { startSandboxHub, type SandboxHub, type Seat } from '../helpers/sandbox-hub.ts'

/** The end of a workspace and of an account: typed, for good, through the runner of every destruction. */

describe('a workspace without a hub', () => {
  it('[ZP-76] [WZ-29] [QY-35] closes once nothing is owed, destroys everybody, goes on after a stop, and leaves certificates and log', async () => {
    const home = await retentionHome()
    const job = await home.newJob()
    const people = [
      await home.intake(job, { name: '林若曦', phone: '13800138000' }),
      await home.intake(job, { name: '周明', phone: '13900139000' }),
      await home.intake(job, { name: '王芳', phone: '13700137000' }),
    ]
    await home.call('request.add', { kind: 'access', via: 'phone' })
    expect(await home.call('closing.view', {})).toMatchObject({ state: 'open', people: 3, duties: { requests: 1 } })
    const answer = await home.router.call('closing.begin', { confirm: '北辰科技' })
    expect(answer).toMatchObject({
      ok: false,
      error: { code: 'E_CONFLICT', data: { reason: 'open_duties', requests: 1 } },
    })
    home.core.account?.store.db.run("UPDATE subject_request SET state = 'closed'")
    expect(await home.codeOf('closing.begin', { confirm: '北辰' })).toBe('E_INPUT')
    expect(await home.codeOf('closing.finish', {})).toBe('E_CONFLICT')
    expect(home.count('candidate')).toBe(3)
    expect((await home.call('closing.begin', { confirm: '北辰科技' })).state).toBe('running')
    expect(await home.codeOf('candidate.get', { id: people[0]?.record as never })).toMatch(/E_LOCKED|E_NOT_FOUND/)
    // The program stops in the middle; what was begun is finished at the next start.
    await home.stop('quit')
    const again = await reopen(home.home, home.time)
    await again.runDue()
    expect(again.count('candidate')).toBe(0)
    expect(await again.call('closing.view', {})).toMatchObject({ state: 'empty', people: 0 })
    const certificates = await again.certificates()
    expect(certificates.map((body) => 'reason' in body && body.reason)).toEqual(Array(3).fill('account_cancelled'))
    await again.call('closing.finish', {})
    await again.core.changing
    expect((await again.call('system.state', {})).phase).toBe('open')
    expect(again.core.vault?.ledger.size()).toBeGreaterThan(8)
    await again.stop('quit')
  })
})

const folders: string[] = []
const newFolder = (): string => {
  const folder = mkdtempSync(join(tmpdir(), 'candor-close-'))
  folders.push(folder)
  return folder
}
const enter = async (core: CoreHome, hub: SandboxHub, seat: Seat): Promise<void> => {
  await core.call('account.sign_in', { hub: hub.url, account: `${seat}@sandbox`, password: hub.passwordOf(seat) })
  await syncOnce(core.core)
}
afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true })
})

/** A line that has been idle while a core was busy may be closed under a call; these calls may be made twice. */
const patient = (client: HubClient): HubClient => ({
  ...client,
  call: (...asked) => client.call(...asked).catch(() => client.call(...asked)),
})

describe('at a hub', () => {
  let hub: SandboxHub
  let hr: CoreHome
  let admin: HubClient
  beforeAll(async () => {
    hub = await startSandboxHub({ seed: 40 })
    hr = await newHome(newFolder())
    await enter(hr, hub, 'hr')
    admin = await hub.signIn('admin')
  })
  afterAll(async () => {
    await hr.stop('quit')
    await hub.close()
  })

  it('[ZP-81] [QY-45] [QY-43] a cancelled account loses chats, name and copies within one working day, for good, and its log stays as it was written', async () => {
    const store = hr.core.account?.store.reader
    const application = store?.get<{ id: string }>(
      `SELECT a.id FROM application a JOIN candidate c ON c.record_id = a.record_id WHERE c.life = 'live' AND a.channel = 'delivered' LIMIT 1`,
    )
    const client = await hub.signIn('hr')
    const at = new Date().toISOString()
    await pushItem(client, 'message', { application_id: application?.id, from: 'x', text: '您好', at })
    await syncOnce(hr.core)
    expect(store?.get<{ n: number }>('SELECT count(*) AS n FROM message')?.n).toBeGreaterThan(0)
    const messages = async () =>
      (await pullAll(admin)).changes.filter((one) => one.type === 'message' && one.op === 'upsert')
    expect(await hr.codeOf('account.cancel', { confirm: 'hr' })).toBe('E_INPUT')
    const { due_at } = await hr.call('account.cancel', { confirm: 'hr@sandbox' })
    expect(due_at).toBeGreaterThan(Date.now())
    expect(due_at).toBeLessThan(Date.now() + 12 * day)
    await hr.core.changing
    expect((await hr.call('system.state', {})).phase).toBe('open')
    // Nothing of it is left on the workstation, at once.
    const [known] = hr.core.vault?.accounts.list() ?? []
    expect(JSON.stringify(known)).not.toContain('hr@sandbox')
    expect(known).not.toHaveProperty('me')
    expect(await hr.codeOf('account.resume', { id: known?.id ?? '' })).toBe('E_REVOKED')
    expect(hr.core.vault?.ledger.size()).toBeGreaterThan(0)
    // At the hub: a pseudonym, no address, no chat, nobody who gets in.
    const { accounts } = (await admin.call('GET', '/v1/accounts')).as(accountsAnswer)
    const row = accounts.find(({ id }) => id === 'acc-hr')
    expect(row?.name).toMatch(/^注销账号/)
    expect(row).not.toHaveProperty('email')
    expect((await messages()).filter(({ data }) => (data as { from: string }).from === 'acc-hr')).toEqual([])
    await expect(hub.signIn('hr')).rejects.toThrow()
    expect((await client.call('GET', '/v1/me')).status).toBe(401)
    expect(await findChange(admin, 'lifecycle', 'cancelled-acc-hr')).toMatchObject({
      data: { subject: 'account', id: 'acc-hr', event: 'cancelled' },
    })
    const log = (await admin.call('GET', '/v1/ledger')).text
    expect(log).toContain('account cancelled')
    hub.hub.clock.setOffset(13 * 86_400)
    await sweep(hub.hub)
    const later = (await admin.call('GET', '/v1/accounts')).as(accountsAnswer)
    expect(later.accounts.find(({ id }) => id === 'acc-hr')?.status).toBe('revoked')
  })
})

describe('the end of an enterprise at a hub', () => {
  let hub: SandboxHub
  let core: CoreHome
  beforeAll(async () => {
    hub = await startSandboxHub({ seed: 30 })
    core = await newHome(newFolder())
    await enter(core, hub, 'admin')
  })
  afterAll(async () => {
    await core.stop('quit')
    await hub.close()
  })

  it('[ZP-76] [QY-35] two people close it: copies go here and there, accounts end, everybody is told; and no other enterprise moves in', async () => {
    const officer = patient(await hub.signIn('officer'))
    const hr = patient(await hub.signIn('hr'))
    const view = async () => (await officer.call('GET', '/v1/employer/closing')).as(closingAnswer)
    const { name } = (await officer.call('GET', '/v1/me')).as(me).employer
    const owed = (await pullAll(officer)).changes.filter(({ op }) => op === 'upsert')
    for (const { type, id } of owed) {
      if (type === 'request')
        await pushItem(officer, 'request_answer', { request_id: id, outcome: 'done', at: new Date().toISOString() })
      if (type === 'hold') await officer.call('POST', `/v1/holds/${id}/release`, { json: { reason: '关闭' } })
    }
    expect((await view()).open).toEqual({ holds: 0, requests: 0 })
    expect((await hr.call('POST', '/v1/employer/closing', { json: { confirm: name } })).status).toBe(403)
    expect((await officer.call('POST', '/v1/employer/closing', { json: { confirm: 'x' } })).status).toBe(400)
    const asked = (await officer.call('POST', '/v1/employer/closing', { json: { confirm: name } })).as(closingAnswer)
    expect(asked).toMatchObject({ state: 'asked', needs_second: true })
    // The same person again is not a second one.
    expect(
      (await officer.call('POST', '/v1/employer/closing', { json: { confirm: name } })).as(closingAnswer).state,
    ).toBe('asked')
    await syncOnce(core.core)
    core.core.account?.store.db.run("UPDATE subject_request SET state = 'closed'")
    expect(await core.call('closing.view', {})).toMatchObject({
      state: 'asked',
      hub: { needs_second: true, own: false },
    })
    const record = {
      recipient: '海外总部',
      contact: 'privacy@hq.example',
      purpose: '面试',
      method: '在线查看',
      types: ['name' as const],
      rights_path: '经境内负责人',
      policy_url: 'https://hq.example/privacy',
      assessment: 'PIA-1',
    }
    await core.call('admin.save_cross_border', record)
    await core.call('admin.set_overseas', { id: 'acc-hr', on: true })
    const abroad = await core.call('admin.cross_border', {})
    expect(abroad.record).toMatchObject(record)
    expect(abroad.accounts.find(({ id }) => id === 'acc-hr')?.overseas).toBe(true)
    await core.call('admin.end_cross_border', {})
    await core.call('closing.begin', { confirm: name })
    const said = (await core.call('ledger.list', { limit: 500 })).items
      .filter(({ action }) => action === 'policy_change')
      .map(({ detail }) => detail)
    expect(said).toEqual(
      expect.arrayContaining([
        'workspace close begun',
        'cross_border ended',
        'overseas on acc-hr',
        'cross_border recorded',
      ]),
    )
    await core.core.account?.retention.runDue()
    expect(core.core.account?.store.reader.get('SELECT 1 FROM candidate')).toBeUndefined()
    const left = await hub.hub.db.selectFrom('record_key').selectAll().where('destroyed_at', 'is', null).execute()
    expect(left.filter(({ candidate_id: id }) => id.startsWith('cand'))).toEqual([])
    const open = await hub.hub.db.selectFrom('session').select('account_id').where('revoked', '=', false).execute()
    expect(new Set(open.map(({ account_id: id }) => id))).toEqual(new Set(['acc-admin']))
    expect(await hub.hub.db.selectFrom('account').select('id').where('status', '<>', 'revoked').execute()).toEqual([
      { id: 'acc-admin' },
    ])
    // Before it is over nobody of another enterprise opens this home (MM-30).
    await core.call('closing.finish', {})
    await core.core.changing
    expect((await core.call('system.state', {})).phase).toBe('open')
    await expect(hub.signIn('admin')).rejects.toThrow()
  })
})

describe('a vault of another enterprise', () => {
  it('[ZP-76] [WZ-29] [MM-30] is opened by nobody else’s sign-in, and says why', async () => {
    const [first, second] = [await startSandboxHub({ seed: 5 }), await startSandboxHub({ seed: 5 })]
    const core = await newHome(newFolder())
    try {
      await enter(core, first, 'hr')
      await second.hub.db.updateTable('employer').set({ name: '收购方有限公司' }).execute()
      const input = { hub: second.url, account: 'hr@sandbox', password: second.passwordOf('hr') }
      expect(await core.router.call('account.sign_in', input)).toMatchObject({
        ok: false,
        error: { code: 'E_CONFLICT', data: { reason: 'other_employer' } },
      })
      expect((await core.call('system.state', {})).account?.employer).not.toBe('收购方有限公司')
    } finally {
      await core.stop('quit')
      await first.close()
      await second.close()
    }
  })
})
