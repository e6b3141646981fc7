import { expect, test } from '../fixtures/index.ts'
import { lookAt } from '../pages/look.ts'
import { Workstation } from '../pages/workstation.ts'

type Detail = { readonly id: string; readonly attachments: ReadonlyArray<{ readonly media_type: string }> }

test('[ZP-29] an attachment opens inside of the program, page by page, masked and marked, and everything by the keyboard', async ({
  launch,
}) => {
  test.setTimeout(420_000)
  const { page } = await launch()
  const desk = new Workstation(page)
  const keys = page.keyboard
  const look = (name: string): Promise<void> => lookAt(page, name)
  await desk.setUp()
  await desk.signIn('hr@sandbox')
  await desk.sync()
  await desk.open('candidates')
  await desk.by('candidate-row').first().waitFor()

  const findOne = async (): Promise<number> => {
    const ids = await desk
      .by('candidate-row')
      .evaluateAll((rows) => rows.map((row) => (row as HTMLElement).dataset['id']))
    for (const [index, id] of ids.entries()) {
      const detail = await desk.call<Detail>('candidate.get', { id }).catch(() => undefined)
      if (detail !== undefined && detail.attachments.length > 0) return index
    }
    throw new Error('nobody in sight has an attachment')
  }
  const at = await findOne()

  for (const [language, theme] of [
    ['zh', 'light'],
    ['en', 'dark'],
  ] as const) {
    await test.step(`${language} ${theme}: open, read, search, zoom, reveal, close`, async () => {
      await desk.dress(language, theme)
      await desk.open('candidates')
      await desk.by('candidate-row').nth(at).click()
      await desk.by('attachment-open').first().click()
      const sheet = desk.by('attachment-page')
      await expect(sheet).toBeVisible({ timeout: 60_000 })
      // The mark is on the page as text, and the telephone number is not.
      await expect(sheet.locator('.mark text').first()).toContainText(/\d{4}-\d\d-\d\d \d\d:\d\d/)
      expect(await page.content()).not.toMatch(/(?<!\d)1[3-9]\d{9}(?!\d)/)
      await look(`viewer-${language}-${theme}`)
      const width = async (): Promise<number> => Number(await sheet.getAttribute('width'))
      const before = await width()
      await keys.press('+')
      expect(await width()).toBeGreaterThan(before)
      await keys.press('0')
      await desk.by('attachment-search').fill('工')
      await expect(desk.by('attachment-found')).toBeVisible()
      if ((await desk.by('reveal-attachment').count()) > 0) {
        await desk.by('reveal-attachment').click()
        await look(`viewer-reveal-${language}-${theme}`)
        await desk.by('reveal-submit').click()
        await expect(desk.by('reveal-attachment')).toHaveCount(0)
        await look(`viewer-revealed-${language}-${theme}`)
      }
      await desk.by('attachment-close').click()
      await expect(sheet).toHaveCount(0)
    })
  }
})
