import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { requireProof } from '../../electron/core/sign-in/require-proof.ts'
import { deviceAuthorization, me, tokenAnswer } from '../../electron/shared/domain/sync-records.ts'
import { authenticator, enrolTotp, type Authenticator } from '../helpers/authenticator.ts'
import { newHome, type CoreHome } from '../helpers/core-home.ts'
import { startSandboxHub, type SandboxHub, type Seat } from '../helpers/sandbox-hub.ts'

/** QY-08 and K15: a workstation signed in by a phone; and the second step of a sign-in, from core. */

let hub: SandboxHub
let core: CoreHome
const folder = mkdtempSync(join(tmpdir(), 'candor-phone-'))
beforeAll(async () => {
  hub = await startSandboxHub({ seed: 1 })
  core = await newHome(folder)
})
afterAll(async () => {
  await core.stop('quit')
  await hub.close()
  rmSync(folder, { recursive: true, force: true })
})

const begin = async (form: Readonly<Record<string, string>> = {}) =>
  (await hub.client.call('POST', '/v1/oauth/device_authorization', { form })).as(deviceAuthorization)
const poll = (deviceCode: string) =>
  hub.client.call('POST', '/v1/oauth/token', {
    form: { grant_type: 'urn:ietf:params:oauth:grant-type:device_code', device_code: deviceCode },
  })
const post = (path: string, form: Readonly<Record<string, string>>, headers: Readonly<Record<string, string>> = {}) =>
  hub.client.call('POST', path, { form, headers })
const answer = (code: string, seat: Seat = 'hr', decision: 'grant' | 'deny' = 'grant') =>
  post('/device', { user_code: code, account: `${seat}@sandbox`, password: hub.passwordOf(seat), decision })
const look = (code: string, headers: Readonly<Record<string, string>> = {}, query = '') =>
  hub.client.call('GET', `/device/${code}${query}`, { headers })
const field = (html: string, name: string): string => new RegExp(`name="${name}" value="([^"]+)"`).exec(html)?.[1] ?? ''
/** Tests come faster than people. */
const forgetLimits = () => {
  for (const key of ['device', 'device-code', 'factor']) hub.hub.signInLimit.clear(`${key} 127.0.0.1`)
  for (const seat of ['hr', 'admin', 'officer']) hub.hub.signInLimit.clear(`password 127.0.0.1 ${seat}@sandbox`)
}
const until = async (done: () => Promise<boolean>): Promise<void> => {
  for (let tries = 0; tries < 100; tries += 1) {
    if (await done()) return
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
  throw new Error('it did not come')
}
const arrival = async () => (await core.call('account.arrival', {})).state

describe('a phone', () => {
  it('[QY-08] is shown device, system and time, in its language, and says yes or no', async () => {
    forgetLimits()
    const grant = await begin({ device_name: '前台 3 号机', device_os: 'win32 10.0' })
    expect(grant.expires_in).toBeLessThanOrEqual(120)
    const zh = (await look(grant.user_code)).text
    for (const text of ['前台 3 号机', 'win32 10.0', '刚刚', grant.user_code]) expect(zh).toContain(text)
    expect((await look(grant.user_code, { 'accept-language': 'en-GB,en;q=0.9' })).text).toContain('just now')
    expect((await look(grant.user_code, { 'accept-language': 'en' }, '?lang=zh-CN')).text).toContain('刚刚')
    await hub.hub.db
      .updateTable('device_grant')
      .set({ asked_at: hub.clock.real() - 61_000 })
      .execute()
    expect((await look(grant.user_code)).text).toContain('约 1 分钟前')
    expect((await answer(grant.user_code, 'hr', 'deny')).text).toContain('已拒绝')
    expect((await poll(grant.device_code)).code).toBe('access_denied')
  })

  it('[QY-08] confirms a code once: no second time, no second phone, not after its end', async () => {
    forgetLimits()
    const grant = await begin()
    const both = await Promise.all([answer(grant.user_code, 'hr'), answer(grant.user_code, 'officer')])
    expect(both.filter(({ text }) => text.includes('已确认'))).toHaveLength(1)
    expect((await answer(grant.user_code)).text).toContain('已用过')
    const polls = await Promise.all([poll(grant.device_code), poll(grant.device_code), poll(grant.device_code)])
    expect(polls.filter(({ status }) => status === 200)).toHaveLength(1)
    expect((await poll(grant.device_code)).code).toBe('invalid_grant')

    forgetLimits()
    const late = await begin()
    await hub.hub.db.updateTable('device_grant').set({ until: hub.clock.real() }).execute()
    expect((await answer(late.user_code)).text).toContain('已过期')
    expect((await poll(late.device_code)).code).toBe('expired_token')
    const confirmed = await begin()
    await answer(confirmed.user_code)
    await hub.hub.db.updateTable('device_grant').set({ until: hub.clock.real() }).execute()
    expect((await poll(confirmed.device_code)).code).toBe('expired_token')
  })

  it('cannot guess codes', async () => {
    forgetLimits()
    const statuses: number[] = []
    for (let tries = 0; tries < 12; tries += 1) statuses.push((await look('BBBB-BBBB')).status)
    expect(statuses.slice(0, 10).every((status) => status === 200)).toBe(true)
    expect(statuses.slice(10)).toEqual([429, 429])
    expect((await answer('BBBB-BBBB', 'hr', 'deny')).status).toBe(429)
  })

  it('is told nothing by a device that lies: no markup, no turned text, no long one', async () => {
    forgetLimits()
    const name = `<img src=x onerror=alert(1)>\u202Eexe.\u2066总部\u0000\n服务器`
    const grant = await begin({ device_name: name, device_os: 'x'.repeat(390) })
    const { text, headers } = await look(grant.user_code)
    expect(text).not.toContain('<img')
    expect(text).toContain('&#60;img')
    expect(text).not.toMatch(/[\u202A-\u202E\u2066-\u2069\u0000]/)
    expect(text).not.toContain('x'.repeat(41))
    expect(text).toContain('<bdi>')
    const policy = headers.get('content-security-policy') ?? ''
    for (const rule of ["default-src 'none'", "frame-ancestors 'none'", "form-action 'self'"])
      expect(policy).toContain(rule)
    expect(headers.get('x-frame-options')).toBe('DENY')
    expect(headers.get('set-cookie')).toBeNull()
    expect((await post('/v1/oauth/device_authorization', { device_name: 'x'.repeat(401) })).status).toBe(400)
  })

  it('sends its forms from the hub’s own page only', async () => {
    forgetLimits()
    const grant = await begin()
    for (const site of ['cross-site', 'same-site']) {
      const form = {
        user_code: grant.user_code,
        account: 'hr@sandbox',
        password: hub.passwordOf('hr'),
        decision: 'grant',
      }
      expect((await post('/device', form, { 'sec-fetch-site': site })).code).toBe('other_site')
      expect((await post('/device/sessions', form, { 'sec-fetch-site': site })).code).toBe('other_site')
    }
    expect((await poll(grant.device_code)).code).toBe('authorization_pending')
  })

  it('[QY-08] ends a sign-in of the workstation, and only one of its own account', async () => {
    forgetLimits()
    const grant = await begin({ device_name: '工位 7', device_os: 'linux' })
    const granted = await answer(grant.user_code)
    const session = (await poll(grant.device_code)).as(tokenAnswer).access_token
    const other = await hub.signIn('officer')
    const ticket = field(granted.text, 'ticket')
    const list = await post('/device/sessions', { ticket })
    expect(list.text).toContain('工位 7')
    const id = field(list.text.slice(list.text.indexOf('工位 7')), 'session')
    const foreign = await hub.hub.db
      .selectFrom('session')
      .select('id')
      .where('account_id', '=', 'acc-officer')
      .where('revoked', '=', false)
      .executeTakeFirstOrThrow()
    await post('/device/sessions/end', { ticket, session: foreign.id })
    expect((await other.call('GET', '/v1/me')).status).toBe(200)
    const ended = await post('/device/sessions/end', { ticket, session: id })
    expect(ended.text).toContain('在手机上结束')
    expect((await hub.client.withToken(session).call('GET', '/v1/me')).status).toBe(401)
    // Made-up tickets show nothing.
    expect((await post('/device/sessions', { ticket: 'x'.repeat(43) })).text).not.toContain('工位 7')
  })
})

describe('with a second factor', () => {
  let app: Authenticator
  beforeAll(async () => {
    ;({ app } = await enrolTotp(await hub.signIn('officer'), hub.passwordOf('officer')))
  })

  it('[ZP-94] a phone shows it too: the password alone signs nobody in', async () => {
    forgetLimits()
    const grant = await begin()
    const asked = await answer(grant.user_code, 'officer')
    expect(asked.text).toContain('两步验证')
    expect((await poll(grant.device_code)).code).toBe('authorization_pending')
    const ticket = field(asked.text, 'ticket')
    expect((await post('/device/factor', { ticket, code: '000000' })).text).toContain('验证码不正确')
    expect((await post('/device/factor', { ticket, code: app.next() })).text).toContain('已确认')
    // The ticket is used up, and it opens no list of sign-ins.
    expect((await post('/device/factor', { ticket, code: app.next() })).text).toContain('已用过')
    expect((await post('/device/sessions', { ticket })).text).not.toContain('data-session')
    const { access_token: access } = (await poll(grant.device_code)).as(tokenAnswer)
    expect((await hub.client.withToken(access).call('GET', '/v1/me')).as(me).role).toBe('officer')
    await hub.hub.db.deleteFrom('factor_try').execute()
  })

  it('the list of sign-ins takes it as well', async () => {
    forgetLimits()
    const asked = await post('/device/sessions', { account: 'officer@sandbox', password: hub.passwordOf('officer') })
    expect(asked.text).not.toContain('data-session')
    expect(field(asked.text, 'ticket')).not.toBe('')
  })
})

describe('the workstation', () => {
  it('[QY-08] signs in without a password, asks the hub itself, and says so in its log', async () => {
    forgetLimits()
    const shown = await core.call('account.sign_in_qr', { hub: hub.url })
    expect(shown.expires_at - shown.now).toBeLessThanOrEqual(120_000)
    expect(shown.uri).toBe(`${hub.url}/device/${shown.user_code}`)
    expect(JSON.stringify(shown)).not.toMatch(/device_code|token/)
    expect(await core.codeOf('account.finish_sign_in', {})).toBe('E_CONFLICT')
    await answer(shown.user_code)
    await until(async () => (await arrival()) === 'confirmed')
    expect(core.events).toContainEqual({ name: 'sign_in.arrival', data: { state: 'confirmed' } })
    expect(await core.call('account.finish_sign_in', {})).toMatchObject({ role: 'hr', local: false })
    const { items } = await core.call('ledger.list', { limit: 5 })
    expect(items.find((item) => item.action === 'sign_in')).toMatchObject({ outcome: 'done', detail: 'hr phone' })
  })

  it('[QY-08] notices that the phone has ended the session, forgets its tokens and writes it down', async () => {
    forgetLimits()
    const list = await post('/device/sessions', { account: 'hr@sandbox', password: hub.passwordOf('hr') })
    const ticket = field(list.text, 'ticket')
    await post('/device/sessions/end', { ticket, session: field(list.text, 'session') })
    expect(await core.codeOf('factor.list', {})).toBe('E_SIGN_IN')
    expect(await core.codeOf('factor.list', {})).toBe('E_SIGN_IN')
    const { items } = await core.call('ledger.list', { limit: 10 })
    expect(items.filter((item) => item.detail === 'ended at the hub')).toMatchObject([
      { action: 'sign_in', outcome: 'denied' },
    ])
    const { account } = await core.call('system.state', {})
    expect(await core.codeOf('account.resume', { id: account?.id })).toBe('E_SIGN_IN')
    await core.call('account.sign_out', {})
  })

  it('takes no for an answer, and what is cancelled signs nobody in', async () => {
    forgetLimits()
    const refused = await core.call('account.sign_in_qr', { hub: hub.url })
    await answer(refused.user_code, 'hr', 'deny')
    await until(async () => (await arrival()) === 'refused')
    const cancelled = await core.call('account.sign_in_qr', { hub: hub.url })
    await core.call('account.cancel_sign_in', {})
    await answer(cancelled.user_code)
    await new Promise((resolve) => setTimeout(resolve, 2500))
    expect(await arrival()).toBe('none')
    expect(await core.codeOf('account.finish_sign_in', {})).toBe('E_CONFLICT')
  })

  it('[ZP-11] asks for the second step with an error that holds no token, and for a proof before what takes one', async () => {
    const { app } = await enrolTotp(await hub.signIn('hr'), hub.passwordOf('hr'))
    const signIn = () =>
      core.call('account.sign_in', { hub: hub.url, account: 'hr@sandbox', password: hub.passwordOf('hr') })
    const error = await signIn().catch((thrown: unknown) => thrown)
    expect(error).toMatchObject({ code: 'E_SECOND_FACTOR', data: { reason: 'code', accepted: 'totp recovery' } })
    expect(await core.codeOf('account.finish_sign_in', {})).toBe('E_CONFLICT')
    expect(await core.codeOf('account.sign_in_code', { code: '000000' })).toBe('E_WRONG_CODE')
    expect((await core.call('account.sign_in_code', { code: app.next() })).account).toMatchObject({ role: 'hr' })
    expect(await core.codeOf('account.sign_in_code', { code: '000000' })).toBe('E_CONFLICT')

    const { account } = core.core
    if (account === null) throw new Error('nobody is signed in')
    await requireProof(account)
    await hub.hub.db.updateTable('sign_in').set({ proved_at: 1 }).execute()
    await expect(requireProof(account)).rejects.toMatchObject({
      code: 'E_SECOND_FACTOR',
      data: { reason: 'proof', enrolled: true, accepted: 'totp recovery' },
    })
    await core.call('factor.prove', { code: app.next() })
    await requireProof(account)
    const [own] = (await core.call('factor.list', {})).factors
    await core.call('factor.remove', { id: own?.id ?? '' })
    expect((await core.call('factor.list', {})).factors).toEqual([])
  })

  it('[ZP-94] leads an administrator without a factor to enrolment, shows the codes, then opens', async () => {
    await core.call('account.sign_out', {})
    await hub.hub.db.updateTable('employer').set({ second_factor: 'required' }).execute()
    const error = await core
      .call('account.sign_in', { hub: hub.url, account: 'admin@sandbox', password: hub.passwordOf('admin') })
      .catch((thrown: unknown) => thrown)
    expect(error).toMatchObject({ code: 'E_SECOND_FACTOR', data: { reason: 'enrol' } })
    const { secret, uri } = await core.call('account.sign_in_enrol', {})
    expect(uri).toContain(secret)
    const { recovery_codes: codes, account } = await core.call('account.sign_in_code', {
      code: authenticator(secret).next(),
    })
    expect([codes?.length, account, core.core.account]).toEqual([10, undefined, null])
    expect(await core.call('account.finish_sign_in', {})).toMatchObject({ role: 'admin' })
    // An administrator keeps one.
    const [own] = (await core.call('factor.list', {})).factors
    expect(await core.codeOf('factor.remove', { id: own?.id })).toBe('E_CONFLICT')
    await core.call('account.sign_out', {})
    await hub.hub.db.updateTable('employer').set({ second_factor: null }).execute()
  })

  it('[ZP-11] [MM-05] [WZ-08] writes no password, code or secret of the hub to the disk', async () => {
    const { secret, app, codes, id } = await enrolTotp(await hub.signIn('hr'), hub.passwordOf('hr'))
    await core.codeOf('account.sign_in', { hub: hub.url, account: 'hr@sandbox', password: hub.passwordOf('hr') })
    await core.call('account.sign_in_code', { code: app.next() })
    await core.call('factor.remove', { id })
    await core.call('account.sign_out', {})
    const words = [hub.passwordOf('hr'), hub.passwordOf('admin'), secret, ...codes]
    for (const name of readdirSync(folder, { recursive: true, encoding: 'utf8' })) {
      let bytes: Buffer
      try {
        bytes = readFileSync(join(folder, name))
      } catch {
        // A folder.
        continue
      }
      for (const word of words) expect([name, bytes.includes(word)]).toEqual([name, false])
    }
  })
})
