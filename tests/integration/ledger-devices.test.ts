import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it, onTestFinished } from 'vitest'
import { syncOnce } from '../../electron/core/accounts/session.ts'
import { newHome } from '../helpers/core-home.ts'
import { startSandboxHub } from '../helpers/sandbox-hub.ts'

it('[ZP-96] an officer sees how every device’s log stands, a recruiter does not', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'candor-devices-'))
  const hub = await startSandboxHub({ seed: 20 })
  const hr = await newHome(join(folder, 'hr'))
  const officer = await newHome(join(folder, 'officer'))
  onTestFinished(async () => {
    await hr.stop('quit')
    await officer.stop('quit')
    await hub.close()
    rmSync(folder, { recursive: true, force: true })
  })
  for (const [seat, role] of [
    [hr, 'hr'],
    [officer, 'officer'],
  ] as const) {
    await seat.call('account.sign_in', { hub: hub.url, account: `${role}@sandbox`, password: hub.passwordOf(role) })
    await syncOnce(seat.core)
  }
  const device = hr.core.vault?.ledger.deviceId
  const { hub: asked, items } = await officer.call('ledger.devices', {})
  expect(asked).toBe(true)
  const own = items.find((log) => log.device === device)
  expect(own).toMatchObject({ state: 'same', faults: 0, revoked: false })
  expect(own?.size).toBeGreaterThan(0)
  expect(hr.core.vault?.ledger.compareHead(own?.size ?? 0, own?.root ?? '')).not.toBe('conflict')
  expect(await hr.codeOf('ledger.devices', {})).toBe('E_ROLE')
})
