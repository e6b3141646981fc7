import { expect, test } from '../fixtures/index.ts'
import { resumeFiles } from '../pages/resume-files.ts'
import { putStricterRules, Rules } from '../pages/rules.ts'
import { Workstation } from '../pages/workstation.ts'

type List = { readonly items: ReadonlyArray<{ readonly id: string; readonly why: ReadonlyArray<{ state: string }> }> }

test('[ZP-62] [L-2] the rules cell by cell, from a "why" to its rule, insights on demand, and a leak reported', async ({
  launch,
}) => {
  test.setTimeout(300_000)
  const desk = new Workstation((await launch()).page)
  const rules = new Rules(desk)
  const { page } = desk
  const url = (): string => new URL(page.url()).hash
  await desk.setUp()
  await desk.signIn('hr@sandbox')
  await desk.sync()

  await test.step('platforms and roles differ', async () => {
    await desk.open('rules')
    await expect(rules.cell('phone', 'delivered')).toContainText('可查看')
    await rules.choose('rules-role', 'headhunter')
    await expect(rules.cell('phone', 'delivered')).toContainText('虚拟号码')
    await rules.choose('rules-platform', 'qingyun')
    await expect(desk.by('rules-none')).toBeVisible()
    await expect(desk.by('rules-numbers')).toBeVisible()
    await rules.choose('rules-platform', 'zhaopin')
    await rules.choose('rules-role', 'hr')
    await expect(rules.cell('residence', 'searched')).toContainText('城市')
  })

  await test.step('the arrows move, Enter explains, Esc comes back', async () => {
    await rules.cell('name', 'searched').focus()
    await page.keyboard.press('ArrowDown')
    await expect(rules.cell('phone', 'searched')).toBeFocused()
    await page.keyboard.press('Enter')
    await expect(desk.by('rules-card')).toBeVisible()
    await expect(desk.by('rules-card')).toContainText('ZP-26')
    await page.keyboard.press('Escape')
    await expect(desk.by('rules-card')).toBeHidden()
    await expect(rules.cell('phone', 'searched')).toBeFocused()
  })

  await test.step('a "why" leads to the rule; no person is in the address', async () => {
    await desk.open('candidates')
    const { items } = await desk.call<List>('candidate.list', { platform: 'zhaopin', limit: 50 })
    const at = items.findIndex(({ why }) => why.some(({ state }) => state === 'absent'))
    await page.locator(`[data-testid="candidate-row"][data-id="${items[at]?.id ?? ''}"]`).click()
    await desk.by('candidate-detail').getByTestId('why-masked').first().click()
    await desk.by('why-rules').first().click()
    await expect(desk.by('rules-cell').first()).toBeVisible()
    expect(url()).toMatch(/^#\/rules\/zhaopin\/[a-z_]+$/)
    expect(url()).not.toContain(items[at]?.id ?? '')
  })

  await test.step('insights are off until they are allowed', async () => {
    await desk.open('candidates')
    await desk.by('candidate-row').first().click()
    const insights = desk.page.locator('[data-testid="candidate-insights"][data-rule="INSIGHTS_NOT_ALLOWED"]')
    const { items } = await desk.call<List>('candidate.list', { platform: 'zhaopin', limit: 20 })
    for (const { id } of items) {
      await page.locator(`[data-testid="candidate-row"][data-id="${id}"]`).click()
      await expect(desk.by('candidate-detail')).toHaveAttribute('data-id', id)
      if ((await insights.count()) > 0) break
    }
    await insights.getByRole('link', { name: '去设置' }).click()
    const toggle = desk.by('permission-insights')
    await expect(toggle).toHaveAttribute('aria-checked', 'false')
    await toggle.click()
    await expect(toggle).toHaveAttribute('aria-checked', 'true')
    await desk.open('candidates')
    await expect(desk.by('candidate-insights')).toBeVisible()
    await expect(insights).toHaveCount(0)
  })

  await test.step('what was missed is reported and masked', async () => {
    const resume = desk.by('candidate-detail').locator('[data-leakable] .text').first()
    await resume.scrollIntoViewIfNeeded()
    const word = (await resume.innerText())
      .replaceAll(/[^\p{Script=Han}]+/gu, ' ')
      .split(' ')
      .find((one) => one.length >= 4)
    const leaked = (word ?? '').slice(0, 4)
    await resume.evaluate((element, text) => {
      const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT)
      for (let node = walker.nextNode(); node; node = walker.nextNode()) {
        const start = (node.textContent ?? '').indexOf(text)
        if (start < 0) continue
        const range = document.createRange()
        range.setStart(node, start)
        range.setEnd(node, start + text.length)
        getSelection()?.removeAllRanges()
        getSelection()?.addRange(range)
        return
      }
    }, leaked)
    await desk.by('leak-report').click()
    await expect(desk.by('leak-text')).toHaveValue(leaked)
    await desk.by('leak-submit').click()
    await expect(desk.by('leak-text')).toHaveCount(0)
    await expect(desk.by('candidate-detail').locator('[data-leakable]').first()).not.toContainText(leaked)
  })
})

test('[ZP-106] rules of one’s own mask at once and may only tighten', async ({ launch }) => {
  test.setTimeout(180_000)
  const desk = new Workstation((await launch()).page)
  const rules = new Rules(desk)
  await desk.setUp()
  await desk.by('workspace-local').click()
  await desk.by('nav-settings').waitFor()
  await desk.open('jobs')
  await desk.by('job-create').click()
  await desk.by('job-title').fill('门店店长')
  await desk.by('job-submit').click()
  await desk.by('job-row').waitFor()
  const jobs = await desk.call<List>('job.list', {})
  await desk.takeIn(jobs.items[0]?.id ?? '', (await resumeFiles()).slice(4))
  await desk.open('candidates')
  await desk.by('candidate-row').first().click()
  await expect(desk.by('reveal-phone')).toBeVisible()

  await test.step('what would loosen is refused with its line', async () => {
    await rules.tighten('direct', 'cells:\n  id_number:\n    direct: { hr: [see, full, e, D1] }\n')
    await expect(desk.by('tighten-problems')).toContainText(/第 \d+ 行/)
  })

  await test.step('what tightens holds at once', async () => {
    await rules.tighten('direct', 'cells:\n  phone:\n    direct: { hr: [masked, full, e, D1] }\n')
    await rules.choose('rules-part', 'rules')
    await expect(rules.cell('phone', 'direct')).toContainText('遮盖')
    await rules.choose('rules-filter', 'enterprise')
    await expect(rules.cell('email', 'direct')).toHaveCount(0)
    await desk.open('candidates')
    await desk.by('candidate-row').first().click()
    await expect(desk.by('candidate-detail').getByTestId('candidate-phone')).toContainText('*')
    await expect(desk.by('reveal-phone')).toHaveCount(0)
  })

  await test.step('without them the platform’s rule holds again', async () => {
    await rules.tighten('direct', '')
    await desk.open('candidates')
    await desk.by('candidate-row').first().click()
    await expect(desk.by('reveal-phone')).toBeVisible()
  })
})

test('[ZP-106] [ZP-107] what asks for an answer gets one: a refusal leads to browse mode, accepting leads back', async ({
  launch,
}) => {
  test.setTimeout(300_000)
  const desk = new Workstation((await launch()).page)
  await desk.setUp()
  await desk.signIn('hr@sandbox')
  await desk.sync()
  await putStricterRules(desk)
  await expect(desk.by('rules-update')).toBeVisible({ timeout: 180_000 })
  await desk.page.keyboard.press('Escape')
  await desk.page.keyboard.press('Escape')
  await expect(desk.by('rules-update')).toBeVisible()
  await expect(desk.by('rules-notice').first()).toBeVisible()
  await desk.by('rules-decline').click()

  await expect(desk.by('browse-agree')).toBeVisible({ timeout: 30_000 })
  await expect(desk.by('public-job').first()).toBeVisible()
  await desk.by('browse-rules').click()
  await expect(desk.by('rules-cell').first()).toBeVisible()
  await desk.by('rules-dialog-close').click()

  await desk.by('browse-agree').click()
  await desk.by('consent-accept').click()
  await desk.unlock()
  await desk.by('account-resume').click()
  await desk.by('nav-settings').waitFor()
  await desk.acceptRules()
  await desk.sync()
  await desk.open('candidates')
  await expect(desk.by('candidate-row').first()).toBeVisible()
})
