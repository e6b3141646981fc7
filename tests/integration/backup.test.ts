import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { readEscrow, readEscrowSlots } from '../../electron/core/backup/escrow-file.ts'
import { idAt, slotStates, stateAt } from '../../electron/core/keys/slot-format.ts'
import { retentionHome, type RetentionHome } from '../helpers/retention-home.ts'

const backupsOf = (home: RetentionHome) => {
  if (home.core.account === null) throw new Error('nobody is signed in')
  return home.core.account.backups
}

/** A folder outside of the home, as on another drive. */
const driveOf = (home: RetentionHome): string => {
  const drive = join(home.home, '..', 'drive')
  mkdirSync(drive, { recursive: true })
  return drive
}

describe('a backup', () => {
  it('is a checked copy with its keys beside it, and nothing else is left in the folder', async () => {
    const home = await retentionHome()
    const job = await home.newJob()
    for (const name of ['林若曦', '赵无忌']) await home.intake(job, { name })
    const drive = driveOf(home)
    const made = await backupsOf(home).once(join(drive, 'one'))
    expect(made).toMatchObject({ candidates: 2, applications: 2, state: 'ready', sequence: 1 })
    expect(readdirSync(drive).sort()).toEqual(['one', 'one.keys'])
    const slots = readEscrowSlots(join(drive, 'one.keys'))
    expect(slots.map((slot) => stateAt(slot))).toEqual(slots.map(() => slotStates.live))
    expect(slots.map((slot) => idAt(slot))).toEqual(slots.map((slot) => idAt(slot)).toSorted())
    expect(readEscrow(join(drive, 'one.keys')).key.wraps.map(({ kind }) => kind)).toEqual(['recovery'])
  })

  it('[ZP-82] [QY-41] [MM-42] loses the key of a person in the moment of their destruction', async () => {
    const home = await retentionHome()
    const job = await home.newJob()
    for (const name of ['林若曦', '赵无忌']) await home.intake(job, { name })
    const drive = driveOf(home)
    await backupsOf(home).once(join(drive, 'one'))
    const other = await home.intake(await home.newJob(), { name: '苏未' })
    await backupsOf(home).once(join(drive, 'two'))
    await home.call('job.set_status', { id: job, status: 'closed' })
    home.passDays(7)
    expect(await home.runDue()).toBe(2)
    const states = (name: string) => readEscrowSlots(join(drive, `${name}.keys`)).map((slot) => stateAt(slot))
    expect(states('one')).toEqual([2, 2, 2, 2])
    expect(states('two').toSorted()).toEqual([1, 1, 2, 2, 2, 2])
    expect(other).toBeDefined()
    for (const body of await home.certificates())
      expect(body).toMatchObject({ left_behind: 0, counts: { backups_destroyed: 2 } })
  })

  it('out of reach is named on the certificate, and its key goes when the drive is back', async () => {
    const home = await retentionHome()
    const job = await home.newJob()
    await home.intake(job, { name: '林若曦' })
    const drive = driveOf(home)
    await backupsOf(home).once(join(drive, 'one'))
    const away = { files: ['one', 'one.keys'].map((name) => [name, readFileSync(join(drive, name))] as const) }
    rmSync(drive, { recursive: true })
    await home.call('job.set_status', { id: job, status: 'closed' })
    home.passDays(7)
    expect(await home.runDue()).toBe(1)
    expect(await home.certificates()).toMatchObject([{ left_behind: 1, counts: { backups_unreachable: 1 } }])
    mkdirSync(drive)
    for (const [name, bytes] of away.files) writeFileSync(join(drive, name), bytes)
    expect(readEscrowSlots(join(drive, 'one.keys')).map((slot) => stateAt(slot))).toEqual([1, 1])
    await home.runDue()
    expect(readEscrowSlots(join(drive, 'one.keys')).map((slot) => stateAt(slot))).toEqual([2, 2])
    expect(existsSync(join(drive, 'one'))).toBe(true)
  })

  it('counts its keys in the preview of a destruction, and says when it cannot be looked into', async () => {
    const home = await retentionHome()
    const { application } = await home.intake(await home.newJob(), { name: '林若曦' })
    const order = { application_ids: [application] }
    expect((await home.call('retention.preview', order)).counts).not.toHaveProperty('backups')
    const drive = driveOf(home)
    await backupsOf(home).once(join(drive, 'one'))
    await home.intake(await home.newJob(), { name: '赵无忌' })
    await backupsOf(home).once(join(drive, 'two'))
    const before = readFileSync(join(drive, 'one.keys'))
    // The person's key and the application's, beside each of the two.
    expect((await home.call('retention.preview', order)).counts).toMatchObject({ keys: 2, backups: 4 })
    expect(readFileSync(join(drive, 'one.keys')).equals(before)).toBe(true)
    rmSync(join(drive, 'two.keys'))
    expect((await home.call('retention.preview', order)).counts).toMatchObject({ backups: 2, backups_unreachable: 1 })
  })
})
