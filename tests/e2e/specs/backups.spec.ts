import { mkdirSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { AxeBuilder } from '@axe-core/playwright'
import type { ElectronApplication, Page } from '@playwright/test'
import { expect, test } from '../fixtures/index.ts'
import { passphrase, Workstation } from '../pages/workstation.ts'

/** What the person answers in the system's own dialog. */
const choose = (app: ElectronApplication, path: string): Promise<void> =>
  app.evaluate(({ dialog }, filePath) => {
    dialog.showOpenDialog = () => Promise.resolve({ canceled: false, filePaths: [filePath] })
  }, path)

const findings = async (page: Page): Promise<string[]> => {
  const { violations } = await new AxeBuilder({ page }).setLegacyMode().analyze()
  return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target.join(' ')).join(', ')}`)
}

test('[ZP-82] a backup is made, listed and restored in the window, and opens on a new machine', async ({ launch }) => {
  test.setTimeout(240_000)
  const first = await launch()
  const desk = new Workstation(first.page)
  const code = await desk.setUp()
  await desk.by('local-name').fill('林岚')
  await desk.by('local-employer').fill('北辰科技')
  await desk.by('local-officer').fill('沈清')
  await desk.by('workspace-local').click()
  await desk.by('nav-settings').waitFor({ timeout: 60_000 })
  await desk.open('settings')
  const drive = join(first.home, '..', `drive-${Date.now()}`)
  mkdirSync(drive)
  await choose(first.app, drive)
  const section = desk.by('backup-settings')
  await section.scrollIntoViewIfNeeded()
  await desk.by('backup-choose').click()
  await expect(desk.by('backup-folder')).toHaveText(drive)
  await desk.by('backup-start').click()
  await expect(desk.by('backup-row')).toHaveCount(1, { timeout: 60_000 })
  await expect(desk.by('backup-row')).toHaveAttribute('data-place', 'here')
  const [file = ''] = readdirSync(drive)
  expect(readdirSync(drive)).toEqual([file, `${file}.keys`])
  expect(await findings(first.page)).toEqual([])
  await desk.by('backup-restore').click()
  await expect(desk.by('backup-restore-submit')).toBeDisabled()
  await desk.by('backup-confirm').fill('恢复')
  await desk.page.keyboard.press('Enter')
  await expect(desk.by('backup-restore-submit')).toHaveCount(0, { timeout: 60_000 })
  await expect(desk.by('backup-row')).toHaveCount(1)

  const second = await launch()
  const fresh = new Workstation(second.page)
  await choose(second.app, join(drive, file))
  await fresh.by('consent-accept').click()
  await fresh.by('restore-open').click()
  expect(await findings(second.page)).toEqual([])
  await fresh.by('restore-code').fill(code)
  await fresh.by('passphrase-new').fill(passphrase)
  await fresh.by('passphrase-repeat').fill(passphrase)
  await fresh.by('restore-submit').click()
  await expect(fresh.by('restore-submit')).toHaveCount(0, { timeout: 60_000 })
  expect(await fresh.call<{ phase: string; accounts: unknown[] }>('system.state', {})).toMatchObject({
    phase: 'open',
    accounts: [{ name: '林岚' }],
  })
})
