import { spawnSync } from 'node:child_process'
import { chmodSync, existsSync, mkdirSync, readdirSync, renameSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished, vi } from 'vitest'
import { restoreBackup } from '../../electron/core/backup/restore-backup.ts'
import { rejectionCodeOf as codeOf } from '../helpers/error-code.ts'
import { startGenerousHub } from '../helpers/generous-hub.ts'
import { newHome } from '../helpers/core-home.ts'
import { day, monday, reopen, retentionHome, type RetentionHome } from '../helpers/retention-home.ts'
import { applicationChange, candidateChange, change, contactOf, jobChange } from '../helpers/sync-records.ts'
import { temporaryFolder } from '../helpers/temporary-folder.ts'
import { syncOnce } from '../../electron/core/accounts/session.ts'

const backupsOf = (home: Pick<RetentionHome, 'core'>) => {
  if (home.core.account === null) throw new Error('nobody is signed in')
  return home.core.account.backups
}

/** A home with a folder on another drive, chosen in the dialog. */
const withDrive = async () => {
  const home = await retentionHome()
  const drive = join(home.home, '..', 'drive')
  mkdirSync(drive)
  Object.assign(home.core, { askPlace: () => Promise.resolve(drive) })
  const settled = () =>
    vi.waitFor(async () => expect((await home.call('backup.status', {})).progress.state).not.toBe('running'), {
      timeout: 20_000,
      interval: 50,
    })
  return { home, drive, settled }
}

describe('the schedule', () => {
  it('is off until a folder is chosen, then makes one a day and keeps as many as it should', async () => {
    const { home, drive, settled } = await withDrive()
    await home.intake(await home.newJob(), { name: '林若曦' })
    expect(await home.call('backup.status', {})).toMatchObject({ every: 'off', folder: null, next_at: null, items: [] })
    expect(await home.codeOf('backup.set_schedule', { every: 'daily' })).toBe('E_CONFLICT')
    expect(await home.codeOf('backup.start', {})).toBe('E_CONFLICT')
    expect(await home.call('backup.choose_folder', {})).toEqual({ folder: drive })
    const byHand = join(drive, 'by-hand')
    await backupsOf(home).once(byHand)
    home.passDays(1)
    await home.call('backup.set_schedule', { every: 'daily', keep: 2 })
    await settled()
    for (let i = 0; i < 3; i += 1) {
      backupsOf(home).tick()
      await settled()
      // Nothing is due before the day is over.
      backupsOf(home).tick()
      await settled()
      home.passDays(1)
    }
    const { items } = await home.call('backup.status', {})
    expect(items.map(({ sequence, auto, place }) => [sequence, auto, place])).toEqual([
      [4, true, 'here'],
      [3, true, 'here'],
      [1, false, 'here'],
    ])
    expect(readdirSync(drive)).toHaveLength(6)
    const log = await home.call('ledger.list', { limit: 500 })
    expect(log.items.filter((row) => row.action === 'export')).toHaveLength(4)
    expect(await home.call('backup.remove', { id: items[0]?.id ?? '' })).toEqual({ result: 'removed' })
    expect(readdirSync(drive)).toHaveLength(4)
  })

  it('says what keeps it from a drive that is away, and goes on when it is back', async () => {
    const { home, drive, settled } = await withDrive()
    await home.call('backup.choose_folder', {})
    await home.call('backup.set_schedule', { every: 'weekly' })
    await settled()
    const [first] = (await home.call('backup.status', {})).items
    renameSync(drive, `${drive}-away`)
    home.passDays(7)
    backupsOf(home).tick()
    await settled()
    const away = await home.call('backup.status', {})
    expect(away).toMatchObject({ problem: 'E_DISK', items: [{ place: 'away' }] })
    // A try an hour later, not a minute.
    expect(away.next_at).toBeGreaterThan(home.time.wall)
    expect(await home.call('backup.remove', { id: first?.id ?? '' })).toEqual({ result: 'left' })
    renameSync(`${drive}-away`, drive)
    home.time.wall += 2 * 3_600_000
    backupsOf(home).tick()
    await settled()
    expect(await home.call('backup.status', {})).toMatchObject({ problem: null, items: [{ place: 'here' }, {}] })
  })

  it('tells a file that has gone from one that can be removed, and lets a person answer for it', async () => {
    const { home, drive } = await withDrive()
    const made = await backupsOf(home).once(join(drive, 'one'))
    expect(await home.codeOf('backup.forget', { id: made.id })).toBe('E_CONFLICT')
    for (const name of readdirSync(drive)) rmSync(join(drive, name))
    expect((await home.call('backup.status', {})).items).toMatchObject([{ place: 'missing' }])
    await home.call('backup.forget', { id: made.id })
    expect((await home.call('backup.status', {})).items).toEqual([])
    expect(await home.codeOf('backup.forget', { id: made.id })).toBe('E_NOT_FOUND')
  })
})

describe('a disk that does not take it', () => {
  it('leaves no half of a backup: full', async (context) => {
    const { home } = await withDrive()
    const small = temporaryFolder()
    const mount = spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=200k', 'tmpfs', small])
    if (mount.status !== 0) context.skip('this test mounts a small file system, which only root may')
    onTestFinished(() => void spawnSync('umount', ['-l', small]))
    await home.intake(await home.newJob(), { name: '林若曦' })
    expect(await codeOf(backupsOf(home).once(join(small, 'one')))).toBe('E_DISK')
    expect(readdirSync(small)).toEqual([])
    expect((await home.call('backup.status', {})).items).toEqual([])
    expect((await home.call('candidate.list', {})).total).toBe(1)
  })

  it('leaves no half of a backup: read-only', async (context) => {
    const { home, drive } = await withDrive()
    chmodSync(drive, 0o500)
    onTestFinished(() => chmodSync(drive, 0o700))
    if (process.getuid?.() === 0) context.skip('root writes everywhere')
    expect(await codeOf(backupsOf(home).once(join(drive, 'one')))).toBe('E_DISK')
    expect(readdirSync(drive)).toEqual([])
  })

  it('can be stopped on the way, and leaves nothing', async () => {
    const { home, drive } = await withDrive()
    const making = codeOf(backupsOf(home).once(join(drive, 'one')))
    backupsOf(home).cancel()
    expect(await making).toBe('E_CANCELLED')
    expect(readdirSync(drive)).toEqual([])
    expect(await codeOf(backupsOf(home).once(join(drive, 'two')))).toBe('none')
  })
})

describe('[ZP-82] a restore of an account with a hub', () => {
  it('asks first whom the hub has ended since, and says when nobody answered', async () => {
    const hub = await startGenerousHub()
    onTestFinished(() => hub.close())
    hub.put(
      jobChange('job-1'),
      candidateChange('c1', 1, { contact: contactOf('a1') }),
      applicationChange('a1', 'c1'),
      candidateChange('c2', 1, { contact: contactOf('a2') }),
      applicationChange('a2', 'c2'),
    )
    const folder = temporaryFolder()
    const home = await newHome(folder, { wall: () => monday, monotonic: () => 0 })
    onTestFinished(() => home.stop('quit').catch(() => undefined))
    await home.call('account.sign_in', { hub: hub.url, account: 'hr', password: 'x' })
    await syncOnce(home.core)
    const drive = join(folder, 'drive')
    mkdirSync(drive)
    const path = join(drive, 'one')
    await backupsOf(home).once(path)
    const long = new Date(monday - 60 * day).toISOString()
    hub.put({ ...change('deletion_notice', 'n1', 9, { candidate_id: 'c1', reason: 'account' }), at: long })
    const restored = await restoreBackup(home.core, path, { replace: true })
    expect(restored).toMatchObject({ people: 2, dropped: 0, hub: 'asked' })
    const left = () =>
      home.core.account?.store.reader.all('SELECT platform_id, life FROM candidate ORDER BY platform_id')
    // Ended sixty days ago by the hub's word: gone with a certificate before anybody could look.
    expect(left()).toEqual([{ platform_id: 'c2', life: 'live' }])
    expect((await home.call('certificate.list', {})).items).toMatchObject([{ reason: 'deletion_notice' }])
    hub.down = true
    expect(await restoreBackup(home.core, path, { replace: true })).toMatchObject({
      people: 1,
      dropped: 1,
      hub: 'silent',
    })
    expect(left()).toEqual([{ platform_id: 'c2', life: 'live' }])
    const [kept] = home.core.account?.store.reader.all<{ record_id: string }>('SELECT record_id FROM candidate') ?? []
    // Nobody could be asked, so nothing is shown in full until the hub has been.
    expect(await home.codeOf('candidate.reveal', { id: kept?.record_id, field: 'phone', reason: 'contact' })).toBe(
      'E_LEASE',
    )
  })
})

it('two programs cannot restore into one home', async () => {
  const { home, drive } = await withDrive()
  await backupsOf(home).once(join(drive, 'one'))
  expect(existsSync(join(drive, 'one'))).toBe(true)
  expect(await codeOf(reopen(home.home, home.time))).toBe('E_IN_USE')
})
