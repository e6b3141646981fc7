import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import {
  chmodSync,
  copyFileSync,
  existsSync,
  linkSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  statfsSync,
  truncateSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished, type TestContext } from 'vitest'
import { registerFile } from '../../electron/core/retention/files/register-file.ts'
import { plainFiles, registerOf } from '../helpers/plain-files.ts'
import { day, hour, monday, type RetentionHome } from '../helpers/retention-home.ts'
import { temporaryFolder } from '../helpers/temporary-folder.ts'

/** Plain copies outside of the vault (D21), on real files: registered, found, destroyed on time, or said to be left. */

const states = async (home: RetentionHome) =>
  (await home.call('file.list', {})).items.map(({ state, problem }) =>
    problem === undefined ? state : `${state} ${problem}`,
  )

const mount = (context: TestContext, folder: string): void => {
  mkdirSync(folder, { recursive: true })
  const done = spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=1m', 'tmpfs', folder])
  if (done.status !== 0) context.skip('this test mounts a small file system, which only root may')
  onTestFinished(() => void spawnSync('umount', ['-l', folder]))
}

describe('[D21] a registered file', () => {
  it('[LG-23] goes at its own end, seven days at most, long before the person does, and stays on the certificate', async () => {
    const { home, at, register, destroy } = await plainFiles()
    register('short', 'one day', { expiresAt: monday + day })
    register('long', 'a year', { expiresAt: monday + 365 * day })
    home.time.wall += day
    await home.runDue()
    expect([existsSync(at('short')), existsSync(at('long'))]).toEqual([false, true])
    home.passDays(6)
    await home.runDue()
    expect(existsSync(at('long'))).toBe(false)
    expect(await states(home)).toEqual(['destroyed', 'destroyed'])
    expect((await home.call('file.list', {})).items.every(({ path }) => path === undefined)).toBe(true)
    const { items } = await home.call('ledger.list', { limit: 50 })
    expect(items.filter(({ action }) => action === 'destroyed').map(({ detail }) => detail)).toEqual([
      'file destroyed D21',
      'file destroyed D21',
    ])
    expect(await destroy()).toMatchObject({ left_behind: 0, counts: { files_destroyed: 2 } })
    expect(home.count('registered_file')).toBe(0)
  })

  it('[LG-23] is overwritten before it loses its name, so that a second name of it holds nothing either', async () => {
    const { home, at, register } = await plainFiles()
    register('copy', 'secret of the candidate')
    linkSync(at('copy'), at('second-name'))
    home.passDays(7)
    await home.runDue()
    expect(existsSync(at('copy'))).toBe(false)
    expect(readFileSync(at('second-name'))).toEqual(Buffer.alloc(23))
  })

  it('[LG-23] that was renamed, moved down or lies in a folder that was renamed is found by its bytes', async () => {
    const { folder, at, register, destroy } = await plainFiles()
    mkdirSync(at('a/b'), { recursive: true })
    mkdirSync(at('old'))
    register('renamed', 'one')
    register('moved', 'two')
    register('old/kept', 'three')
    renameSync(at('renamed'), at('other name.pdf'))
    renameSync(at('moved'), at('a/b/moved'))
    renameSync(at('old'), at('new'))
    writeFileSync(at('a/decoy'), 'owt')
    expect(await destroy()).toMatchObject({ left_behind: 0, counts: { files_destroyed: 3 } })
    expect(readdirSync(folder, { recursive: true }).sort()).toEqual(['a', 'a/b', 'a/decoy', 'new'])
  })

  it('[LG-23] that was changed is never touched: it is a task, and a certificate says that it is left', async () => {
    const { home, at, register, destroy } = await plainFiles()
    register('edited', 'resume')
    register('shorter', 'resume')
    writeFileSync(at('edited'), 'emuser')
    truncateSync(at('shorter'), 3)
    home.passDays(7)
    await home.runDue()
    expect(await states(home)).toEqual(['task changed', 'task changed'])
    expect(await home.call('file.counts', {})).toEqual({ outside: 2, tasks: 2 })
    expect(await destroy()).toMatchObject({ left_behind: 2, counts: { files_changed: 2 } })
    expect([readFileSync(at('edited'), 'utf8'), readFileSync(at('shorter'), 'utf8')]).toEqual(['emuser', 'res'])
    // The person is gone, the task is not; it names the certificate that had to leave the file behind.
    const { items } = await home.call('file.list', {})
    const [certificate] = await home.certificates()
    expect(items).toMatchObject([
      { state: 'task', problem: 'changed', certificate: certificate?.id },
      { state: 'task', problem: 'changed', certificate: certificate?.id },
    ])
    expect(items.some(({ record_id: record }) => record !== undefined)).toBe(false)
    await home.call('file.answer', { id: items[0]?.id ?? '', answer: 'other_file' })
    expect(home.count('registered_file')).toBe(1)
    const { items: entries } = await home.call('ledger.list', { limit: 5 })
    expect(entries.map(({ detail }) => detail)).toContain(`file said_other_file D21 ${certificate?.id}`)
  })

  it('[LG-23] that is missing is asked about; each answer stands in the log and on the certificate', async () => {
    const { home, at, register, destroy } = await plainFiles()
    const ids = ['a', 'b', 'c', 'd'].map((name) => register(name, `file ${name}`))
    const [gone = '', moved = '', other = '', open = ''] = ids
    expect(await home.codeOf('file.answer', { id: gone, answer: 'destroyed' })).toBe('E_CONFLICT')
    const elsewhere = join(realpathSync(temporaryFolder()), 'b')
    copyFileSync(at('b'), elsewhere)
    for (const name of ['a', 'b', 'c', 'd']) rmSync(at(name))
    home.passDays(7)
    await home.runDue()
    expect(await states(home)).toEqual(Array(4).fill('task missing'))
    await home.call('file.answer', { id: gone, answer: 'destroyed' })
    expect(await home.codeOf('file.answer', { id: gone, answer: 'destroyed' })).toBe('E_CONFLICT')
    expect(await home.codeOf('file.point_to', { id: moved })).toBe('E_CANCELLED')
    Object.assign(home.core, { askPlace: () => Promise.resolve(elsewhere) })
    await home.call('file.point_to', { id: moved })
    expect(existsSync(elsewhere)).toBe(false)
    expect(await home.codeOf('file.answer', { id: other, answer: 'handed_over' })).toBe('E_INPUT')
    expect(await home.codeOf('file.answer', { id: other, answer: 'other_file' })).toBe('E_CONFLICT')
    await home.call('file.answer', { id: other, answer: 'handed_over', legal_basis: 'contract' })
    expect(await home.codeOf('file.look_again', { id: open })).toBe('none')
    expect(await destroy()).toMatchObject({
      left_behind: 3,
      counts: { files_said_destroyed: 1, files_destroyed: 1, files_said_handed_over: 1, files_missing: 1 },
    })
    const { items } = await home.call('ledger.list', { limit: 100 })
    const said = items.flatMap(({ detail }) => (detail?.startsWith('file said') === true ? [detail] : []))
    expect(said.sort()).toEqual(['file said_destroyed D21', 'file said_handed_over contract D21'])
  })

  it('[LG-23] that is missing is not made up for by another of the same bytes, whose time has not come', async () => {
    const { home, at, register } = await plainFiles()
    register('first', 'same bytes', { expiresAt: monday + day })
    register('second', 'same bytes')
    rmSync(at('first'))
    home.time.wall += day
    await home.runDue()
    expect(existsSync(at('second'))).toBe(true)
    expect(await states(home)).toEqual(['task missing', 'present'])
  })

  it('[LG-23] that lies where it was is not answered away', async () => {
    const { home, at, register } = await plainFiles()
    const id = register('a', 'file a')
    renameSync(at('a'), join(home.home, '..', 'away'))
    home.passDays(7)
    await home.runDue()
    renameSync(join(home.home, '..', 'away'), at('a'))
    expect(await home.codeOf('file.answer', { id, answer: 'destroyed' })).toBe('E_CONFLICT')
    await home.call('file.look_again', { id })
    expect(existsSync(at('a'))).toBe(false)
  })

  it('[LG-23] is not looked for or answered before its time', async () => {
    const { home, at, register } = await plainFiles()
    const id = register('a', 'file a')
    expect(await home.codeOf('file.look_again', { id })).toBe('E_CONFLICT')
    expect(existsSync(at('a'))).toBe(true)
  })

  it('[LG-23] [QY-36] goes on time though a hold keeps the record', async () => {
    const { home, record, at, register } = await plainFiles()
    const { id } = await home.call('hold.request', { id: record, until: monday + 90 * day, reason: '仲裁' })
    await home.call('hold.decide', { id, status: 'granted', officer: '沈清' })
    register('a', 'file a')
    home.passDays(7)
    await home.runDue()
    expect(existsSync(at('a'))).toBe(false)
    expect(home.count('candidate')).toBe(1)
  })
})

describe('[D21] a file that cannot be reached', () => {
  it('[LG-23] on a file system that takes no writes is tried again, said, and not called destroyed', async (context) => {
    const { home, at, register, destroy } = await plainFiles()
    mount(context, at('disk'))
    register('disk/copy', 'resume')
    chmodSync(at('disk/copy'), 0o400)
    spawnSync('mount', ['-o', 'remount,ro', at('disk')])
    home.passDays(7)
    await home.runDue()
    expect(await states(home)).toEqual(['retry read_only'])
    expect(await destroy()).toMatchObject({ left_behind: 1, counts: { files_unreachable: 1 } })
    expect(readFileSync(at('disk/copy'), 'utf8')).toBe('resume')
    spawnSync('mount', ['-o', 'remount,rw', at('disk')])
    home.time.wall += 2 * hour
    await home.runDue()
    expect(existsSync(at('disk/copy'))).toBe(false)
    expect(home.count('registered_file')).toBe(0)
    const [certificate] = await home.certificates()
    const { items } = await home.call('ledger.list', { limit: 5 })
    expect(items.map(({ detail }) => detail)).toContain(`file destroyed D21 ${certificate?.id}`)
  })

  it('[LG-23] on a drive that was removed waits for the drive, and nobody is asked where it is', async (context) => {
    const { home, at, register, destroy } = await plainFiles()
    mount(context, at('usb'))
    register('usb/copy', 'resume')
    const kept = join(home.home, '..', 'kept')
    spawnSync('mount', ['--move', at('usb'), (mkdirSync(kept), kept)])
    onTestFinished(() => void spawnSync('umount', ['-l', kept]))
    if (existsSync(at('usb/copy'))) context.skip('a mount cannot be moved here')
    home.passDays(7)
    await home.runDue()
    expect(await states(home)).toEqual(['retry volume_away'])
    expect(await destroy()).toMatchObject({ left_behind: 1, counts: { files_unreachable: 1 } })
    spawnSync('mount', ['--move', kept, at('usb')])
    home.time.wall += 2 * hour
    await home.runDue()
    expect(existsSync(at('usb/copy'))).toBe(false)
    expect(home.count('registered_file')).toBe(0)
  })

  it('[LG-23] on a disk without space is destroyed all the same', async (context) => {
    const { at, register, destroy } = await plainFiles()
    mount(context, at('disk'))
    register('disk/copy', 'resume')
    while (statfsSync(at('disk')).bavail > 0) {
      try {
        writeFileSync(at('disk/filler'), Buffer.alloc(4096), { flag: 'a' })
      } catch {
        break
      }
    }
    expect(await destroy()).toMatchObject({ left_behind: 0, counts: { files_destroyed: 1 } })
    expect(existsSync(at('disk/copy'))).toBe(false)
  })

  it('[LG-23] that another program runs is tried again', async (context) => {
    const { home, record, at } = await plainFiles()
    copyFileSync('/bin/sleep', at('tool'))
    chmodSync(at('tool'), 0o700)
    const running = spawn(at('tool'), ['60'])
    onTestFinished(() => void running.kill())
    await once(running, 'spawn')
    if (process.platform !== 'linux') context.skip('only here does a running program keep its file from writers')
    registerFile(registerOf(home), { recordId: record, applicationId: null, path: at('tool') })
    home.passDays(7)
    await home.runDue()
    expect(await states(home)).toEqual(['retry open_elsewhere'])
    running.kill()
    await once(running, 'exit')
    home.time.wall += hour
    await home.runDue()
    expect(existsSync(at('tool'))).toBe(false)
  })

  it('[LG-23] that cannot be unlinked is emptied, and its name goes later', async (context) => {
    const { home, at, register } = await plainFiles()
    mkdirSync(at('locked'))
    register('locked/copy', 'resume')
    if (spawnSync('chattr', ['+i', at('locked')]).status !== 0) context.skip('this file system has no such flag')
    onTestFinished(() => void spawnSync('chattr', ['-i', at('locked')]))
    home.passDays(7)
    await home.runDue()
    expect(await states(home)).toEqual(['retry read_only'])
    expect(readFileSync(at('locked/copy'))).toEqual(Buffer.alloc(6))
    spawnSync('chattr', ['-i', at('locked')])
    home.time.wall += hour
    await home.runDue()
    expect(readdirSync(at('locked'))).toEqual([])
    expect(await states(home)).toEqual(['destroyed'])
  })
})
