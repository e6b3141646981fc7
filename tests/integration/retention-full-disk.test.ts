import { spawnSync } from 'node:child_process'
import { rmSync, statfsSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { checkStore } from '../../electron/core/cli/check-store.ts'
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
