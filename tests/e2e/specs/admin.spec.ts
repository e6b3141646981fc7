import { mkdtempSync, realpathSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from '../fixtures/index.ts'
import { lookAt } from '../pages/look.ts'
import { tourOfTabs } from '../pages/tour.ts'
import { Workstation } from '../pages/workstation.ts'

const looks = [
  ['zh', 'light'],
  ['en', 'dark'],
] as const

test('the enterprise at work: what a recruiter asks and gives, and what an administrator decides, in both languages', async ({
  launch,
}) => {
  test.setTimeout(420_000)
  const { page, app } = await launch()
  const outside = realpathSync(mkdtempSync(join(tmpdir(), 'candor-out-')))
  await app.evaluate(
    ({ dialog }, filePath) => {
      dialog.showSaveDialog = () => Promise.resolve({ canceled: false, filePath })
    },
    join(outside, 'list.xlsx'),
  )
  const desk = new Workstation(page)
  const look = (name: string): Promise<void> => lookAt(page, name)
  const escape = async (): Promise<void> => {
    await page.keyboard.press('Escape')
    await expect(page.locator('dialog[open]')).toHaveCount(0)
  }
  /** Every tab of a page, in each look, as a person opens it. */
  const walk = async (section: 'admin' | 'bulletin'): Promise<void> => {
    for (const [language, theme] of looks) {
      await desk.dress(language, theme)
      await tourOfTabs(desk, section, (name) => look(`${name}-${language}-${theme}`))
    }
  }
  await desk.setUp()
  await desk.signIn('hr@sandbox')
  await desk.sync()

  await test.step('a recruiter asks, shares with a consent alone, and answers at the desk', async () => {
    const { items } = await desk.call<{ items: ReadonlyArray<{ id: string }> }>('candidate.list', { limit: 50 })
    for (const { id } of items.slice(0, 2)) {
      await desk.call('approval.ask', { id, kind: 'print', reason: '面试时给用人经理看' })
    }
    await desk.open('candidates')
    await desk
      .by('candidate-row')
      .nth(4)
      .click({ modifiers: ['Control'] })
    await desk.by('bulk-export').click()
    await desk.by('export-reason').fill('交用人经理周会讨论')
    await look('export-ask')
    await desk.by('export-ask').click()
    await expect(page.locator('dialog[open]')).toHaveCount(0)
    await desk.by('bulk-clear').click()
    await desk.by('candidate-row').first().click()
    await desk.by('detail-tab-activity').click()
    const section = desk.by('share-section')
    await section.scrollIntoViewIfNeeded()
    await expect(desk.by('share-open')).toBeDisabled()
    await desk.by('share-consent').click()
    await desk.by('share-recipient').fill('北辰集团财务共享中心')
    await desk.by('share-reference').fill('2026-11-20 邮件')
    await look('share-consent')
    await desk.by('share-consent-submit').click()
    await desk.by('share-open').click()
    await desk.by('share-purpose').waitFor()
    await look('share-dialog')
    await escape()
    await walk('bulletin')
    // Asked for at the hub before somebody else decides.
    await desk.call('sync.start', {})
    await expect
      .poll(async () => (await desk.call<{ progress: { state: string } }>('sync.status', {})).progress.state)
      .toBe('done')
    await desk.dress('zh', 'light')
    await desk.call('account.sign_out', {})
  })

  await test.step('an administrator invites, decides, and finds everybody', async () => {
    await desk.signIn('admin@sandbox')
    await desk.sync()
    await desk.open('admin')
    await expect(desk.by('person-row').first()).toBeVisible()
    const recruiter = page.locator('[data-testid="person-row"][data-id="acc-hr"]')
    await recruiter.getByTestId('person-manage').click()
    for (const action of ['hand_over', 'jobs', 'verify', 'revoke']) {
      await desk.by('person-action').selectOption(action)
      await look(`person-${action}`)
    }
    await escape()

    await page.locator('#admin-tab-invitations').click()
    await desk.by('invite-add').click()
    await desk.by('invite-email').fill('new.colleague@beichen.example')
    await expect(desk.by('invite-submit')).toBeDisabled()
    await desk.by('invite-consent').check()
    await look('invite')
    await desk.by('invite-submit').click()
    await expect(desk.by('one-time-link')).toContainText('http')
    await look('invite-link')
    await page.keyboard.press('Escape')
    await expect(desk.by('invitation-row').first()).toHaveAttribute('data-status', 'open')

    await page.locator('#admin-tab-devices').click()
    await desk.by('device-revoke').first().click()
    await expect(desk.by('device-effect')).toBeVisible()
    await look('device-revoke')
    await escape()

    await page.locator('#admin-tab-approvals').click()
    const asked = desk.by('approval-row').filter({ hasText: '面试时给用人经理看' })
    await expect(asked).toHaveCount(2)
    await asked.first().getByTestId('approval-decide').click()
    await look('approval-decide')
    await desk.by('approval-grant').click()
    await expect(asked).toHaveCount(1)
    await desk.by('approval-row').filter({ hasText: '交用人经理周会讨论' }).getByTestId('approval-decide').click()
    await desk.by('approval-grant').click()
    await walk('admin')
    await desk.dress('zh', 'light')
    await desk.call('account.sign_out', {})
  })

  await test.step('[D21] what was granted is written, and stands in the list of what lies outside', async () => {
    await desk.signIn('hr@sandbox')
    await desk.sync()
    await desk.open('retention')
    await desk.by('retention-tab-files').click()
    const mine = desk.by('export-row').filter({ hasText: '交用人经理周会讨论' })
    await expect(mine).toHaveAttribute('data-state', 'granted')
    await desk.by('export-open').focus()
    await page.keyboard.press('Enter')
    await look('export-write')
    await desk.by('export-make').click()
    await expect(desk.by('file-row').filter({ hasText: 'list.xlsx' })).toHaveAttribute('data-state', 'present')
    for (const [language, theme] of looks) {
      await desk.dress(language, theme)
      await desk.open('retention')
      await desk.by('retention-tab-files').click()
      await mine.waitFor()
      await look(`export-list-${language}-${theme}`)
    }
    rmSync(outside, { recursive: true, force: true })
  })
})
