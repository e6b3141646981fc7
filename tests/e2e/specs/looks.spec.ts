import { expect, test } from '../fixtures/index.ts'
import { lookAt } from '../pages/look.ts'
import { Workstation } from '../pages/workstation.ts'

test('[LG-14] an administrator states a reason before content opens, and whoever it concerns sees the look', async ({
  launch,
}) => {
  test.setTimeout(420_000)
  const { page } = await launch()
  const desk = new Workstation(page)
  const look = (name: string): Promise<void> => lookAt(page, name)
  const both = async (name: string, go: () => Promise<void>): Promise<void> => {
    for (const [language, theme] of [
      ['en', 'dark'],
      ['zh', 'light'],
    ] as const) {
      await desk.dress(language, theme)
      await go()
      await look(`${name}-${language}-${theme}`)
    }
  }
  await page.setViewportSize({ width: 1280, height: 800 })
  await desk.setUp()
  await desk.signIn('admin@sandbox')
  await desk.sync()

  await test.step('a card stays closed, and opens for an hour by a reason', async () => {
    await both('look-gate', async () => {
      await desk.open('candidates')
      const rows = desk.by('candidate-row')
      await rows.first().waitFor()
      for (let index = 0; index < 12 && (await desk.by('look-gate').count()) === 0; index += 1) {
        await rows.nth(index).click()
        await page.waitForTimeout(600)
      }
      await expect(desk.by('look-gate')).toBeVisible()
    })
    await expect(desk.by('look-submit')).toBeDisabled()
    await desk.by('look-reason').selectOption('request')
    await desk.by('look-words').fill('核对候选人的更正请求')
    await desk.by('look-submit').click()
    await expect(desk.by('detail-head')).toBeVisible({ timeout: 30_000 })
    await look('look-open')
  })

  await test.step('it stands with its reason where the recruiter finds it', async () => {
    await desk.call('account.sign_out', {})
    await desk.signIn('hr@sandbox')
    await desk.sync()
    await both('looks', async () => {
      await desk.open('ledger')
      await page.locator('#ledger-tab-looks').click()
      await expect(desk.by('look-row')).toHaveCount(1)
      await expect(desk.by('look-row')).toContainText('核对候选人的更正请求')
    })
  })
})
