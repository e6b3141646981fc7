import { expect, test } from '../fixtures/index.ts'
import { lookAt } from '../pages/look.ts'
import { Workstation } from '../pages/workstation.ts'

const tabs = ['plan', 'overdue', 'locked', 'holds', 'files', 'certificates'] as const

test('[ZP-74] [ZP-79] the retention centre shows what ends and why, previews a destruction, and proves an order of several', async ({
  launch,
}) => {
  test.setTimeout(420_000)
  const { page } = await launch()
  const desk = new Workstation(page)
  const look = (name: string): Promise<void> => lookAt(page, name)
  await desk.setUp()
  await desk.signIn('hr@sandbox')
  await desk.sync()
  await desk.open('retention')
  await desk.by('retention-row').first().waitFor()

  await test.step('every part is reached with the keyboard, and has no finding of axe', async () => {
    await desk.by('retention-tab-plan').focus()
    for (const tab of tabs) {
      await expect(desk.by(`retention-tab-${tab}`)).toHaveAttribute('aria-selected', 'true')
      await expect(page.locator(`#retention-panel-${tab}`)).toBeVisible()
      await page.waitForTimeout(300)
      await look(`tab-${tab}`)
      await page.keyboard.press('ArrowRight')
    }
    await expect(desk.by('retention-tab-plan')).toBeFocused()
  })

  await test.step('a day of the week shows its own ends, and lets go again', async () => {
    // The plan has just been opened again and may still be reading.
    await desk.by('retention-row').first().waitFor()
    const all = await desk.by('retention-row').count()
    const day = desk.by('retention-day').nth(3)
    const count = Number.parseInt((await day.locator('strong').textContent()) ?? '', 10)
    await desk.by('retention-day').first().focus()
    for (let n = 0; n < 3; n += 1) await page.keyboard.press('ArrowRight')
    await expect(day).toBeFocused()
    await page.keyboard.press('Enter')
    await expect(day).toHaveAttribute('aria-pressed', 'true')
    await expect(desk.by('retention-row')).toHaveCount(count)
    await page.keyboard.press('Enter')
    await expect(desk.by('retention-row')).toHaveCount(all)
  })

  await test.step('each row says which clock ends it and what the others say', async () => {
    await desk.by('retention-why').first().click()
    const card = page.getByRole('dialog').filter({ hasText: '最迟' })
    await expect(card).toBeVisible()
    await look('why')
    await page.keyboard.press('Escape')
    await expect(card).toBeHidden()
  })

  await test.step('a destruction of two is previewed by kind, and asks for one typed word', async () => {
    const boxes = page.locator('[data-testid="retention-row"] input[type=checkbox]')
    await boxes.nth(0).check()
    await boxes.nth(1).check()
    await desk.by('destroy-many').click()
    await expect(desk.by('destroy-preview').locator('[data-kind="keys"]')).toBeVisible()
    await expect(desk.by('destroy-submit')).toBeDisabled()
    await desk.by('destroy-ground').selectOption('law_requires')
    await look('destroy')
    await desk.by('destroy-confirm').fill('销毁')
    await desk.by('destroy-submit').click()
    await expect(page.locator('[data-testid="certificate-row"][data-kind="batch"]')).toBeVisible({ timeout: 60_000 })
  })

  await test.step('its certificate verifies, is found by reason, and can be saved', async () => {
    await desk.by('retention-tab-certificates').click()
    await desk.by('certificate-reason').selectOption('batch')
    await expect(desk.by('certificate-row')).toHaveCount(1)
    await desk.by('certificate-verify').click()
    await expect(desk.by('certificate-verdict')).toHaveAttribute('data-verdict', 'valid')
    await look('certificate')
    await desk.by('certificate-reason').selectOption('law_requires')
    await expect(desk.by('certificate-row')).toHaveCount(2)
    await desk.by('certificate-reason').selectOption('pool_ended')
    await expect(desk.by('certificate-row')).toHaveCount(0)
    await look('certificates-none')
    const { items } = await desk.call<{ items: ReadonlyArray<{ id: string }> }>('certificate.list', { kind: 'batch' })
    const { base64 } = await desk.call<{ base64: string }>('certificate.export', { id: items[0]?.id, as: 'pdf' })
    const pdf = Buffer.from(base64, 'base64')
    expect(pdf.subarray(0, 5).toString()).toBe('%PDF-')
  })

  await test.step('it holds in English, in the dark, in a narrow window and in a wide one', async () => {
    for (const [language, theme] of [
      ['en', 'dark'],
      ['zh', 'dark'],
      ['en', 'light'],
    ] as const) {
      await desk.dress(language, theme)
      await desk.open('retention')
      await desk.by('retention-row').first().waitFor()
      await page.waitForTimeout(300)
      await look(`${language}-${theme}-plan`)
      await desk.by('destroy-now').first().click()
      await desk.by('destroy-preview').waitFor()
      await look(`${language}-${theme}-destroy`)
      await page.keyboard.press('Escape')
      await desk.by('retention-tab-certificates').click()
      await desk.by('certificate-row').first().waitFor()
      await look(`${language}-${theme}-certificates`)
    }
  })
})
