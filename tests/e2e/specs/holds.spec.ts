import { appendFileSync, existsSync, mkdirSync, readdirSync, realpathSync, renameSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import type { ElectronApplication } from '@playwright/test'
import { expect, test } from '../fixtures/index.ts'
import { lookAt } from '../pages/look.ts'
import { Workstation } from '../pages/workstation.ts'

const looks = [
  ['zh', 'light'],
  ['en', 'dark'],
] as const

/** What the person answers in the system's own dialogs. */
const answerDialogs = (app: ElectronApplication, folder: string, file: string): Promise<void> =>
  app.evaluate(
    ({ dialog }, [open, save]) => {
      dialog.showOpenDialog = () => Promise.resolve({ canceled: false, filePaths: [open] })
      dialog.showSaveDialog = () => Promise.resolve({ canceled: false, filePath: save })
    },
    [folder, file] as const,
  )

test('[QY-36] [D21] holds and hand-overs are asked for by one and granted by another, and plain files are answered for', async ({
  launch,
}) => {
  test.setTimeout(420_000)
  const { page, app, home } = await launch()
  const desk = new Workstation(page)
  const look = (name: string): Promise<void> => lookAt(page, name)
  const openTab = async (tab: 'holds' | 'files'): Promise<void> => {
    await desk.open('retention')
    await desk.by(`retention-tab-${tab}`).click()
  }
  const own = desk.by('hold-row').filter({ hasText: '投递争议' })
  const drive = join(home, '..', `files-${Date.now()}`)
  mkdirSync(drive)
  const outside = realpathSync(drive)
  await answerDialogs(app, outside, join(outside, 'package.zip'))
  const rowOf = (name: string) => desk.by('file-row').filter({ hasText: name })
  await desk.setUp()
  await desk.signIn('hr@sandbox')
  await desk.sync()

  await test.step('a recruiter asks with the keyboard, and cannot grant it', async () => {
    await desk.open('retention')
    await desk.by('hold-place').first().focus()
    await page.keyboard.press('Enter')
    await expect(desk.by('hold-until')).toBeFocused()
    await desk.by('hold-reason').fill('投递争议，保存往来记录')
    await look('hold-dialog')
    await desk.by('hold-submit').click()
    await expect(desk.by('hold-submit')).toHaveCount(0)
    await expect
      .poll(async () => {
        await desk.call('sync.start', {})
        await openTab('holds')
        return own.count()
      })
      .toBe(1)
    await expect(own).toHaveAttribute('data-state', 'pending')
    await expect(own.getByTestId('hold-decide')).toHaveCount(0)
    for (const [language, theme] of looks) {
      await desk.dress(language, theme)
      await openTab('holds')
      await look(`holds-${language}-${theme}`)
      await openTab('files')
      await look(`files-${language}-${theme}`)
    }
    await desk.dress('zh', 'light')
  })

  let hired = ''
  const handover = () => page.locator(`[data-testid="handover-row"][data-id="${hired}"]`)
  /** Waits for what the other side did to come here by sync. */
  const until = (state: string) =>
    expect
      .poll(async () => {
        await desk.call('sync.start', {})
        await openTab('files')
        return (await handover().count()) === 0 ? 'none' : handover().getAttribute('data-state')
      })
      .toBe(state)

  await test.step('a recruiter asks for the package of a hired person with the keyboard, and cannot grant it', async () => {
    type Item = { readonly id: string; readonly application?: { readonly id: string; readonly stage: string } }
    const { items } = await desk.call<{ items: readonly Item[] }>('candidate.list', { stage: 'new', limit: 20 })
    const [first, second] = items.filter(({ application }) => application !== undefined)
    hired = first?.application?.id ?? ''
    await desk.call('application.set_stage', { id: hired, stage: 'hired' })
    // Papers of somebody else that leave the vault: every one of them is registered.
    for (const language of ['zh-CN', 'en-US', 'zh-CN'])
      await desk.call('package.make', { record_id: second?.id, language })
    expect(readdirSync(outside)).toHaveLength(3)
    await openTab('files')
    await handover().getByTestId('handover-ask').focus()
    await page.keyboard.press('Enter')
    await desk.by('handover-reason').fill('订立劳动合同')
    await look('handover-ask')
    await desk.by('handover-submit').focus()
    await page.keyboard.press('Enter')
    await until('pending')
    await expect(handover().getByTestId('handover-decide')).toHaveCount(0)
    await look('handover-pending')
  })

  await test.step('the officer grants it, and ends it with a reason', async () => {
    await desk.by('sign-out').click()
    await desk.signIn('officer@sandbox')
    await desk.acceptRules()
    await expect
      .poll(async () => {
        await openTab('holds')
        return own.count()
      })
      .toBe(1)
    await own.getByTestId('hold-decide').click()
    await look('hold-decide')
    await desk.by('hold-grant').click()
    await expect(own).toHaveAttribute('data-state', 'active')
    await own.getByTestId('hold-release').click()
    await desk.by('hold-release-reason').fill('争议已了结')
    await desk.by('hold-release-submit').click()
    await expect(own).toHaveAttribute('data-state', 'released')
    await expect(own).toContainText('争议已了结')
    await look('holds-released')
  })

  await test.step('the officer grants the package, and the recruiter writes it once', async () => {
    await until('pending')
    await handover().getByTestId('handover-decide').focus()
    await page.keyboard.press('Enter')
    await expect(page.getByRole('dialog')).toContainText('订立劳动合同')
    await look('handover-decide')
    await desk.by('handover-grant').focus()
    await page.keyboard.press('Enter')
    await expect(handover()).toHaveAttribute('data-state', 'granted')
    await desk.by('sign-out').click()
    await desk.signIn('hr@sandbox')
    await desk.acceptRules()
    await until('granted')
    await handover().getByTestId('handover-make').focus()
    await page.keyboard.press('Enter')
    await expect(handover()).toHaveAttribute('data-state', 'used')
    await expect(rowOf('package.zip')).toHaveAttribute('data-state', 'handed_over')
    expect(existsSync(join(outside, 'package.zip'))).toBe(true)
    await look('handover-used')
  })

  await test.step('a plain file that was changed or is missing becomes a task, one that was moved is found', async () => {
    const [changed = '', missing = '', moved = ''] = readdirSync(outside).filter((name) => name !== 'package.zip')
    appendFileSync(join(outside, changed), 'x')
    rmSync(join(outside, missing))
    mkdirSync(join(outside, 'elsewhere'))
    renameSync(join(outside, moved), join(outside, 'elsewhere', 'renamed'))
    await desk.open('settings')
    for (let n = 0; n < 2; n += 1) await desk.by('sandbox-clock-7').click()
    await openTab('files')
    await expect(rowOf(changed)).toHaveAttribute('data-state', 'task', { timeout: 60_000 })
    await expect(rowOf(missing)).toHaveAttribute('data-state', 'task', { timeout: 60_000 })
    await expect.poll(() => existsSync(join(outside, 'elsewhere', 'renamed')), { timeout: 60_000 }).toBe(false)
    expect(existsSync(join(outside, changed))).toBe(true)
    for (const [language, theme] of looks) {
      await desk.dress(language, theme)
      await openTab('files')
      await look(`tasks-${language}-${theme}`)
      await rowOf(changed).getByTestId('file-answer').click()
      await look(`answer-${language}-${theme}`)
      await page.keyboard.press('Escape')
    }
    await desk.dress('zh', 'light')
    await openTab('files')
    // Looked for once more: it is still not what was registered.
    await rowOf(changed).getByTestId('file-look').focus()
    await page.keyboard.press('Enter')
    await expect(rowOf(changed)).toHaveAttribute('data-state', 'task')

    // Both are answered for with the keyboard alone.
    const tasks = desk.by('file-row').filter({ has: desk.by('file-answer') })
    const before = await tasks.count()
    await rowOf(changed).getByTestId('file-answer').focus()
    await page.keyboard.press('Enter')
    await desk.by('file-answer-destroyed').focus()
    await page.keyboard.press('ArrowDown')
    await expect(desk.by('file-answer-other_file')).toBeChecked()
    await page.keyboard.press('Enter')
    await expect(tasks).toHaveCount(before - 1)
    await rowOf(missing).getByTestId('file-answer').focus()
    await page.keyboard.press('Enter')
    await desk.by('file-answer-destroyed').focus()
    await page.keyboard.press('Enter')
    await expect(tasks).toHaveCount(before - 2)
    await expect(desk.by('file-row').filter({ hasText: '由' }).first()).toBeVisible()
    await look('answered')
    rmSync(outside, { recursive: true, force: true })
  })
})
