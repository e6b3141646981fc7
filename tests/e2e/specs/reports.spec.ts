import { expect, test } from '../fixtures/index.ts'
import { Workstation } from '../pages/workstation.ts'

const kinds = ['funnel', 'sources', 'time', 'pace', 'retention', 'workload'] as const

test('[ZP-64] reports: pictures with the figures behind them, by mouse and by keyboard, small groups hidden', async ({
  launch,
}) => {
  test.setTimeout(300_000)
  const { page } = await launch()
  const desk = new Workstation(page)
  await desk.setUp()
  await desk.signIn('hr@sandbox')
  await desk.sync()
  await desk.by('nav-reports').click()
  await expect(desk.by('reports-page')).toBeVisible()

  await test.step('every report is there, and prints no number from one to four', async () => {
    await desk.by('report-period').filter({ hasText: '全部' }).click()
    for (const kind of kinds) {
      const card = desk.by(`report-${kind}`)
      await expect(card).toBeVisible()
      const table = card.getByTestId('report-table')
      await expect(table.or(card.locator('.empty'))).toBeVisible()
      if ((await table.count()) === 0) continue
      await table.locator('summary').click()
      const figures = await table.locator('td').allInnerTexts()
      expect(figures.filter((text) => /^[1-4]$/.test(text.trim()))).toEqual([])
    }
    await expect(desk.by('report-sources').locator('tbody tr').first()).toBeVisible()
  })

  await test.step('a job, by the keyboard', async () => {
    const before = await desk.by('report-funnel').innerText()
    await desk.by('report-job').focus()
    await page.keyboard.press('ArrowDown')
    await expect(desk.by('report-job')).not.toHaveValue('all')
    await expect.poll(() => desk.by('report-funnel').innerText()).not.toBe(before)
  })

  await test.step('the period, by the arrows', async () => {
    await desk.by('report-period').filter({ hasText: '全部' }).focus()
    await page.keyboard.press('ArrowLeft')
    await expect(desk.by('report-period').filter({ hasText: '近 12 个月' })).toHaveAttribute('aria-checked', 'true')
  })

  await test.step('nobody is named', async () => {
    const shown = await desk.by('reports-page').innerText()
    expect(shown).not.toMatch(/1[3-9]\d{9}|@|某|先生|女士/)
  })
})
