import { spawn } from 'node:child_process'
import type { ElectronApplication } from '@playwright/test'
import { expect, test } from '../fixtures/index.ts'
import { readRuntime } from '../fixtures/runtime.ts'
import { Workstation } from '../pages/workstation.ts'

const menuLabels = (app: ElectronApplication): Promise<string[]> =>
  app.evaluate(({ Menu }) => (Menu.getApplicationMenu()?.items ?? []).map(({ label }) => label))
const enabled = (app: ElectronApplication, id: string): Promise<boolean | undefined> =>
  app.evaluate(({ Menu }, item) => Menu.getApplicationMenu()?.getMenuItemById(item)?.enabled, id)
const press = (app: ElectronApplication, id: string): Promise<void> =>
  app.evaluate(({ Menu }, item) => Menu.getApplicationMenu()?.getMenuItemById(item)?.click(), id)
/** As the system hands over a link to the program that runs. */
const callWith = (app: ElectronApplication, link: string): Promise<void> =>
  app.evaluate(({ app: program }, word) => void program.emit('second-instance', {}, ['candor', word], '/'), link)

test('menus, keys, links, the counted lock and the tour of a desktop program', async ({ launch }) => {
  test.setTimeout(420_000)
  const { app, page, home } = await launch()
  const desk = new Workstation(page)

  await test.step('the menu leads nowhere before somebody is signed in', async () => {
    expect(await menuLabels(app)).toEqual(['文件', '编辑', '视图', '前往', '候选人', '窗口', '帮助'])
    expect(await enabled(app, 'palette')).toBe(false)
    await callWith(app, 'candor://section/ledger')
  })
  await desk.setUp()
  await desk.signIn('hr@sandbox')
  await desk.sync()

  await test.step('what waited for the sign-in has led to its section; hostile links lead nowhere', async () => {
    await callWith(app, 'candor://section/ledger')
    await expect(page).toHaveURL(/#\/ledger$/)
    for (const link of ['candor://section/../settings', 'candor://evil/x', `candor://candidate/${'a'.repeat(500)}`]) {
      await callWith(app, link)
    }
    await expect(page).toHaveURL(/#\/ledger$/)
    await expect(desk.by('link-bar')).toHaveCount(0)
  })

  await test.step('the menu follows language and page at once', async () => {
    await desk.dress('en', 'light')
    await expect.poll(() => menuLabels(app)).toEqual(['File', 'Edit', 'View', 'Go', 'Candidate', 'Window', 'Help'])
    await desk.dress('zh', 'light')
    await expect.poll(() => menuLabels(app)).toContain('候选人')
    await press(app, 'go:interviews')
    await expect(page).toHaveURL(/#\/interviews$/)
    expect(await enabled(app, 'advance')).toBe(false)
    await page.keyboard.press('Control+1')
    await expect(page).toHaveURL(/#\/jobs$/)
    await press(app, 'palette')
    await expect(desk.by('palette-input')).toBeFocused()
    await page.keyboard.press('Escape')
  })

  await test.step('the palette knows pinyin and jobs, and the sheet all keys', async () => {
    await page.keyboard.press('Control+k')
    await page.keyboard.insertText('houxuanren')
    await expect(desk.by('palette-item').first()).toContainText('候选人')
    await page.keyboard.press('Enter')
    await expect(page).toHaveURL(/#\/candidates$/)
    const { items } = await desk.call<{ items: Array<{ title: string }> }>('job.list', {})
    await page.keyboard.press('Control+k')
    await page.keyboard.insertText(items[0]?.title.slice(0, 3) ?? '')
    await expect(desk.by('palette-item').first()).toContainText(items[0]?.title.slice(0, 3) ?? '-')
    await page.keyboard.press('Escape')
    await page.evaluate(() => (document.activeElement as HTMLElement | null)?.blur())
    await page.keyboard.press('?')
    await expect(desk.by('cheat-sheet')).toContainText('安排面试')
    await page.keyboard.press('Escape')
  })

  await test.step('a link to a person is asked about, and then opens that record', async () => {
    const { items } = await desk.call<{ items: Array<{ id: string }> }>('candidate.list', { limit: 5 })
    const id = items[2]?.id ?? ''
    await callWith(app, `candor://candidate/${id}`)
    await expect(desk.by('link-bar')).toBeVisible()
    await expect(desk.by('candidate-detail')).not.toHaveAttribute('data-id', id)
    await desk.by('link-follow').click()
    await expect(desk.by('candidate-detail')).toHaveAttribute('data-id', id)
    await expect.poll(() => enabled(app, 'advance')).toBe(true)
  })

  await test.step('the tour goes by keyboard, and is resumed where it was left', async () => {
    await desk.by('tour-start').click()
    await expect(desk.by('tour-step')).toBeFocused()
    await page.keyboard.press('ArrowRight')
    await expect(desk.by('tour-step')).toHaveAttribute('data-step', 'review')
    await page.keyboard.press('Escape')
    await expect(desk.by('tour-step')).toHaveCount(0)
    await expect(desk.by('tour-offer')).toHaveCount(0)
    await press(app, 'tour')
    await expect(desk.by('tour-step')).toBeVisible()
    await desk.by('tour-skip').click()
  })

  await test.step('a second start shows the first window and leaves', async () => {
    const { executable, kind } = readRuntime()
    if (kind === 'official') return
    await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.minimize())
    const root = process.getuid?.() === 0 ? ['--no-sandbox'] : []
    const second = spawn(executable, [...root, `--user-data-dir=${home}/profile`, 'candor://section/rules'], {
      env: { ...process.env, CANDOR_HOME: home },
      stdio: 'ignore',
    })
    const code = await new Promise((resolve) => second.on('exit', resolve))
    expect(code).toBe(0)
    await expect(page).toHaveURL(/#\/rules$/)
    expect(app.windows()).toHaveLength(1)
  })

  await test.step('[D20] an idle window counts down, stays when asked, and locks', async () => {
    await desk.open('settings')
    await desk.by('lock-after').selectOption('1')
    await expect(desk.by('lock-countdown')).toBeVisible({ timeout: 45_000 })
    await desk.by('lock-stay').click()
    await expect(desk.by('lock-countdown')).toBeHidden()
    await expect(desk.by('passphrase')).toBeVisible({ timeout: 90_000 })
    await expect.poll(() => enabled(app, 'lock')).toBe(false)
    expect(await enabled(app, 'go:jobs')).toBeUndefined()
  })
})
