import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { statSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { acquireHomeLock } from '../../../../electron/core/store/home-lock.ts'
import { homePaths } from '../../../../electron/core/store/home-paths.ts'
import { errorCodeOf } from '../../../helpers/error-code.ts'
import { temporaryFolder } from '../../../helpers/temporary-folder.ts'

const script = `
  const { acquireHomeLock } = await import('./electron/core/store/home-lock.ts')
  acquireHomeLock(process.argv[1])
  console.log('held')
  setInterval(() => {}, 1000)`

describe('home.lock', () => {
  test('one process a home; a killed holder frees it', async () => {
    const home = temporaryFolder()
    const holder = spawn(process.execPath, ['--input-type=module', '-e', script, home], {
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    try {
      await once(holder.stdout, 'data')
      expect(errorCodeOf(() => acquireHomeLock(home))).toBe('E_IN_USE')
      acquireHomeLock(temporaryFolder()).release()
    } finally {
      holder.kill('SIGKILL')
      await once(holder, 'exit')
    }
    const lock = acquireHomeLock(home)
    expect(statSync(homePaths(home).lock).size).toBe(0)
    lock.release()
  })

  test('within one process too, and released it can be taken again', () => {
    const home = temporaryFolder()
    const lock = acquireHomeLock(home)
    expect(errorCodeOf(() => acquireHomeLock(home))).toBe('E_IN_USE')
    lock.release()
    acquireHomeLock(home).release()
  })
})
