import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { syncOnce } from '../../electron/core/accounts/session.ts'
import { newHome, openCoreHome, passphrase, type CoreHome } from '../helpers/core-home.ts'
import { startGenerousHub, type GenerousHub } from '../helpers/generous-hub.ts'
import { applicationChange, candidateChange, change, contactOf, iso, jobChange } from '../helpers/sync-records.ts'

const day = 86_400_000
/** Friday, 5 March 2027, 09:00 in Asia/Shanghai; a year that the program does not know. */
const friday = Date.parse('2027-03-05T09:00+08:00')

let hub: GenerousHub
let core: CoreHome
let folder: string

const sync = async (): Promise<void> => {
  await syncOnce(core.core)
}
const end = (): { due_at: number; due_reason: string } | undefined =>
  core.core.account?.store.reader.get('SELECT due_at, due_reason FROM application')
const name = (more: Record<string, unknown>, rev = 1): void => {
  hub.put(change('calendar', 'cn-2027', rev, { year: 2027, off: [], work: [], ...more }))
}

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'candor-days-'))
  hub = await startGenerousHub()
  const recently = iso(friday - day)
  hub.put(
    jobChange('job-1', 1, { owner_id: 'acc-hr', opened_at: recently }),
    candidateChange('one', 1, { contact: contactOf('app-one') }),
    applicationChange('app-one', 'one', 1, { evidence_at: recently, at: recently }),
  )
  core = await newHome(folder, { wall: () => friday })
  await core.call('account.sign_in', { hub: hub.url, account: 'hr', password: 'x' })
  await sync()
  hub.put(change('lifecycle', 'life-1', 1, { subject: 'account', id: 'acc-hr', event: 'cancelled' }))
  await sync()
})
afterEach(async () => {
  await core.stop('quit')
  await hub.close()
  rmSync(folder, { recursive: true, force: true })
})

describe('the working day after which a cancelled account’s copies are gone', () => {
  it('[ZP-81] [QY-45] [D7] is the next weekday of a year whose holidays nobody named', () => {
    expect(end()?.due_reason).toBe('account_cancelled')
    expect(new Date(end()?.due_at ?? 0).toISOString().slice(0, 10)).toBe('2027-03-08')
  })

  it('[ZP-81] [D7] is counted anew once the hub names the year, and again when it corrects or takes back what it said', async () => {
    const before = end()?.due_at ?? 0
    name({ off: ['2027-03-08', '2027-03-09'] })
    await sync()
    expect(end()?.due_at).toBe(before + 2 * day)
    name({ off: ['2027-03-08'], work: ['2027-03-06'] }, 2)
    await sync()
    expect(end()?.due_at).toBe(before - 2 * day)
    hub.put(change('calendar', 'cn-2027', 3, undefined, 'delete'))
    await sync()
    expect(end()?.due_at).toBe(before)
  })

  it('is not moved by a year that no holiday could be, nor by another word for a year that the program knows', async () => {
    const before = end()?.due_at
    const weeks = Array.from({ length: 40 }, (_, i) => iso(friday + i * day).slice(0, 10)).filter(
      (date) => ![0, 6].includes(new Date(date).getUTCDay()),
    )
    name({ off: weeks })
    hub.put(change('calendar', 'cn-2026', 1, { year: 2026, off: [], work: [] }))
    await sync()
    expect(end()?.due_at).toBe(before)
    expect(core.core.profiles.calendar.isWorked(Date.parse('2026-10-01') / day)).toBe(false)
  })

  it('stays as it is counted after the program was closed and opened again', async () => {
    name({ off: ['2027-03-08'] })
    await sync()
    const counted = core.core.profiles.calendar.revision
    await core.stop('quit')
    core = openCoreHome(join(folder, 'home'), { wall: () => friday })
    await core.call('vault.unlock', { passphrase })
    expect(core.core.profiles.calendar.revision).toBe(counted)
  })
})
