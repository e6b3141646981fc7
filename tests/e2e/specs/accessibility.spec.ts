import { expect, test } from '../fixtures/index.ts'
import { findingsOf } from '../pages/look.ts'
import { destroyOne, tourOfFirstStart, tourOfSections } from '../pages/tour.ts'
import { Workstation } from '../pages/workstation.ts'

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
