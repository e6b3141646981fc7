import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from '../fixtures/index.ts'
import { Workstation } from '../pages/workstation.ts'

test('an interview is planned, moved, shared and cancelled by keyboard and by mouse', async ({ launch }) => {
  test.setTimeout(300_000)
  const { app, page, home } = await launch()
  const desk = new Workstation(page)
  const keys = page.keyboard
  await desk.setUp()
  await desk.signIn('hr@sandbox')
  await desk.sync()
  await desk.open('candidates')
  const { items } = await desk.call<{ items: Array<{ phone?: string; application?: { stage: string } }> }>(
    'candidate.list',
    {
      limit: 50,
    },
  )
  const wanted = items.findIndex(({ phone, application }) => phone !== undefined && application?.stage === 'new')
  expect(wanted).toBeGreaterThanOrEqual(0)

  await test.step('by keyboard, with what is usual filled in', async () => {
    await desk.by('candidate-row').first().waitFor()
    await page.evaluate(() => document.querySelector<HTMLElement>('[role="listbox"]')?.blur())
    for (let step = 0; step <= wanted; step++) await keys.press('j')
    await expect(desk.by('stage-reject')).toBeVisible()
    await keys.press('i')
    await expect(desk.by('interview-date')).toBeFocused()
    await desk.by('interview-people').fill('周岚、李工')
    await desk.by('interview-place').fill('3 楼大会议室')
    await desk.by('interview-submit').click()
    await expect(desk.by('interview-section').getByTestId('interview-row')).toHaveCount(1)
  })

  await test.step('a second one at the same time is told of while choosing', async () => {
    await desk.by('interview-new').click()
    await expect(desk.by('interview-hints')).toContainText('已有面试')
    await keys.press('Escape')
  })

  await test.step('is found in its week, moved, and the move is taken back', async () => {
    await desk.open('interviews')
    const row = desk.by('interview-row')
    if ((await row.count()) === 0) await desk.by('interview-after').click()
    await expect(row).toHaveCount(1)
    const time = await row.locator('.time strong').textContent()
    await desk.by('interview-change').click()
    await desk.by('interview-time').selectOption('15:30')
    await desk.by('interview-submit').click()
    await expect(row).toContainText('15:30')
    await keys.press('Control+z')
    await expect(row).toContainText(time ?? '-')
  })

  await test.step('[QY-30] its calendar file holds nobody', async () => {
    await desk.by('interview-share').click()
    await expect(desk.by('interview-mail')).toHaveValue(/记录 \d+/)
    const path = join(home, 'saved.ics')
    await app.evaluate(({ dialog }, filePath) => {
      dialog.showSaveDialog = () => Promise.resolve({ canceled: false, filePath })
    }, path)
    await desk.by('interview-save').click()
    await expect.poll(() => existsSync(path)).toBe(true)
    const text = readFileSync(path, 'utf8').replaceAll('\r\n ', '')
    expect(text).toMatch(/SUMMARY:面试 · .+ · 记录 \d+/)
    expect(text).not.toMatch(/周岚|李工/)
  })

  await test.step('by mouse: the week as a grid, and a cancellation with its undo', async () => {
    await page.getByTestId('interview-view').nth(1).click()
    await expect(desk.by('interview-week')).toBeVisible()
    await page.getByTestId('interview-view').nth(0).click()
    await desk.by('interview-cancel').click()
    await expect(desk.by('interview-row')).toHaveAttribute('data-state', 'cancelled')
    await desk.by('toast-undo').last().click()
    await expect(desk.by('interview-row')).toHaveAttribute('data-state', 'planned')
  })
})
