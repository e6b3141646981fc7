import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { csvCell } from '../../electron/core/admin/csv-cell.ts'
import { syncOnce } from '../../electron/core/accounts/session.ts'
import { authenticator, type Authenticator } from '../helpers/authenticator.ts'
import { newHome, type CoreHome } from '../helpers/core-home.ts'
import { hubPeople, joinPassword, meOf } from '../helpers/hub-people.ts'
import { startSandboxHub, type SandboxHub } from '../helpers/sandbox-hub.ts'

const folder = mkdtempSync(join(tmpdir(), 'candor-admin-'))
const place = join(folder, 'saved')
let hub: SandboxHub
let admin: CoreHome
let staff: ReturnType<typeof hubPeople>
let app: Authenticator
/** Somebody who will have lost their phone. */
let colleague = ''

beforeAll(async () => {
  hub = await startSandboxHub({ seed: 20 })
  staff = hubPeople(hub, await hub.signIn('admin'))
  colleague = (await staff.joined('lostphone@join')).id
  admin = await newHome(folder, { askPlace: () => Promise.resolve(place) })
  await admin.call('account.sign_in', { hub: hub.url, account: 'admin@sandbox', password: hub.passwordOf('admin') })
  await syncOnce(admin.core)
}, 120_000)
afterAll(async () => {
  await admin.stop('quit')
  await hub.close()
  rmSync(folder, { recursive: true, force: true })
})

const people = () => admin.call('admin.people', {})
const personOf = async (id: string) => (await people()).items.find((one) => one.id === id)
/** Takes the proof of every session back, as its five minutes would. */
const forgetProofs = () => hub.hub.db.updateTable('sign_in').set({ proved_at: null }).execute()

describe('what an administrator does for others', () => {
  it('[ZP-40] saves the letter of an invitation, as text and as a page, and core writes it', async () => {
    expect(await admin.codeOf('admin.save_invitation', { as: 'txt', language: 'zh-CN' })).toBe('E_NOT_FOUND')
    const { link } = await admin.call('admin.invite', { role: 'hr', consent: false })
    expect(await admin.call('admin.save_invitation', { as: 'txt', language: 'zh-CN' })).toMatchObject({ written: true })
    const text = readFileSync(place, 'utf8')
    expect(text).toContain(link)
    expect(text).toContain('招聘专员')
    await admin.call('admin.save_invitation', { as: 'html', language: 'en-US' })
    const page = readFileSync(place, 'utf8')
    expect(page).toContain(`<a href="${link}">`)
    expect(page).not.toMatch(/<script/u)
  })

  it('[ZP-95] a right to a job ends on its own day, and of several jobs single ones are handed over', async () => {
    const { id, client } = await staff.joined('part@join')
    await staff.verify(id)
    const [first, second] = (await people()).jobs
    if (first === undefined || second === undefined) throw new Error('two jobs are needed')
    const until = Date.now() + 86_400_000
    const jobs = [{ job_id: first.id, until }, { job_id: second.id }]
    await admin.call('admin.change_person', { id, jobs })
    expect((await personOf(id))?.jobs?.find((one) => one.job_id === first.id)?.until).toBe(until)
    const owner = (await people()).items.find((one) => (one.owned?.length ?? 0) > 1)
    const [given, kept] = owner?.owned ?? []
    expect(owner?.own_jobs).toBe(owner?.owned?.length)
    const { jobs: moved } = await admin.call('admin.hand_over', {
      from: owner?.id ?? '',
      to: id,
      job_ids: [given?.id ?? ''],
    })
    expect(moved).toBe(1)
    const left = (await personOf(owner?.id ?? ''))?.owned?.map((one) => one.id)
    expect(left).not.toContain(given?.id)
    expect(left).toContain(kept?.id)
    expect((await personOf(id))?.owned?.map((one) => one.id)).toContain(given?.id)
    expect((await meOf(client)).status).toBe('active')
  })

  it('[ZP-101] saves of whom a lost device held a copy: numbers alone, and no cell that is a formula', async () => {
    const { items } = await admin.call('admin.devices', {})
    const device = items.find((one) => one.here)
    await admin.call('admin.save_holdings', { id: device?.id ?? '' })
    const rows = readFileSync(place, 'utf8').trimEnd().split('\r\n')
    expect(rows[0]).toBe('candidate_id')
    expect(rows.length - 1).toBe(device?.holds)
    expect(rows.slice(1).every((row) => /^[\w|.:-]+$/u.test(row))).toBe(true)
    expect(['=1+1', '+x', '-2', '@a', '\tb', 'a,b', 'c"d'].map(csvCell)).toEqual([
      "'=1+1",
      "'+x",
      "'-2",
      "'@a",
      "'\tb",
      '"a,b"',
      '"c""d"',
    ])
  })

  it('[ZP-94] requires a second factor of the enterprise only with one of one’s own, and takes it back only with a proof', async () => {
    const set = async (setting: 'required' | 'offered') => {
      const answer = await admin.router.call('admin.set_second_factor', { setting })
      return answer.ok ? 'done' : `${answer.error.code} ${String(answer.error.data['code'] ?? '')}`.trim()
    }
    expect((await people()).second_factor).toBe('offered')
    expect(await set('required')).toBe('E_CONFLICT no_factor')
    const begun = await admin.call('factor.begin', { password: hub.passwordOf('admin') })
    app = authenticator(begun.secret)
    await admin.call('factor.confirm', { id: begun.id, code: app.next() })
    expect(await set('required')).toBe('done')
    expect((await people()).second_factor).toBe('required')
    await forgetProofs()
    expect(await set('offered')).toMatch(/^E_SECOND_FACTOR/u)
    await admin.call('factor.prove', { code: app.next() })
    expect(await set('offered')).toBe('done')
  })

  it('[ZP-94] resets a colleague’s second factor with a proof, and asks for one before a workspace is closed', async () => {
    const id = colleague
    await forgetProofs()
    expect(await admin.codeOf('admin.reset_factors', { id })).toBe('E_SECOND_FACTOR')
    const { employer } = await admin.call('closing.view', {})
    const close = () => admin.core.account?.hub?.closeEmployer(employer)
    await expect(close()).rejects.toMatchObject({ code: 'E_SECOND_FACTOR' })
    await admin.call('factor.prove', { code: app.next() })
    expect(await admin.codeOf('admin.reset_factors', { id })).toBe('none')
    await hub.client.signIn('lostphone@join', joinPassword)
    // With it, what is asked next is whether anything is open.
    await expect(close()).rejects.toMatchObject({ code: 'E_CONFLICT' })
  })
})
