import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { JobId } from '../../electron/shared/domain/ids.ts'
import type { ParseOutcome } from '../../electron/shared/domain/intake.ts'
import { newLocalHome, openCoreHome, parsedFile, parserOf, passphrase, type CoreHome } from '../helpers/core-home.ts'

/** Folders that somebody chose: whatever is put there comes in by itself, once, and what is left there is known of. */
const folder = mkdtempSync(join(tmpdir(), 'candor-folders-'))
let whileReading = (): void => undefined
const parser = parserOf((_name, bytes) => {
  whileReading()
  const text = Buffer.from(bytes).toString('utf8')
  return text.startsWith('{') ? (JSON.parse(text) as ParseOutcome) : { quarantined: 'no_resume', detail: '' }
})
let core: CoreHome
let job: JobId
let chosen: string | null = null
const options = { parser, askPlace: () => Promise.resolve(chosen) }

const inbox = (name: string): string => {
  const path = join(folder, name)
  mkdirSync(path)
  return path
}
const put = (path: string, name: string): void => writeFileSync(path, JSON.stringify(parsedFile({ name })))
const watch = async (path: string, afterwards: 'leave' | 'move' | 'remove'): Promise<string> => {
  chosen = path
  const { id } = await core.call('folder.add', { job_id: job, afterwards, source: 'fair', origin: '春季招聘会' })
  if (id === null) throw new Error('no folder')
  return id
}
const registered = () =>
  core.core.account?.store.reader.get<{ n: number }>('SELECT count(*) AS n FROM registered_file')?.n ?? 0

beforeAll(async () => {
  core = await newLocalHome(folder, options)
  job = (await core.call('job.create', { title: 'x' })).id
})
afterAll(async () => {
  await core.stop('quit')
  rmSync(folder, { recursive: true, force: true })
})

describe('a watched folder', () => {
  it('[ZP-06] is none on install, needs a lawful origin, and is never the program’s own', async () => {
    expect((await core.call('folder.list', {})).items).toEqual([])
    const input = { job_id: job, source: 'fair' as const }
    expect(await core.codeOf('folder.add', input)).toBe('E_CONSENT')
    chosen = null
    expect(await core.call('folder.add', { job_id: job })).toEqual({ id: null })
    for (const path of [core.home, join(core.home, 'log'), join(core.home, '..'), join(folder, 'none')]) {
      chosen = path
      expect(await core.codeOf('folder.add', { job_id: job })).toBe('E_FILE')
    }
  })

  it('takes in what lies there and what comes, leaves it, and registers it as a plain copy', async () => {
    const path = inbox('leave')
    put(join(path, '甲.txt'), '留下甲')
    writeFileSync(join(path, '乱.txt'), 'nothing')
    for (const name of ['.hidden', '~$a.docx', 'b.pdf.crdownload']) writeFileSync(join(path, name), 'x')
    symlinkSync('/etc/hostname', join(path, 'link.txt'))
    const id = await watch(path, 'leave')
    expect(await core.call('folder.look', {})).toEqual({ read: 2 })
    put(join(path, '乙.txt'), '留下乙')
    expect(await core.call('folder.look', {})).toEqual({ read: 1 })
    expect(readdirSync(path)).toContain('甲.txt')
    expect(registered()).toBe(2)
    const { items } = await core.call('intake.runs', {})
    expect(items.filter(({ way }) => way === 'folder').map(({ counts }) => counts.imported)).toEqual([1, 1])
    expect(items.at(-1)).toMatchObject({ state: 'done', counts: { imported: 1, quarantined: 1 } })
    // After a restart nothing is read twice.
    await core.stop('quit')
    core = openCoreHome(core.home, options)
    await core.call('vault.unlock', { passphrase })
    await core.call('account.resume', { id: 'local' })
    expect(await core.call('folder.look', {})).toEqual({ read: 0 })
    expect((await core.call('folder.list', {})).items).toMatchObject([{ id, afterwards: 'leave', job_title: 'x' }])
    await core.call('folder.remove', { id })
    put(join(path, '丙.txt'), '留下丙')
    expect(await core.call('folder.look', {})).toEqual({ read: 0 })
  })

  it('moves what it took in, and knows where it lies then', async () => {
    const path = inbox('move')
    put(join(path, '丁.txt'), '移动丁')
    const before = registered()
    const id = await watch(path, 'move')
    await core.call('folder.look', {})
    expect(readdirSync(path)).toEqual(['Candor'])
    expect(readdirSync(join(path, 'Candor'))).toEqual(['丁.txt'])
    expect(registered()).toBe(before + 1)
    const { items } = await core.call('file.list', {})
    expect(items.find((item) => item.path === join(path, 'Candor', '丁.txt'))).toBeDefined()
    await core.call('folder.remove', { id })
  })

  it('removes what is in the vault by then, what it could not read among it', async () => {
    const path = inbox('remove')
    put(join(path, '戊.txt'), '移除戊')
    writeFileSync(join(path, '乱.txt'), 'other')
    const before = registered()
    const id = await watch(path, 'remove')
    await core.call('folder.look', {})
    expect(readdirSync(path)).toEqual([])
    expect(registered()).toBe(before)
    expect((await core.call('quarantine.list', {})).items).toHaveLength(2)
    await core.call('folder.remove', { id })
  })

  it('says why it takes nothing: gone, or its job is closed', async () => {
    const path = inbox('problem')
    const other = (await core.call('job.create', { title: 'y' })).id
    chosen = path
    const { id } = await core.call('folder.add', { job_id: other })
    await core.call('job.set_status', { id: other, status: 'closed' })
    put(join(path, '己.txt'), '无职己')
    await core.call('folder.look', {})
    expect((await core.call('folder.list', {})).items).toMatchObject([{ id, problem: 'job' }])
    expect(existsSync(join(path, '己.txt'))).toBe(true)
    await core.stop('quit')
    renameSync(path, join(folder, 'elsewhere'))
    core = openCoreHome(core.home, options)
    await core.call('vault.unlock', { passphrase })
    await core.call('account.resume', { id: 'local' })
    await core.call('folder.look', {})
    expect((await core.call('folder.list', {})).items).toMatchObject([{ id, problem: 'missing' }])
  })

  it('says how far it is, stops when somebody says so, and takes the rest with the next look', async () => {
    const path = inbox('stop')
    for (const name of ['一', '二', '三', '四', '五']) put(join(path, `${name}.txt`), `停下${name}`)
    whileReading = () => void core.call('folder.stop', {})
    const id = await watch(path, 'leave')
    const { read } = await core.call('folder.look', {})
    expect(read).toBeGreaterThan(0)
    expect(read).toBeLessThan(5)
    const states = async () => (await core.call('intake.runs', {})).items.map(({ state }) => state)
    expect((await states())[0]).toBe('stopped')
    expect(
      core.events.some(({ name, data }) => name === 'intake.progress' && (data as { total: number }).total === 5),
    ).toBe(true)
    whileReading = () => undefined
    expect(await core.call('folder.look', {})).toEqual({ read: 5 - read })
    expect((await states()).slice(0, 2)).toEqual(['done', 'stopped'])
    await core.call('folder.remove', { id })
  })
})
