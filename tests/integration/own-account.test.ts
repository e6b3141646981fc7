import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { syncOnce } from '../../electron/core/accounts/session.ts'
import { ownLogPage } from '../../electron/shared/domain/own-data.ts'
import { newHome, type CoreHome } from '../helpers/core-home.ts'
import { hubPeople, joinPassword } from '../helpers/hub-people.ts'
import { startSandboxHub, type SandboxHub } from '../helpers/sandbox-hub.ts'

const folder = mkdtempSync(join(tmpdir(), 'candor-own-'))
const login = 'own@join'
let hub: SandboxHub
let core: CoreHome
let staff: ReturnType<typeof hubPeople>
let own = ''
let password = joinPassword
/** What the person answers in the system's own dialog. */
let place: string | null = null

/** Columns of the hub that name an account and are told on its own page. */
const told = [
  'access_alarm.account_id',
  'approval_deputy.approver_id',
  'approval_deputy.deputy_id',
  'device.account_id',
  'employer.officer_id',
  'factor.account_id',
  'holding.account_id',
  'sign_in.ended_by',
  'filing.account_id',
  'job_member.account_id',
  'log_leaf.account_id',
  'recovery_code.account_id',
  'session.account_id',
  'sign_in.account_id',
  'sign_in_alarm.account_id',
]
const atWork = 'what it did at work, told line by line in its log'
const passing = 'a secret of minutes or hours that says nothing about a person'
const untold: Readonly<Record<string, string>> = {
  'access_alarm.decided_by': atWork,
  'candidate_link.created_by': atWork,
  'candidate_link.ended_by': atWork,
  'closing.asked_by': atWork,
  'content_look.account_id': atWork,
  'closing.confirmed_by': atWork,
  'cross_border.by_account': atWork,
  'outbox_item.account_id': atWork,
  'subject.account_id': atWork,
  'log_fault.account_id': atWork,
  'device_grant.account_id': passing,
  'factor_ticket.account_id': passing,
  'factor_try.account_id': passing,
  'idempotency_key.account_id': passing,
  'password_link.account_id': passing,
  'invitation_token.account_id': 'by which invitation it joined; the address of it went when it did',
}

beforeAll(async () => {
  hub = await startSandboxHub({ seed: 10 })
  staff = hubPeople(hub, await hub.signIn('admin'))
  own = (await staff.joined(login)).id
  await staff.verify(own)
  core = await newHome(folder, { askPlace: () => Promise.resolve(place) })
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
  const client = await hub.client.signIn(login, password)
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
    password = 'a good set of words'
    expect((await other.call('GET', '/v1/me')).status).toBe(401)
    expect((await access()).sessions.map((one) => one.current)).toEqual([true])
  })

  it('[QY-39] [QY-28] reads all that is held about its person and how it was verified, and takes it along with its log', async () => {
    const { items } = await core.call('candidate.list', { limit: 5 })
    const [someone] = items
    await core.call('candidate.get', { id: someone?.id ?? '' })
    await syncOnce(core.core)
    const { here, hub: held } = await core.call('account.own_data', {})
    expect(here).toMatchObject({ name: login, employer: held?.account.agency ?? here.employer })
    expect(held?.account).toMatchObject({ id: own, login, name: `同事 ${login}`, role: 'hr', status: 'active' })
    expect(held?.verification).toMatchObject({ real_name_method: 'in_person', employment_method: 'admin_vouches' })
    expect(held?.verification.consent_at).toBeDefined()
    expect(held?.sign_ins.length).toBeGreaterThan(3)
    expect(held?.sign_ins.some((one) => one.ended_by === 'workstation')).toBe(true)
    expect(held?.devices).toHaveLength(1)
    expect(held?.log.entries).toBeGreaterThan(0)
    place = join(folder, 'mine.json')
    const { written, size } = await core.call('account.save_own_data', {})
    const text = readFileSync(place, 'utf8')
    expect([written, size]).toEqual([true, Buffer.byteLength(text)])
    const document = JSON.parse(text) as { format: string; hub: unknown; log: { action: string; device: string }[] }
    expect(document.format).toBe('candor-own-data/1')
    expect(document.hub).toMatchObject({ account: { id: own } })
    const actions = document.log.map(({ action }) => action)
    expect(actions).toEqual(expect.arrayContaining(['sign_in', 'view']))
    // Whom it was about is not the reader's own datum.
    for (const secret of [someone?.id ?? '-', 'subject', 'nonce', joinPassword, 'password_hash']) {
      expect(text).not.toContain(secret)
    }
    place = null
    expect(await core.codeOf('account.save_own_data', {})).toBe('E_CANCELLED')
  })

  it('[QY-28] gets the lines of its other devices too, page by page, and nobody else’s', async () => {
    const client = await elsewhere()
    const { entries } = (await client.call('GET', '/v1/me/log')).as(ownLogPage)
    expect(entries.length).toBeGreaterThan(0)
    const stranger = await hub.signIn('hr')
    expect((await stranger.call('GET', '/v1/me/log')).as(ownLogPage).entries).toEqual([])
    expect((await stranger.call('GET', '/v1/me/data')).text).not.toContain(login)
  })

  it('[ZP-40] corrects its title and keeps it to itself again', async () => {
    const title = async () => (await core.call('account.own_data', {})).hub?.account.title
    await core.call('account.set_title', { title: '招聘经理' })
    expect(await title()).toBe('招聘经理')
    await core.call('account.set_title', { title: null })
    expect(await title()).toBeUndefined()
  })

  it('every column of the hub that names an account is told to its person, or says why not', async () => {
    const { rows } = await sql<{ place: string }>`select table_name || '.' || column_name as place
      from information_schema.columns where table_schema = 'public' and (column_name like '%account%'
      or column_name like '%_by' or column_name like 'by!_%' escape '!' or column_name like 'deputy%' or column_name like 'approver%'
      or column_name like 'officer_id')`.execute(hub.hub.db)
    expect(rows.map((row) => row.place).sort()).toEqual([...told, ...Object.keys(untold)].sort())
  })
})
