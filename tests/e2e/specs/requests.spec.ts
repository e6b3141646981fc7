import { existsSync, mkdtempSync, readdirSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from '../fixtures/index.ts'
import { lookAt } from '../pages/look.ts'
import { Workstation } from '../pages/workstation.ts'

const looks = [
  ['zh', 'light', 1280, 800],
  ['en', 'dark', 1440, 900],
] as const

test('[ZP-84] [ZP-91] a request goes from its receipt to a reply by the button that stands there', async ({
  launch,
}) => {
  test.setTimeout(420_000)
  const { page, app } = await launch()
  const desk = new Workstation(page)
  const look = (name: string): Promise<void> => lookAt(page, name)
  const resize = (width: number, height: number): Promise<void> =>
    app.evaluate(
      ({ BrowserWindow }, size) => BrowserWindow.getAllWindows()[0]?.setContentSize(size.width, size.height),
      { width, height },
    )
  const atStep = (step: string): Promise<void> =>
    expect(desk.by('request-step')).toHaveAttribute('data-step', step, { timeout: 60_000 })
  await desk.setUp()
  await desk.signIn('hr@sandbox')
  await desk.sync()

  await test.step('what candidates filed came with the sync, and the keys move', async () => {
    await desk.open('requests')
    await expect(desk.by('request-row').first()).toBeVisible()
    await page.keyboard.press('j')
    await expect(desk.by('request-row').first()).toBeFocused()
    await atStep('search')
    await page.keyboard.press('Enter')
    await expect(page.locator('[data-next]').first()).toBeFocused()
    await page.keyboard.press('Enter')
    await expect(desk.by('request-place').first()).toBeVisible()
    await atStep('pass_on')
  })

  await test.step('one by mail is entered, checked, searched, destroyed and answered', async () => {
    await desk.by('request-add').click()
    await desk.by('request-source').fill('2026-11-26 来信，主题“删除我的简历”')
    await desk.by('request-detail').fill('请删除我的全部资料')
    await desk.by('request-person').fill('Java')
    await desk.by('request-person-option').first().click()
    await look('requests-add')
    await desk.by('request-add-submit').click()
    await atStep('check_identity')
    await expect(desk.by('request-identity-verified')).toBeDisabled()
    await desk.by('request-paper-file').setInputFiles({
      name: '身份证.png',
      mimeType: 'image/png',
      buffer: Buffer.from(
        'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
        'base64',
      ),
    })
    await expect(desk.by('request-paper-open')).toBeVisible()
    for (const [language, theme, width, height] of looks) {
      await resize(width, height)
      await desk.dress(language, theme)
      await desk.open('requests')
      await desk.by('request-row').last().click()
      await look(`requests-identity-${language}-${theme}`)
    }
    await desk.by('request-identity-verified').click()
    await atStep('search')
    await desk.by('request-search').click()
    await atStep('destroy')
    await look('requests-search')
    await desk.by('request-destroy').click()
    await desk.by('request-destroy-confirm').fill('destroy')
    await desk.by('request-destroy-submit').click()
    await atStep('answer')
    await desk.by('request-answer').click()
    await desk.by('request-answer-submit').click()
    await atStep('none')
    await desk.by('request-letter').click()
    await expect(desk.by('request-letter-text')).toContainText('Certificates of destruction')
    await look('requests-letter')
    await page.keyboard.press('Escape')
    await expect(desk.by('request-filter').first()).toHaveAttribute('aria-checked', 'true')
    await look('requests-answered')
  })

  await test.step('a statement, a package and a reply are written as files by the buttons that stand there', async () => {
    const out = mkdtempSync(join(tmpdir(), 'candor-papers-'))
    await app.evaluate(({ dialog }, folder) => {
      dialog.showOpenDialog = () => Promise.resolve({ canceled: false, filePaths: [folder] })
      dialog.showSaveDialog = () => Promise.resolve({ canceled: false, filePath: `${folder}/reply.pdf` })
    }, out)
    const names = (start: string): string[] =>
      readdirSync(out)
        .filter((name) => name.startsWith(start))
        .map((name) => name.split('.').at(-1) ?? '')
        .sort()
    for (const [kind, start, files] of [
      ['access', 'candor-statement-', ['json', 'pdf']],
      ['copy', 'candor-package-', ['zip']],
      ['port', 'candor-transfer-', ['zip']],
    ] as const) {
      await desk.by('request-add').click()
      await desk.by('request-kind').selectOption(kind)
      await desk.by('request-via').selectOption('phone')
      await desk.by('request-person').fill('Java')
      await desk.by('request-person-option').first().click()
      await desk.by('request-add-submit').click()
      await atStep('check_identity')
      await desk.by('request-proof-seen').first().click()
      await desk.by('request-identity-verified').click()
      await atStep('search')
      await desk.by('request-search').click()
      await desk.by('request-make').click()
      await expect.poll(() => names(start)).toEqual([...files])
      await atStep('answer')
      await look(`requests-${kind}-made`)
    }
    await desk.by('request-answer').click()
    await desk.by('request-answer-submit').click()
    await atStep('none')
    await desk.by('request-letter').click()
    await desk.by('request-letter-save').click()
    await expect.poll(() => existsSync(join(out, 'reply.pdf'))).toBe(true)
    await page.keyboard.press('Escape')
  })

  await test.step('relatives who disagree stop the clock', async () => {
    await desk.by('request-add').click()
    await desk.by('request-requester').selectOption('deceased_relative')
    await desk.by('request-via').selectOption('post')
    await desk.by('request-person').fill('Java')
    await desk.by('request-person-option').first().click()
    await desk.by('request-add-submit').click()
    await atStep('check_identity')
    await expect(desk.by('request-proof')).toHaveCount(3)
    await desk.by('request-dispute').click()
    await desk.by('request-words').fill('子女意见不一')
    await desk.by('request-words-submit').click()
    await atStep('resolve_dispute')
    await resize(1280, 800)
    await look('requests-dispute')
    await desk.dress('zh', 'dark')
    await desk.open('requests')
    await desk.by('request-row').last().click()
    await look('requests-dispute-zh-dark')
  })
})
