import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { hubClient } from '../../helpers/hub-client.ts'
import { expect, test } from '../fixtures/index.ts'
import { lookAt } from '../pages/look.ts'
import { startHub, type Hub } from '../pages/hub.ts'
import { Workstation } from '../pages/workstation.ts'

const folder = mkdtempSync(join(tmpdir(), 'candor-account-'))
let hub: Hub

test.beforeAll(async () => {
  test.setTimeout(180_000)
  hub = await startHub(folder, 20)
})
test.afterAll(async () => {
  await hub?.kill()
  rmSync(folder, { recursive: true, force: true })
})

test('[QY-39] [MM-39] one’s own account: sessions, password, data, factors and the way out', async ({ launch }) => {
  test.setTimeout(300_000)
  const { page, app } = await launch()
  const desk = new Workstation(page)
  await desk.setUp()
  await desk.by('sign-in-hub').fill(hub.url)
  await desk.by('sign-in-account').fill(hub.account)
  await desk.by('sign-in-password').fill(hub.password)
  await desk.by('sign-in-submit').click()
  await desk.by('nav-account').waitFor({ timeout: 60_000 })
  await desk.acceptRules()
  const elsewhere = await hubClient(hub.url).signIn(hub.account, hub.password)
  await elsewhere.call('GET', '/v1/me')

  for (const [language, theme] of [
    ['en', 'dark'],
    ['zh', 'light'],
  ] as const) {
    await desk.dress(language, theme)
    await desk.open('account')
    await desk.by('own-datum').first().waitFor()
    await lookAt(page, `account-${language}`)
    await desk.by('own-data').scrollIntoViewIfNeeded()
    await lookAt(page, `account-data-${language}`)
  }

  await test.step('another session is ended, and gets nothing any more', async () => {
    await expect(desk.by('session-row').filter({ has: page.getByTestId('session-end') })).not.toHaveCount(0)
    await desk.by('session-end').first().click()
    await expect(desk.by('session-end')).toHaveCount(0)
    await expect(desk.by('session-row')).toHaveCount(1)
    expect((await elsewhere.call('GET', '/v1/me')).status).toBe(401)
  })

  await test.step('the password is changed by its rules', async () => {
    await desk.by('password-change').click()
    await desk.by('password-current').fill(hub.password)
    await desk.by('password-next').fill('1234567890')
    await desk.by('password-repeat').fill('1234567890')
    await desk.by('password-submit').click()
    await expect(desk.by('own-password').getByTestId('error-message')).toContainText('常见')
    await desk.by('password-next').fill('a wide green meadow')
    await desk.by('password-repeat').fill('a wide green meadow')
    await desk.by('password-submit').click()
    await expect(desk.by('password-change')).toBeVisible()
    await hubClient(hub.url).signIn(hub.account, 'a wide green meadow')
  })

  await test.step('the title is corrected and withheld, and a copy of everything saved', async () => {
    const title = desk.by('own-data').locator('[data-name="title"]')
    await desk.by('own-title-change').click()
    await desk.by('own-title').fill('招聘经理')
    await desk.by('own-title-save').click()
    await expect(title).toContainText('招聘经理')
    await desk.by('own-title-withhold').click()
    await expect(title).toContainText('保密')
    const file = join(folder, 'mine.json')
    await app.evaluate(({ dialog }, path) => {
      dialog.showSaveDialog = () => Promise.resolve({ canceled: false, filePath: path })
    }, file)
    await desk.by('own-data-save').click()
    await expect
      .poll(() => {
        try {
          return (JSON.parse(readFileSync(file, 'utf8')) as { format: string }).format
        } catch {
          return ''
        }
      })
      .toBe('candor-own-data/1')
  })

  await test.step('cancelling is typed', async () => {
    await desk.by('cancel-open').click()
    await expect(desk.by('cancel-submit')).toBeDisabled()
    await desk.by('cancel-confirm').fill(hub.account)
    await expect(desk.by('cancel-submit')).toBeEnabled()
  })
})
