import { join } from 'node:path'
import { AxeBuilder } from '@axe-core/playwright'
import { expect, test } from '../fixtures/index.ts'
import { Workstation } from '../pages/workstation.ts'

const looks = [
  ['zh', 'light'],
  ['en', 'dark'],
] as const

test('[QY-36] a legal hold is asked for by one person, granted by another, and let go with a reason', async ({
  launch,
}) => {
  test.setTimeout(420_000)
  const { page } = await launch()
  const desk = new Workstation(page)
  // A folder to keep the pictures in, for whoever wants to look.
  const shots = process.env['RETENTION_SHOTS']
  const look = async (name: string): Promise<void> => {
    await page.waitForTimeout(300)
    if (shots !== undefined) await page.screenshot({ path: join(shots, `${name}.png`) })
    const { violations } = await new AxeBuilder({ page }).setLegacyMode().analyze()
    const grave = violations.filter(({ impact }) => impact === 'serious' || impact === 'critical')
    expect([name, grave.flatMap(({ id, nodes }) => nodes.map(({ target }) => `${id}: ${target.join(' ')}`))]).toEqual([
      name,
      [],
    ])
  }
  const openTab = async (tab: 'holds' | 'files'): Promise<void> => {
    await desk.open('retention')
    await desk.by(`retention-tab-${tab}`).click()
  }
  const own = desk.by('hold-row').filter({ hasText: '投递争议' })
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
})
