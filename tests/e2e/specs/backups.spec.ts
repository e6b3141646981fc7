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
  const drive = join(first.home, '..', `drive-${Date.now()}`)
  mkdirSync(drive)
  await choose(first.app, drive)
  const { keyboard } = first.page

  /** Presses Tab until the focus is there. */
  const tabTo = async (testid: string, back = false): Promise<void> => {
    for (let presses = 0; presses < 80; presses += 1) {
      const at = await first.page.evaluate(() => (document.activeElement as HTMLElement | null)?.dataset['testid'])
      if (at === testid) return
      await keyboard.press(back ? 'Shift+Tab' : 'Tab')
    }
    throw new Error(`${testid} is not reached with Tab`)
  }

  // From here to the end of this home no mouse is used.
  await desk.by('nav-settings').focus()
  await keyboard.press('Enter')
  await desk.by('backup-settings').waitFor()
  await tabTo('backup-choose')
  await keyboard.press('Enter')
  await expect(desk.by('backup-folder')).toHaveText(drive)
  await tabTo('backup-every')
  await keyboard.press('ArrowRight')
  await expect(desk.by('backup-every').and(first.page.locator('[aria-checked=true]'))).toHaveAttribute(
    'data-value',
    'daily',
  )
  // The first one by the schedule is due at once.
  await expect(desk.by('backup-row')).toHaveCount(1, { timeout: 90_000 })
  await tabTo('backup-every')
  await keyboard.press('ArrowLeft')
  await expect(desk.by('backup-keep')).toHaveCount(0)
  await tabTo('backup-start')
  await keyboard.press('Enter')
  await expect(desk.by('backup-row')).toHaveCount(2, { timeout: 60_000 })
  await expect(desk.by('backup-row').first()).toHaveAttribute('data-place', 'here')
  const files = readdirSync(drive).toSorted()
  expect(files).toHaveLength(4)
  expect(files.filter((name) => name.endsWith('.keys'))).toHaveLength(2)
  expect(await findings(first.page)).toEqual([])

  // Esc leaves everything as it was, and the keyboard where it was.
  await tabTo('backup-restore')
  await keyboard.press('Enter')
  await expect(desk.by('backup-confirm')).toBeFocused()
  await expect(desk.by('backup-restore-submit')).toBeDisabled()
  await keyboard.press('Escape')
  await expect(desk.by('backup-confirm')).toHaveCount(0)
  await expect(desk.by('backup-restore').first()).toBeFocused()
  await keyboard.press('Enter')
  await keyboard.type('恢复')
  await keyboard.press('Enter')
  await expect(desk.by('backup-restore-submit')).toHaveCount(0, { timeout: 60_000 })
  await expect(desk.by('backup-row')).toHaveCount(2)

  // The newer one goes: asked once more, and the keyboard stays where it is until then.
  await desk.by('backup-settings').waitFor()
  await tabTo('backup-remove')
  await keyboard.press('Enter')
  await expect(desk.by('backup-remove').first()).toBeFocused()
  expect(readdirSync(drive)).toHaveLength(4)
  await keyboard.press('Enter')
  await expect(desk.by('backup-row')).toHaveCount(1, { timeout: 30_000 })
  expect(readdirSync(drive)).toHaveLength(2)
  const summary = desk.by('backup-settings').locator('summary')
  for (let presses = 0; presses < 40 && !(await summary.evaluate((it) => it === document.activeElement)); presses += 1)
    await keyboard.press('Tab')
  await keyboard.press('Enter')
  await tabTo('backup-restore-file')
  await keyboard.press('Enter')
  await expect(desk.by('backup-confirm')).toBeFocused()
  await keyboard.press('Escape')
  await expect(desk.by('backup-restore-file')).toBeFocused()
  const file = readdirSync(drive).find((name) => !name.endsWith('.keys')) ?? ''

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
