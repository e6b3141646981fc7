import { expect, test } from '../fixtures/index.ts'
import { Workstation } from '../pages/workstation.ts'

type Listed = { readonly total: number; readonly next_cursor: string | null; readonly items: Array<{ id: string }> }

test('the list is filtered, searched, arranged, marked and kept as a view, by the keyboard and by the mouse', async ({
  launch,
}) => {
  test.setTimeout(300_000)
  const first = await launch()
  const { page } = first
  const desk = new Workstation(page)
  const keys = page.keyboard
  const total = async (): Promise<number> =>
    Number(((await desk.by('candidate-total').textContent()) ?? '').replaceAll(/\D/g, ''))
  const marked = page.locator('[data-testid="candidate-row"][data-marked]')
  await desk.setUp()
  await desk.signIn('hr@sandbox')
  await desk.sync()
  await desk.open('candidates')
  await desk.by('candidate-row').first().waitFor()
  const everybody = await total()

  await test.step('every page follows the one before, without gaps or doubles', async () => {
    const seen: string[] = []
    for (let cursor: string | null | undefined = undefined; cursor !== null;) {
      const answer: Listed = await desk.call<Listed>('candidate.list', { limit: 50, ...(cursor ? { cursor } : {}) })
      expect(answer.total).toBe(everybody)
      seen.push(...answer.items.map(({ id }) => id))
      cursor = answer.next_cursor
    }
    expect(new Set(seen).size).toBe(seen.length)
  })

  await test.step('several values of one facet, by mouse and by keyboard, with their counts', async () => {
    if ((await page.locator('[data-facet="stage"]').count()) === 0) await keys.press('f')
    const values = page.locator('[data-facet="stage"]')
    await values.nth(0).click()
    await expect(values.nth(0)).toHaveAttribute('aria-pressed', 'true')
    await expect.poll(total).toBeLessThan(everybody)
    const one = await total()
    await values.nth(0).focus()
    await keys.press('ArrowDown')
    await expect(values.nth(1)).toBeFocused()
    await keys.press(' ')
    await expect(values.nth(1)).toHaveAttribute('aria-pressed', 'true')
    await expect.poll(total).toBeGreaterThan(one)
  })

  await test.step('what is on the screen is saved as a view', async () => {
    const narrowed = await total()
    await desk.by('saved-views').click()
    await desk.by('view-name').fill('本周新投递')
    await keys.press('Enter')
    await expect(desk.by('saved-view')).toHaveText('本周新投递')
    await keys.press('Escape')
    if (process.env['REVIEW_SHOTS']) await page.screenshot({ path: `${process.env['REVIEW_SHOTS']}/list.png` })
    await page.locator('[data-chip="stage"]').click()
    await expect.poll(total).toBe(everybody)
    await desk.by('saved-views').click()
    if (process.env['REVIEW_SHOTS']) await page.screenshot({ path: `${process.env['REVIEW_SHOTS']}/views.png` })
    await desk.by('saved-view').click()
    await expect.poll(total).toBe(narrowed)
    await page.locator('[data-chip="stage"]').click()
  })

  await test.step('a range is marked with shift and taken back', async () => {
    const rows = desk.by('candidate-row')
    await rows.nth(0).click({ modifiers: ['Control'] })
    await rows.nth(3).click({ modifiers: ['Shift'] })
    await expect(marked).toHaveCount(4)
    await page.evaluate(() => (document.activeElement as HTMLElement | null)?.blur())
    await keys.press('Escape')
    await expect(marked).toHaveCount(0)
  })

  await test.step('what was searched for stands out, and nothing found has a way out', async () => {
    await keys.press('/')
    await keys.insertText('java')
    await keys.press('Enter')
    await expect(page.locator('[data-testid="candidate-row"] mark').first()).toHaveText(/java/i)
    await page.locator('[data-chip="query"]').click()
    await expect.poll(total).toBe(everybody)
  })
})
