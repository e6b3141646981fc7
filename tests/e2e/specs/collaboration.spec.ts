import { expect, test } from '../fixtures/index.ts'
import { Workstation } from '../pages/workstation.ts'

type Item = {
  readonly id: string
  readonly name?: string
  readonly application?: { readonly id: string; readonly job_id: string }
}

test('hr judges, mentions and assigns; an interviewer sees what was assigned, judges blindly, and meets no contact', async ({
  launch,
}) => {
  test.setTimeout(360_000)
  const { page } = await launch()
  const desk = new Workstation(page)
  const keys = page.keyboard
  await desk.setUp()
  await desk.signIn('hr@sandbox')
  await desk.sync()
  await desk.open('candidates')
  await desk.by('candidate-row').first().waitFor()

  const { items } = await desk.call<{ items: Item[] }>('candidate.list', { stage: 'interview', limit: 50 })
  const chosen = items.find(({ application, name }) => application !== undefined && name !== undefined)
  const applicationId = chosen?.application?.id ?? ''

  await test.step('a scorecard is given by the mouse and revised, and moves nobody', async () => {
    await desk.by('candidate-row').nth(1).click()
    await desk.by('detail-head').waitFor()
    await page.evaluate(() => (document.activeElement as HTMLElement | null)?.blur())
    await keys.press('2')
    await expect(desk.by('scorecard-hidden')).toBeVisible()
    await desk.by('scorecard-write').click()
    await expect(desk.by('scorecard-submit')).toBeDisabled()
    for (const line of await desk.by('scorecard-form').locator('.line').all()) {
      const four = line.locator('[data-value="4"]')
      if ((await four.count()) > 0) await four.click()
    }
    await desk.by('scorecard-form').locator('[data-value="yes"]').click()
    await desk.by('scorecard-text').fill('讲清了灰度发布的取舍')
    await desk.by('scorecard-submit').click()
    await expect(desk.by('scorecard-row')).toHaveCount(1)
    await expect(desk.by('scorecard-row')).toContainText('讲清了灰度发布的取舍')
    await desk.by('scorecard-write').click()
    await desk.by('scorecard-form').locator('[data-value="strong_yes"]').click()
    await desk.by('scorecard-submit').click()
    await expect(desk.by('scorecard-row')).toContainText('强烈赞成')
  })

  await test.step('a note is written, changed, taken away and brought back', async () => {
    await desk.by('note-text').fill('周五下午可以面谈')
    await keys.press('Control+Enter')
    await expect(desk.by('note-row')).toHaveCount(1)
    await desk.by('note-edit').click()
    await desk.by('note-edit-text').fill('周四下午可以面谈')
    await desk.by('note-edit-submit').click()
    await expect(desk.by('note-row')).toContainText('周四')
    await desk.by('note-remove').click()
    await expect(desk.by('note-row')).toHaveCount(0)
    await page.evaluate(() => (document.activeElement as HTMLElement | null)?.blur())
    await keys.press('Control+z')
    await expect(desk.by('note-row')).toHaveCount(1)
  })

  await test.step('what happened stands in one line, and ends with the log', async () => {
    await page.evaluate(() => (document.activeElement as HTMLElement | null)?.blur())
    await keys.press('4')
    await expect(page.locator('[data-testid="activity-row"][data-kind="scorecard"]')).toHaveCount(1)
    await expect(page.locator('[data-testid="activity-row"][data-kind="view"]').first()).toBeVisible()
    await page.locator('[data-testid="activity-kind"][data-value="note"]').click()
    await expect(page.locator('[data-testid="activity-row"]:not([data-kind="note"])')).toHaveCount(0)
  })

  await test.step('an interviewer is asked to look, and it can be taken back', async () => {
    expect(applicationId).not.toBe('')
    await page.evaluate(() => (document.activeElement as HTMLElement | null)?.blur())
    await keys.press('2')
    const section = desk.by('assignment-section')
    await section.waitFor()
    if ((await desk.by('assignment-who').count()) > 0) {
      const before = await desk.by('assignment-row').count()
      await desk.by('assignment-who').selectOption({ index: 1 })
      await desk.by('assignment-add').click()
      await expect(desk.by('assignment-row')).toHaveCount(before + 1)
      await desk.by('assignment-remove').last().click()
      await expect(desk.by('assignment-row')).toHaveCount(before)
    }
  })

  await test.step('the interviewer has fewer sections, only what was assigned, and no contact in any of it', async () => {
    await desk.by('sign-out').click()
    await desk.signIn('interviewer@sandbox')
    await desk.sync()
    for (const hidden of ['nav-pipeline', 'nav-messages', 'nav-pool', 'nav-reports', 'nav-retention'])
      await expect(desk.by(hidden)).toHaveCount(0)
    await desk.open('candidates')
    await desk.by('candidate-row').first().waitFor()
    const mine = await desk.call<{ items: Item[]; total: number }>('candidate.list', { limit: 200 })
    expect(mine.total).toBeGreaterThan(0)
    expect(mine.total).toBeLessThan(items.length + 50)
    expect(JSON.stringify(mine)).not.toMatch(/"(phone|email|wechat)"\s*:/)
    await desk.by('candidate-row').first().click()
    await desk.by('detail-head').waitFor()
    await expect(desk.by('stage-advance')).toHaveCount(0)
    const first = mine.items[0]
    const detail = await desk.call<object>('candidate.get', { id: first?.id, job_id: first?.application?.job_id })
    expect(JSON.stringify(detail)).not.toMatch(/(?<!\d)1[3-9]\d{9}(?!\d)/)
    await page.evaluate(() => (document.activeElement as HTMLElement | null)?.blur())
    await keys.press('2')
    await desk.by('scorecard-write').waitFor()
  })
})
