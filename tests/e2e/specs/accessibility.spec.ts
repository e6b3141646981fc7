import { AxeBuilder } from '@axe-core/playwright'
import type { Page } from '@playwright/test'
import { expect, test } from '../fixtures/index.ts'
import { destroyOne, tourOfFirstStart, tourOfSections } from '../pages/tour.ts'
import { Workstation } from '../pages/workstation.ts'

/** What axe holds to be serious or critical on the page as it stands, one line each. */
const findingsOf = async (page: Page): Promise<string[]> => {
  // Legacy mode: the other one opens a page of its own, which this program refuses.
  const { violations, passes } = await new AxeBuilder({ page }).setLegacyMode().analyze()
  // An axe that did not get to look finds nothing either.
  expect(passes.length).toBeGreaterThan(8)
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .flatMap(({ id, nodes }) => nodes.map(({ target }) => `${id}: ${target.join(' ')}`))
}

test('no screen has a serious or critical finding of axe, in both languages, light and dark', async ({ launch }) => {
  test.setTimeout(600_000)
  const { page } = await launch()
  const desk = new Workstation(page)
  const found: string[] = []
  const seen: string[] = []
  const see = async (name: string): Promise<void> => {
    seen.push(name)
    found.push(...(await findingsOf(page)).map((finding) => `${name}: ${finding}`))
  }
  await tourOfFirstStart(desk, see)
  await destroyOne(desk)
  await desk.dress('zh', 'light')
  await tourOfSections(desk, see)
  await desk.dress('en', 'dark')
  await tourOfSections(desk, (name) => see(`dark ${name}`))
  await page.keyboard.press('Control+l')
  await desk.by('unlock').waitFor({ timeout: 30_000 })
  await see('dark locked')
  expect(seen.length).toBeGreaterThan(50)
  expect(found).toEqual([])
})
