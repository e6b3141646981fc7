import { spawnSync } from 'node:child_process'
import { chmodSync, mkdirSync, readFileSync, rmSync, statfsSync, symlinkSync, writeFileSync } from 'node:fs'
import { createHash } from 'node:crypto'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { checkStore } from '../../electron/core/cli/check-store.ts'
import { aad } from '../../electron/core/keys/sealed-columns.ts'
import { sealBox } from '../../electron/core/keys/sealed-box.ts'
import { day, retentionHome, type RetentionHome } from '../helpers/retention-home.ts'
import { temporaryFolder } from '../helpers/temporary-folder.ts'

const account = (home: RetentionHome) => {
  if (home.core.account === null) throw new Error('nobody is signed in')
  return home.core.account
}

/** Leaves not one free block. */
const fill = (folder: string): string => {
  const path = join(folder, 'filler')
  writeFileSync(path, '')
  for (let block = 0; statfsSync(folder).bavail > 0; block += 1) {
    try {
      writeFileSync(path, Buffer.alloc(4096), { flag: 'a' })
    } catch {
      break
    }
  }
  return path
}

describe('on a disk without any space', () => {
  it('[ZP-82] the keys of what is due go all the same, the rest follows when there is space again', async (context) => {
    const folder = temporaryFolder()
    const mount = spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=3m', 'tmpfs', folder])
    if (mount.status !== 0) context.skip('this test mounts a small file system, which only root may')
    onTestFinished(() => void spawnSync('umount', ['-l', folder]))
    const home = await retentionHome({ folder })
    const job = await home.newJob()
    const { record } = await home.intake(job, { name: '林若曦', phone: '13800138000' })
    const kept = await home.intake(await home.newJob(), { name: '赵无忌' })
    await home.call('job.set_status', { id: job, status: 'closed' })
    const slots = account(home).store.reader.all<{ key_slot: string }>(
      `SELECT key_slot FROM candidate WHERE record_id = '${record}'
       UNION ALL SELECT key_slot FROM application WHERE record_id = '${record}'`,
    )
    const filler = fill(folder)
    home.time.wall += 7 * day
    expect(await home.runDue()).toBe(0)
    const { keystore, retention } = account(home)
    expect(retention.status()).toMatchObject({ state: 'failed', error: { code: 'E_DISK' } })
    expect(slots.map(({ key_slot: slot }) => keystore.state(slot))).toEqual(['destroyed', 'destroyed'])
    expect(home.count('candidate')).toBe(2)
    rmSync(filler)
    expect(await home.runDue()).toBe(1)
    expect(home.count('candidate')).toBe(1)
    expect(await home.certificates()).toMatchObject([{ counts: { resumes: 1, keys: 2 } }])
    expect((await checkStore(home.core, true)).ok).toBe(true)
    expect(await home.codeOf('candidate.get', { id: kept.record })).toBe('none')
    await home.stop('quit')
  })
})

describe('[D21] a plain copy outside', () => {
  const register = (home: RetentionHome, record: string, id: string, path: string, text: string): void => {
    const sealed = sealBox(
      home.core.vault?.keys.asideKey() ?? (undefined as never),
      aad('registered_file', 'sealed_path', id),
      Buffer.from(path),
    )
    account(home).store.db.run(
      `INSERT INTO registered_file (id, record_id, sealed_path, sha256, size, expires_at, state)
       VALUES (?, ?, ?, ?, ?, 0, 'present')`,
      id,
      record,
      sealed,
      createHash('sha256').update(text).digest('hex'),
      text.length,
    )
  }

  it('is overwritten and removed; one that was changed, moved, swapped or is out of reach is counted as left', async () => {
    const home = await retentionHome()
    const folder = temporaryFolder()
    const { record, application } = await home.intake(await home.newJob(), { name: '林若曦' })
    const path = (name: string): string => join(folder, name)
    for (const name of ['same', 'changed', 'target']) writeFileSync(path(name), name)
    for (const name of ['same', 'changed', 'moved', 'link']) register(home, record, name, path(name), name)
    writeFileSync(path('changed'), 'notes of the user')
    symlinkSync(path('target'), path('link'))
    mkdirSync(path('folder'))
    register(home, record, 'folder', path('folder'), 'folder')
    await home.call('retention.destroy_now', { application_ids: [application] })
    await home.runDue()
    const [body] = await home.certificates()
    expect(body).toMatchObject({ left_behind: 4, counts: { files_destroyed: 1, files_changed: 3, files_missing: 1 } })
    expect(() => readFileSync(path('same'))).toThrow('ENOENT')
    expect(readFileSync(path('changed'), 'utf8')).toBe('notes of the user')
    expect(readFileSync(path('target'), 'utf8')).toBe('target')
    expect(home.count('registered_file')).toBe(0)
  })

  it('on a file system that takes no writes is said to be out of reach', async (context) => {
    const home = await retentionHome()
    const folder = temporaryFolder()
    const mount = spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=1m', 'tmpfs', folder])
    if (mount.status !== 0) context.skip('this test mounts a file system read-only, which only root may')
    onTestFinished(() => void spawnSync('umount', ['-l', folder]))
    const { record, application } = await home.intake(await home.newJob(), { name: '林若曦' })
    const path = join(folder, 'copy')
    writeFileSync(path, 'copy')
    chmodSync(path, 0o400)
    spawnSync('mount', ['-o', 'remount,ro', folder])
    register(home, record, 'copy', path, 'copy')
    await home.call('retention.destroy_now', { application_ids: [application] })
    await home.runDue()
    expect(await home.certificates()).toMatchObject([{ left_behind: 1, counts: { files_unreachable: 1 } }])
    expect(readFileSync(path, 'utf8')).toBe('copy')
  })
})
