import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { renewRecoveryCodes } from '../../electron/hub/factors/recovery-codes.ts'
import { requireStepUp } from '../../electron/hub/factors/step-up.ts'
import { requireSession } from '../../electron/hub/session.ts'
import {
  factorsAnswer,
  mfaGrant,
  problem,
  stepUpState,
  tokenAnswer,
  totpEnrolment,
} from '../../electron/shared/domain/sync-records.ts'
import { authenticator, enrolTotp, type Authenticator } from '../helpers/authenticator.ts'
import type { HubClient } from '../helpers/hub-client.ts'
import { startSandboxHub, type SandboxHub, type Seat } from '../helpers/sandbox-hub.ts'

let hub: SandboxHub
/** Apps that were enrolled, from one test to the next. */
const apps = new Map<Seat, Authenticator>()
beforeAll(async () => {
  hub = await startSandboxHub({ seed: 1 })
})
afterAll(() => hub.close())

const token = (form: Readonly<Record<string, string>>) => hub.client.call('POST', '/v1/oauth/token', { form })
const byPassword = (seat: Seat, password = hub.passwordOf(seat)) =>
  token({ grant_type: 'password', username: `${seat}@sandbox`, password })
const finish = (mfaToken: string, code?: string) =>
  token({ grant_type: mfaGrant, mfa_token: mfaToken, ...(code === undefined ? {} : { code }) })
const mfaTokenOf = async (seat: Seat): Promise<string> => (await byPassword(seat)).as(problem).mfa_token ?? ''
/** Wrong codes of another test would be counted too. */
const forgetTries = () => hub.hub.db.deleteFrom('factor_try').execute()
const stepUp = (client: HubClient, code: string) => client.call('POST', '/v1/step-up', { json: { code } })
const setPolicy = (second_factor: 'required' | 'offered' | null) =>
  hub.hub.db.updateTable('employer').set({ second_factor }).execute()
/** What a route that asks for a proof does. */
const guarded = async (client: { readonly token: string }): Promise<string> => {
  const session = await requireSession(hub.hub, `Bearer ${client.token}`)
  return requireStepUp(hub.hub, session).then(
    () => 'done',
    (error: unknown) => problem.parse(error).code,
  )
}
const proofAge = (minutes: number) =>
  hub.hub.db
    .updateTable('sign_in')
    .set({ proved_at: hub.clock.real() - minutes * 60_000 })
    .where('proved_at', 'is not', null)
    .execute()

describe('a second factor', () => {
  it('[ZP-11] is asked for after the password, by code or recovery code, and each counts once', async () => {
    const hr = await hub.signIn('hr')
    const other = await hub.signIn('hr')
    const { app, codes, uri, secret } = await enrolTotp(hr, hub.passwordOf('hr'))
    expect(uri).toContain(`secret=${secret}`)
    expect(new Set(codes).size).toBe(10)
    // A session that was opened without it has ended; the one that enrolled it goes on.
    expect((await other.call('GET', '/v1/me')).status).toBe(401)
    expect((await hr.call('GET', '/v1/me')).status).toBe(200)

    const asked = await byPassword('hr')
    expect([asked.status, asked.code]).toEqual([403, 'mfa_required'])
    expect(asked.as(problem)).toMatchObject({ accepted: ['totp', 'recovery'] })
    const first = asked.as(problem).mfa_token ?? ''
    // The token alone opens nothing, and a code of before does not either.
    expect((await finish(first)).code).toBe('authorization_pending')
    expect((await finish(first, app.again())).code).toBe('wrong_code')
    const session = await finish(first, app.next())
    expect(session.status).toBe(200)
    expect((await hub.client.withToken(session.as(tokenAnswer).access_token).call('GET', '/v1/me')).status).toBe(200)
    expect((await finish(first, app.next())).code).toBe('invalid_grant')

    const [code = ''] = codes
    expect((await finish(await mfaTokenOf('hr'), code.toLowerCase())).status).toBe(200)
    expect((await finish(await mfaTokenOf('hr'), code)).code).toBe('wrong_code')
    expect((await hr.call('GET', '/v1/factors')).as(factorsAnswer).recovery_codes_left).toBe(9)
    await forgetTries()
  })

  it('says nothing about factors before the password is right', async () => {
    const wrong = await Promise.all([byPassword('hr', 'x'), byPassword('headhunter', 'x'), byPassword('admin', 'x')])
    expect(new Set(wrong.map((answer) => answer.text)).size).toBe(1)
  })

  it('takes five codes in a quarter of an hour, from wherever, also at once, then none', async () => {
    await forgetTries()
    const tickets = [await mfaTokenOf('hr'), await mfaTokenOf('hr')]
    const answers = await Promise.all(
      Array.from({ length: 9 }, (_, index) => finish(tickets[index % 2] ?? '', `00000${index}`)),
    )
    const codes = answers.map((answer) => answer.code)
    expect(codes.filter((code) => code === 'wrong_code')).toHaveLength(5)
    expect(codes.filter((code) => code === 'rate_limited')).toHaveLength(4)
    const limited = answers.find((answer) => answer.code === 'rate_limited')
    expect(Number(limited?.headers.get('retry-after'))).toBeGreaterThan(800)
    await hub.hub.db.updateTable('factor_try').set({ until: hub.clock.real() }).execute()
    expect((await finish(tickets[0] ?? '', '000000')).code).toBe('wrong_code')
    await forgetTries()
  })

  it('lets one of two requests with the same code in', async () => {
    const officer = await hub.signIn('officer')
    const { app } = await enrolTotp(officer, hub.passwordOf('officer'))
    apps.set('officer', app)
    const [one, two] = [await mfaTokenOf('officer'), await mfaTokenOf('officer')]
    const code = app.next()
    const answers = await Promise.all([finish(one, code), finish(two, code), finish(one, code)])
    expect(answers.filter((answer) => answer.status === 200)).toHaveLength(1)
    await forgetTries()
  })

  it('is not added by whoever has a session only, and goes with a proof only', async () => {
    const officer = await hub.signIn('interviewer')
    const begin = (password?: string) =>
      officer.call('POST', '/v1/factors/totp', { json: password === undefined ? {} : { password } })
    expect((await begin()).code).toBe('password_required')
    expect((await begin('wrong')).code).toBe('password_required')
    const { id } = await enrolTotp(officer, hub.passwordOf('interviewer'))
    await proofAge(6)
    // Once there is one, the password is not enough for another.
    expect((await begin(hub.passwordOf('interviewer'))).code).toBe('second_factor_required')
    expect((await officer.call('DELETE', `/v1/factors/${id}`)).code).toBe('second_factor_required')
    expect((await officer.call('POST', '/v1/recovery-codes')).code).toBe('second_factor_required')
  })

  it('[ZP-66] [QY-07] [MM-21] is listed and taken away by its person, which ends every other session', async () => {
    const kept = (await finish(await mfaTokenOf('hr'), await codeOf('acc-hr'))).as(tokenAnswer).access_token
    const hr = hub.client.withToken(kept)
    const other = (await finish(await mfaTokenOf('hr'), await codeOf('acc-hr'))).as(tokenAnswer)
    const [own] = (await hr.call('GET', '/v1/factors')).as(factorsAnswer).factors
    expect(own).toMatchObject({ kind: 'totp', label: 'TOTP', created_at: expect.any(String) })
    // Nobody else's.
    const officer = (await finish(await mfaTokenOf('officer'), await codeOf('acc-officer'))).as(tokenAnswer)
    expect((await hub.client.withToken(officer.access_token).call('DELETE', `/v1/factors/${own?.id}`)).status).toBe(404)
    expect((await hr.call('DELETE', `/v1/factors/${own?.id}`)).status).toBe(204)
    expect((await hub.client.withToken(other.access_token).call('GET', '/v1/me')).status).toBe(401)
    const refresh = { grant_type: 'refresh_token', refresh_token: other.refresh_token ?? '' }
    expect((await token(refresh)).code).toBe('invalid_grant')
    expect((await hr.call('GET', '/v1/factors')).as(factorsAnswer)).toMatchObject({
      factors: [],
      recovery_codes_left: 0,
    })
    await enrolTotp(hr, hub.passwordOf('hr'))
  })

  it('is asked for by the page that makes candidates’ links, which acts by password alone', async () => {
    const app = apps.get('officer')
    const make = (code: string) =>
      hub.client.call('POST', '/links?lang=en-US', {
        form: { account: 'officer@sandbox', password: hub.passwordOf('officer'), candidate: 'nobody', code },
      })
    expect((await make('')).text).toContain('two-step code is wrong')
    expect((await make(app?.next() ?? '')).text).toContain('no candidate with this number')
    await forgetTries()
  })

  it('keeps secret and recovery codes sealed', async () => {
    const row = await hub.hub.db.selectFrom('factor').selectAll().executeTakeFirstOrThrow()
    expect(row.sealed?.length).toBe(20 + 28)
    const hr = await hub.signIn('unverified')
    const { secret, codes } = await enrolTotp(hr, hub.passwordOf('unverified'))
    const everything = JSON.stringify([
      await hub.hub.db.selectFrom('factor').selectAll().execute(),
      await hub.hub.db.selectFrom('recovery_code').selectAll().execute(),
    ])
    for (const text of [secret, ...codes, ...codes.map((code) => code.replace('-', ''))])
      expect(everything).not.toContain(text)
  })
})

describe('a proof', () => {
  it('[ZP-94] is asked for before what takes more than a session, counts five minutes and for one session', async () => {
    await setPolicy('required')
    const plain = await hub.signIn('headhunter')
    expect(await guarded(plain)).toBe('second_factor_required')
    const { app } = await enrolTotp(plain, hub.passwordOf('headhunter'))
    expect(await guarded(plain)).toBe('done')
    const second = (await finish(await mfaTokenOf('headhunter'), app.next())).as(tokenAnswer).access_token
    await proofAge(5)
    expect(await guarded(plain)).toBe('second_factor_required')
    const client = hub.client.withToken(plain.token)
    expect((await client.call('GET', '/v1/step-up')).as(stepUpState)).toEqual({
      required: true,
      enrolled: true,
      accepted: ['totp', 'recovery'],
    })
    expect((await stepUp(client, '000000')).code).toBe('wrong_code')
    expect((await stepUp(client, app.next())).status).toBe(200)
    expect(await guarded(plain)).toBe('done')
    expect(await guarded({ token: second })).toBe('second_factor_required')
    await setPolicy(null)
  })

  it('is not asked for in a sandbox of whoever has no factor', async () => {
    expect(await guarded(await hub.signIn('admin'))).toBe('done')
  })
})

describe('an administrator', () => {
  it('[ZP-94] comes in with a factor only: without one the sign-in leads to enrolment first', async () => {
    const before = await hub.signIn('admin')
    await setPolicy('required')
    // A session of before ends when it is renewed.
    const renew = (refresh: string) => token({ grant_type: 'refresh_token', refresh_token: refresh })
    expect((await renew(before.refresh)).code).toBe('invalid_grant')
    const asked = await byPassword('admin')
    expect([asked.status, asked.code]).toEqual([403, 'mfa_enrolment_required'])
    const mfaToken = asked.as(problem).mfa_token ?? ''
    expect((await finish(mfaToken, '000000')).code).toBe('invalid_grant')
    const begin = await hub.client.call('POST', '/v1/oauth/mfa/enrolment', { form: { mfa_token: mfaToken } })
    const { secret } = begin.as(totpEnrolment)
    const app = authenticator(secret)
    expect((await finish(mfaToken, '000000')).code).toBe('wrong_code')
    const entered = (await finish(mfaToken, app.next())).as(tokenAnswer)
    expect(entered.recovery_codes).toHaveLength(10)
    const admin = hub.client.withToken(entered.access_token)
    expect((await renew(entered.refresh_token ?? '')).status).toBe(200)
    expect((await byPassword('admin')).code).toBe('mfa_required')
    // The last one stays.
    const renewed = (await finish(await mfaTokenOf('admin'), app.next())).as(tokenAnswer)
    const again = hub.client.withToken(renewed.access_token)
    const [own] = (await again.call('GET', '/v1/factors')).as(factorsAnswer).factors
    expect((await again.call('DELETE', `/v1/factors/${own?.id}`)).code).toBe('last_factor')
    expect((await admin.call('GET', '/v1/me')).status).toBe(401)
    await setPolicy(null)
  })

  it('takes a colleague’s factors away, which ends their sessions, and nobody else does', async () => {
    await setPolicy(null)
    await hub.hub.db.deleteFrom('factor').where('account_id', '=', 'acc-admin').execute()
    const admin = await hub.signIn('admin')
    const { app } = await enrolTotp(admin, hub.passwordOf('admin'))
    const hr = hub.client.withToken(
      (await finish(await mfaTokenOf('hr'), await codeOf('acc-hr'))).as(tokenAnswer).access_token,
    )
    const reset = (client: HubClient, id: string) => client.call('POST', `/v1/accounts/${id}/factors/reset`)
    expect((await reset(hr, 'acc-officer')).code).toBe('role')
    expect((await reset(admin, 'acc-admin')).code).toBe('own_account')
    await proofAge(6)
    expect((await reset(admin, 'acc-hr')).code).toBe('second_factor_required')
    await stepUp(admin, app.next())
    expect((await reset(admin, 'acc-nobody')).status).toBe(404)
    expect((await reset(admin, 'acc-hr')).status).toBe(204)
    expect((await hr.call('GET', '/v1/me')).status).toBe(401)
    expect((await byPassword('hr')).status).toBe(200)
  })
})

/** A recovery code, straight from the hub. */
const codeOf = async (accountId: string): Promise<string> => {
  await forgetTries()
  return (await renewRecoveryCodes(hub.hub, hub.hub.db, { employerId: 'emp-beichen', accountId })).at(0) ?? ''
}
