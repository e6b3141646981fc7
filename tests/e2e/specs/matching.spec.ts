import { expect, test } from '../fixtures/index.ts'
import { Workstation } from '../pages/workstation.ts'

type Item = {
  readonly id: string
  readonly name?: string
  readonly application?: { readonly job_id: string; readonly stage: string }
}

test('[ZP-57] [ZP-88] a score says its reasons and moves nobody; a check waits for consent and its report is sealed', async ({
  launch,
}) => {
  test.setTimeout(300_000)
  const { page } = await launch()
  const desk = new Workstation(page)
  const keys = page.keyboard
  const blur = (): Promise<void> =>
    page.evaluate(() => {
      ;(document.activeElement as HTMLElement | null)?.blur()
    })
  await desk.setUp()
  await desk.signIn('hr@sandbox')
  await desk.sync()
  await desk.open('candidates')
  await desk.by('candidate-row').first().waitFor()
  // Somebody in sight about whom a decision can be taken.
  const { items } = await desk.call<{ items: Item[] }>('candidate.list', { limit: 12 })
  const person = items.find(({ name, application }) => name !== undefined && application?.stage === 'interview')
  const job = person?.application?.job_id ?? ''

  await test.step('without requirements there is no score; with them each point has its reason', async () => {
    await desk.call('job.update', {
      id: job,
      requirements: {
        skills_must: ['Java'],
        skills_nice: ['Kafka'],
        years: { min: 3 },
        degree: 'bachelor',
        cities: ['北京'],
      },
    })
    await expect.poll(async () => (await desk.call<{ unindexed: number }>('sync.status', {})).unindexed).toBe(0)
    const scored = await desk.call<{ items: Array<Item & { score?: number }> }>('candidate.list', {
      job_id: job,
      sort: 'score',
      limit: 5,
    })
    expect(scored.items[0]?.score).toBeGreaterThanOrEqual(0)
    await page.locator(`[data-testid="candidate-row"][data-id="${person?.id}"]`).first().click()
    await desk.by('detail-head').waitFor()
    await blur()
    await keys.press('1')
    await desk.by('score-section').waitFor()
    expect(await desk.by('score-part').count()).toBeGreaterThan(2)
    await desk.by('score-how').click()
    await expect(desk.by('score-text')).not.toBeEmpty()
    // Esc belongs to the card that is open, not to the person beneath it.
    await keys.press('Escape')
    await expect(desk.by('score-text')).toHaveCount(0)
    await expect(desk.by('score-section')).toBeVisible()
  })

  await test.step('a check is asked for, refused without effect, asked again, consented to, reported and opened', async () => {
    await blur()
    await keys.press('2')
    await desk.by('background-section').waitFor()
    const ask = async (): Promise<void> => {
      await desk.by('background-ask').click()
      await desk.by('background-provider').fill('北辰背调')
      await desk.by('background-ask-submit').click()
      await expect(page.locator('[data-testid="background-row"][data-state="asked"]')).toHaveCount(1)
    }
    const answer = async (value: 'consented' | 'refused'): Promise<void> => {
      await desk.by('background-answer').first().click()
      await page.locator(`[data-testid="background-choice"][data-value="${value}"]`).click()
      await desk.by('background-reference').fill('2026-11-20 授权书第 12 号')
      await desk.by('background-answer-submit').click()
      await expect(page.locator(`[data-testid="background-row"][data-state="${value}"]`)).toHaveCount(1)
    }
    await ask()
    await expect(desk.by('background-report')).toHaveCount(0)
    await answer('refused')
    await ask()
    await answer('consented')
    await desk.by('background-report').click()
    await desk.by('background-report-text').fill('学历属实，任职时间一致。')
    await desk.by('background-report-submit').click()
    await desk.by('background-open').click()
    await expect(desk.by('background-text')).toContainText('学历属实')
  })
})
