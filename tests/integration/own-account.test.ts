import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { syncOnce } from '../../electron/core/accounts/session.ts'
import { newHome, type CoreHome } from '../helpers/core-home.ts'
import { hubPeople, joinPassword } from '../helpers/hub-people.ts'
import { startSandboxHub, type SandboxHub } from '../helpers/sandbox-hub.ts'

const folder = mkdtempSync(join(tmpdir(), 'candor-own-'))
const login = 'own@join'
let hub: SandboxHub
let core: CoreHome
let staff: ReturnType<typeof hubPeople>
let own = ''

beforeAll(async () => {
  hub = await startSandboxHub({ seed: 10 })
  staff = hubPeople(hub, await hub.signIn('admin'))
  own = (await staff.joined(login)).id
  await staff.verify(own)
  core = await newHome(folder)
  await core.call('account.sign_in', { hub: hub.url, account: login, password: joinPassword })
  await syncOnce(core.core)
})
afterAll(async () => {
  await core.stop('quit')
  await hub.close()
  rmSync(folder, { recursive: true, force: true })
})

const access = () => core.call('account.access', {})
/** Signed in and used once, so that it was seen somewhere. */
const elsewhere = async () => {
  const client = await hub.client.signIn(login, joinPassword)
  await client.call('GET', '/v1/me')
  return client
}

describe('one’s own account', () => {
  it('[MM-39] sees where it is signed in, how each was opened, and ends one or all others, which then get nothing', async () => {
    const first = await elsewhere()
    const { sessions } = await access()
    const here = sessions.find((one) => one.current)
    expect(here).toMatchObject({ via: 'password', factor: 'none' })
    expect(here?.device).toBeDefined()
    expect(here?.created_at).toBeGreaterThan(0)
    const others = sessions.filter((one) => !one.current)
    expect(others.map((one) => one.network)).toContain('same')
    const [other] = others
    await core.call('account.end_session', { id: other?.id ?? '' })
    expect((await access()).sessions.map(({ id }) => id)).not.toContain(other?.id)
    const second = await elsewhere()
    const left = (await access()).sessions.length - 1
    expect(await core.call('account.end_other_sessions', {})).toEqual({ ended: left })
    expect((await access()).sessions.map((one) => one.current)).toEqual([true])
    for (const client of [first, second]) expect((await client.call('GET', '/v1/me')).status).toBe(401)
    const { items } = await core.call('ledger.list', { limit: 20 })
    expect(items.map((row) => row.detail)).toEqual(expect.arrayContaining(['session ended', `sessions ended ${left}`]))
  })

  it('changes its password by the rules, with the present one; every other session ends', async () => {
    const other = await elsewhere()
    const change = async (current: string, next: string): Promise<unknown> => {
      const answer = await core.router.call('account.change_password', { current, next })
      return answer.ok ? 'done' : answer.error.data['code']
    }
    expect(await change('not mine', 'a good set of words')).toBe('wrong_password')
    expect(await change(joinPassword, 'short')).toBe('password_short')
    expect(await change(joinPassword, 'own@join2027')).toBe('password_personal')
    expect((await other.call('GET', '/v1/me')).status).toBe(200)
    expect(await change(joinPassword, 'a good set of words')).toBe('done')
    expect((await other.call('GET', '/v1/me')).status).toBe(401)
    expect((await access()).sessions.map((one) => one.current)).toEqual([true])
  })
})
