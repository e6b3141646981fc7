import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from '../fixtures/index.ts'
import { root } from '../fixtures/runtime.ts'
import { type See, askOfJobs, destroyOne, tourOfFirstStart, tourOfSections, tourOfTabs } from '../pages/tour.ts'
import { Workstation } from '../pages/workstation.ts'
import { toPalette } from './palette-png.ts'

/** Pictures of every screen for the eye (`test-results/screens`), those that are kept (`docs/screens`), and the few that the README shows (`docs/images`). */

const looks = [
  { language: 'zh', theme: 'light', width: 1440, height: 900 },
  { language: 'zh', theme: 'dark', width: 1280, height: 800 },
  { language: 'en', theme: 'light', width: 1440, height: 900 },
  { language: 'en', theme: 'dark', width: 1280, height: 800 },
] as const

/** Looks of which every picture is kept in `docs/screens`: between them both languages, both grounds and both sizes. */
const kept = new Set(['zh-light-1440', 'en-dark-1280'])

const shown: Readonly<Record<string, string>> = {
  'zh-light-1440/candidate': 'candidates',
  'en-light-1440/candidate': 'candidates-en',
  'zh-dark-1280/candidate': 'candidates-dark',
  'zh-light-1440/jobs': 'jobs',
  'zh-light-1440/retention': 'retention',
  'zh-light-1440/ledger': 'ledger',
  'zh-light-1440/requests': 'requests',
  'zh-light-1440/officer': 'officer',
  'zh-light-1440/rules-card': 'rules',
  'zh-light-1440/rules-update': 'rules-changes',
  'zh-light-1440/intake-review': 'intake-review',
  'zh-light-1440/settings-mailbox': 'mailbox',
}

test('every screen, in both languages, light and dark', async ({ launch }) => {
  test.setTimeout(900_000)
  const { page, app } = await launch()
  const desk = new Workstation(page)
  const resize = (width: number, height: number): Promise<void> =>
    app.evaluate(
      ({ BrowserWindow }, size) => BrowserWindow.getAllWindows()[0]?.setContentSize(size.width, size.height),
      { width, height },
    )
  const into = (folder: string) => {
    mkdirSync(join(root, 'test-results', 'screens', folder), { recursive: true })
    mkdirSync(join(root, 'docs', 'images'), { recursive: true })
    if (kept.has(folder)) mkdirSync(join(root, 'docs', 'screens', folder), { recursive: true })
    return async (name: string): Promise<void> => {
      await page.waitForTimeout(150)
      const picture = await page.screenshot({ path: join(root, 'test-results', 'screens', folder, `${name}.png`) })
      if (kept.has(folder)) writeFileSync(join(root, 'docs', 'screens', folder, `${name}.png`), toPalette(picture))
      const image = shown[`${folder}/${name}`]
      if (image !== undefined) writeFileSync(join(root, 'docs', 'images', `${image}.png`), toPalette(picture))
    }
  }
  await resize(1440, 900)
  await tourOfFirstStart(desk, into('zh-light-1440'))
  await destroyOne(desk)
  await askOfJobs(desk)
  // Its message must not lie over the pictures.
  await page.locator('.toast').waitFor({ state: 'hidden', timeout: 20_000 })
  const inEachLook = async (tour: (see: See) => Promise<void>): Promise<void> => {
    for (const { language, theme, width, height } of looks) {
      await resize(width, height)
      await desk.dress(language, theme)
      await tour(into(`${language}-${theme}-${width}`))
    }
  }
  await inEachLook(async (see) => {
    await tourOfSections(desk, see)
    await tourOfTabs(desk, 'bulletin', see)
  })
  await desk.dress('zh', 'light')
  await desk.call('account.sign_out', {})
  await desk.signIn('admin@sandbox')
  await desk.sync()
  await inEachLook((see) => tourOfTabs(desk, 'admin', see))
})
