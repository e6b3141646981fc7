import { existsSync, mkdirSync, realpathSync, rmSync, truncateSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it, onTestFinished } from 'vitest'
import { syncOnce } from '../../electron/core/accounts/session.ts'
import { unlock } from '../../electron/core/accounts/system-handlers.ts'
import { restoreBackup, restoreIntoNewHome } from '../../electron/core/backup/restore-backup.ts'
import { renewRecoveryCode } from '../../electron/core/keys/kek-file.ts'
import { newHome, openCoreHome, passphrase, type CoreHome } from '../helpers/core-home.ts'
import { startGenerousHub } from '../helpers/generous-hub.ts'
import { plainFiles } from '../helpers/plain-files.ts'
import { day, monday, quickParser, reopen } from '../helpers/retention-home.ts'
import { applicationChange, candidateChange, change, contactOf, jobChange } from '../helpers/sync-records.ts'
import { temporaryFolder } from '../helpers/temporary-folder.ts'

/** What came after a backup is not asked about again, and nobody looks before the hub was asked. */

const quick = { memory_kib: 64, passes: 1, parallelism: 1 }
const renew = (home: string) => renewRecoveryCode({ dir: home, secret: { passphrase }, kdf: quick })

const backUp = async (home: CoreHome): Promise<string> => {
  const drive = join(home.home, '..', 'drive')
  mkdirSync(drive)
  const path = join(realpathSync(drive), 'one')
  await home.core.account?.backups.once(path)
  return path
}
/** Takes the backup into a machine that knows nothing, and unlocks it. */
const onNewMachine = async (path: string, recoveryCode: string, wall: () => number) => {
  const core = openCoreHome(join(temporaryFolder(), 'home'), { parser: quickParser, wall, monotonic: () => 0 })
  onTestFinished(() => core.stop('quit').catch(() => undefined))
  await core.call('notice.answer', { choice: 'accept' })
  const { kek, homeId } = await restoreIntoNewHome(core.core, { path, recoveryCode, passphrase, kdf: quick })
  const { restored } = await unlock(core.core, kek, homeId)
  return { core, restored }
}
const states = async (home: Pick<CoreHome, 'call'>) =>
  (await home.call('file.list', {})).items.map(({ state, problem, answer }) => [state, problem, answer])

it('[D21] nobody is asked again about a plain file that was over after the backup, though the store itself is lost', async () => {
  const { home, at, register, application } = await plainFiles()
  register('destroyed', 'one', { expiresAt: monday + day })
  register('said', 'two', { expiresAt: monday + day })
  register('open', 'three')
  const path = await backUp(home)
  rmSync(at('said'))
  home.passDays(1)
  await home.runDue()
  const { items } = await home.call('file.list', {})
  const task = items.find(({ problem }) => problem === 'missing')
  await home.call('file.answer', { id: task?.id ?? '', answer: 'destroyed' })
  await home.stop('quit')
  truncateSync(home.core.home.account('local').store, 5000)
  const next = await reopen(home.home, home.time, { signIn: false })
  onTestFinished(() => next.stop('quit').catch(() => undefined))
  await restoreBackup(next.core, path, { replace: true })
  await next.call('account.resume', { id: 'local' })
  await next.runDue()
  expect((await states(next)).toSorted()).toEqual([
    ['answered', undefined, 'destroyed'],
    ['destroyed', undefined, undefined],
    ['present', undefined, undefined],
  ])
  expect(existsSync(at('open'))).toBe(true)
  // The certificate counts each as what it was.
  await next.call('retention.destroy_now', { application_ids: [application] })
  await next.runDue()
  expect((await next.certificates()).at(0)).toMatchObject({ counts: { files_destroyed: 2, files_said_destroyed: 1 } })
})

it('[D21] a file of somebody destroyed after the backup is no task of anybody', async () => {
  const { home, register, destroy } = await plainFiles()
  register('copy', 'one')
  const path = await backUp(home)
  await destroy()
  await home.stop('quit')
  truncateSync(home.core.home.account('local').store, 0)
  const next = await reopen(home.home, home.time, { signIn: false })
  onTestFinished(() => next.stop('quit').catch(() => undefined))
  await restoreBackup(next.core, path, { replace: true })
  await next.call('account.resume', { id: 'local' })
  await next.runDue()
  expect(await states(next)).toEqual([])
})

it('[D21] another machine asks nobody where the files of the first one are, and destroys one that lies there', async () => {
  const { home, at, register } = await plainFiles()
  register('elsewhere', 'one')
  register('brought', 'two')
  const { recoveryCode } = await renew(home.home)
  const path = await backUp(home)
  await home.stop('quit')
  rmSync(at('elsewhere'))
  // The disk was copied: another number of the file, the same bytes.
  rmSync(at('brought'))
  writeFileSync(at('brought'), 'two')
  let wall = home.time.wall
  const { core } = await onNewMachine(path, recoveryCode, () => wall)
  wall += 7 * day
  await core.call('account.resume', { id: 'local' })
  await core.core.account?.retention.runDue()
  expect(existsSync(at('brought'))).toBe(false)
  expect(await states(core)).toEqual([
    ['retry', 'volume_away', undefined],
    ['destroyed', undefined, undefined],
  ])
  expect(await core.call('file.counts', {})).toEqual({ outside: 1, tasks: 0 })
})

it('[ZP-82] on a new machine nobody gets in before the hub was asked whom it has ended since', async () => {
  const hub = await startGenerousHub()
  onTestFinished(() => hub.close())
  hub.put(
    jobChange('job-1'),
    candidateChange('c1', 1, { contact: contactOf('a1') }),
    applicationChange('a1', 'c1'),
    candidateChange('c2', 1, { contact: contactOf('a2') }),
    applicationChange('a2', 'c2'),
  )
  const home = await newHome(temporaryFolder(), { wall: () => monday, monotonic: () => 0 })
  onTestFinished(() => home.stop('quit').catch(() => undefined))
  const signIn = { hub: hub.url, account: 'hr', password: 'x' }
  await home.call('account.sign_in', signIn)
  await syncOnce(home.core)
  const { recoveryCode } = await renew(home.home)
  const path = await backUp(home)
  await home.stop('quit')
  const ended = new Date(monday - 60 * day).toISOString()
  hub.put({ ...change('deletion_notice', 'n1', 9, { candidate_id: 'c1', reason: 'account' }), at: ended })
  hub.down = true
  const { core, restored } = await onNewMachine(path, recoveryCode, () => monday)
  expect(restored).toMatchObject([{ people: 2, hub: 'silent' }])
  const [{ id } = { id: '' }] = core.core.vault?.accounts.list() ?? []
  // Without the hub there is no way in: the sign-in did not travel in the backup.
  expect(await core.codeOf('account.resume', { id })).toBe('E_SIGN_IN')
  expect(await core.codeOf('account.sign_in', signIn)).not.toBe('none')
  expect(await core.codeOf('candidate.list', {})).toBe('E_SESSION')
  hub.down = false
  const seen: unknown[] = []
  // The sync after a sign-in is somebody else's step: what is here right after it is what anybody could see first.
  await core.call('account.sign_in', signIn)
  seen.push(...(core.core.account?.store.reader.all('SELECT platform_id, life FROM candidate') ?? []))
  expect(seen).toEqual([{ platform_id: 'c2', life: 'live' }])
  expect((await core.call('certificate.list', {})).items).toMatchObject([{ reason: 'deletion_notice' }])
  const [kept] = core.core.account?.store.reader.all<{ record_id: string }>('SELECT record_id FROM candidate') ?? []
  const reveal = { id: kept?.record_id, field: 'phone', reason: 'contact' }
  expect(await core.codeOf('candidate.reveal', reveal)).toBe('E_LEASE')
  await syncOnce(core.core)
  expect(await core.codeOf('candidate.reveal', reveal)).toBe('none')
})
