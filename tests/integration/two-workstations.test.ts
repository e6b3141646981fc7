import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { syncOnce } from '../../electron/core/accounts/session.ts'
import { newHome, type CoreHome } from '../helpers/core-home.ts'
import { startSandboxHub, type SandboxHub } from '../helpers/sandbox-hub.ts'

const folders = [mkdtempSync(join(tmpdir(), 'candor-desk-a-')), mkdtempSync(join(tmpdir(), 'candor-desk-b-'))] as const
const password = 'wide meadow seven'

let hub: SandboxHub
/** The administrator's workstation, and the one of somebody who is invited. */
let admin: CoreHome
let desk: CoreHome
beforeAll(async () => {
  hub = await startSandboxHub({ seed: 20 })
  admin = await newHome(folders[0])
  desk = await newHome(folders[1])
  await admin.call('account.sign_in', { hub: hub.url, account: 'admin@sandbox', password: hub.passwordOf('admin') })
  await syncOnce(admin.core)
})
afterAll(async () => {
  await admin.stop('quit')
  await desk.stop('quit')
  await hub.close()
  for (const folder of folders) rmSync(folder, { recursive: true, force: true })
})

const candidates = async (): Promise<number> => (await desk.call('candidate.list', {})).total
const synced = (home: CoreHome): Promise<void> => syncOnce(home.core)

/** Joins by the page of the link, as a person would on a phone. */
const joinBy = async (link: string, login: string): Promise<void> => {
  const answer = await hub.client.call('POST', new URL(link).pathname, { form: { name: '周岚', login, password } })
  expect(answer.status).toBe(200)
  expect((await hub.client.call('POST', `${new URL(link).pathname}/consent`)).status).toBe(200)
}

describe('two workstations and a hub', () => {
  let account = ''
  /** A record that was open on the desk. */
  let someone = ''

  it('[ZP-40] [ZP-39] invite, join, and nothing of anybody before the check', async () => {
    const { link } = await admin.call('admin.invite', { role: 'hr', consent: false })
    await joinBy(link, 'zhou@join')
    await desk.call('account.sign_in', { hub: hub.url, account: 'zhou@join', password })
    await synced(desk)
    expect(await desk.codeOf('candidate.list', {})).toBe('E_UNVERIFIED')
    const { items } = await admin.call('admin.people', {})
    const joined = items.find((one) => one.login === 'zhou@join')
    expect(joined).toMatchObject({ role: 'hr', status: 'active', devices: 1, sessions: 1 })
    account = joined?.id ?? ''
    const { items: invitations } = await admin.call('admin.invitations', {})
    expect(invitations.map((one) => one.status)).toContain('accepted')
  })

  it('[MM-07] verify, sync and work; each step stands in the administrator’s log', async () => {
    await admin.call('admin.change_person', {
      id: account,
      real_name: { method: 'in_person', written_consent: false },
      employment: { method: 'admin_vouches' },
    })
    await synced(desk)
    expect(await candidates()).toBeGreaterThan(0)
    const { items } = await admin.call('ledger.list', { limit: 50 })
    expect(items.filter((row) => row.action === 'policy_change').map((row) => row.detail)).toEqual(
      expect.arrayContaining([`account ${account} verification`, 'invitation hr']),
    )
  })

  it('[MM-15] an employment withdrawn ends the session and locks what is here; a new check opens it again', async () => {
    const had = await candidates()
    await admin.call('admin.change_person', { id: account, employment: null })
    await expect(synced(desk)).rejects.toMatchObject({ code: 'E_UNVERIFIED' })
    await desk.core.changing
    expect(await desk.codeOf('candidate.list', {})).toBe('E_UNVERIFIED')
    await admin.call('admin.change_person', { id: account, employment: { method: 'company_mail' } })
    await desk.call('account.sign_in', { hub: hub.url, account: 'zhou@join', password })
    await synced(desk)
    expect(await candidates()).toBe(had)
  })

  it('asks for an approval and gets it at the next sync', async () => {
    const { items } = await desk.call('candidate.list', { limit: 50 })
    const id = items[0]?.id
    if (id === undefined) throw new Error('nobody to ask for')
    someone = id
    await desk.call('hold.request', { id, until: Date.now() + 30 * 86_400_000, reason: '劳动仲裁' })
    await synced(admin)
    const { items: holds } = await admin.call('hold.list', {})
    const asked = holds.find((one) => one.state === 'pending')
    await admin.call('hold.decide', { id: asked?.id ?? '', status: 'granted' })
    await synced(desk)
    const { items: mine } = await desk.call('hold.list', {})
    expect(mine.find((one) => one.id === asked?.id)?.state).toBe('active')
  })

  it('[ZP-95] hands jobs over: the colleague keeps working, and the people of these jobs go from here', async () => {
    const { jobs } = await admin.call('admin.people', {})
    const [one] = jobs
    if (one === undefined) throw new Error('no job')
    await admin.call('admin.change_person', { id: account, jobs: [{ job_id: one.id }] })
    await synced(desk)
    const narrowed = await candidates()
    expect(narrowed).toBeGreaterThan(0)
    const { jobs: moved } = await admin.call('admin.hand_over', { from: account, to: 'acc-hr' })
    expect(moved).toBe(1)
    await synced(desk)
    const left = (await desk.call('candidate.list', { limit: 100 })).items
    expect(left.filter((row) => row.life === 'live')).toEqual([])
  })

  it('[ZP-101] revokes the device: told what was on it by number, and it wipes itself at its next contact', async () => {
    const { items } = await admin.call('admin.devices', {})
    const device = items.find((one) => one.account === '周岚')
    expect(device).toMatchObject({ revoked: false, here: false })
    const { held } = await admin.call('admin.revoke_device', { id: device?.id ?? '' })
    // What was handed over is locked and still on the disk until its clock ends.
    expect(held.length).toBeGreaterThan(0)
    expect(held.length).toBe(device?.holds)
    await expect(synced(desk)).rejects.toMatchObject({ code: 'E_REVOKED' })
    await desk.core.changing
    const input = { id: someone, field: 'phone', reason: 'contact' }
    expect(await desk.codeOf('candidate.reveal', input)).toBe('E_SESSION')
    expect(await desk.codeOf('candidate.list', {})).toBe('E_SESSION')
    await admin.call('admin.change_person', { id: account, status: 'revoked' })
    expect(await desk.codeOf('account.sign_in', { hub: hub.url, account: 'zhou@join', password })).toBe('E_REVOKED')
  })
})
