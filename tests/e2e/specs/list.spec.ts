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
  const blur = (): Promise<void> => page.evaluate(() => (document.activeElement as HTMLElement | null)?.blur())
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
    await page.locator('[data-chip="stage"]').click()
    await expect.poll(total).toBe(everybody)
    await desk.by('saved-views').click()
    await desk.by('saved-view').click()
    await expect.poll(total).toBe(narrowed)
    await page.locator('[data-chip="stage"]').click()
  })

  await test.step('a range is marked with shift and taken back', async () => {
    const rows = desk.by('candidate-row')
    await rows.nth(0).click({ modifiers: ['Control'] })
    await rows.nth(3).click({ modifiers: ['Shift'] })
    await expect(marked).toHaveCount(4)
    await blur()
    await keys.press('Escape')
    await expect(marked).toHaveCount(0)
  })

  await test.step('marked people are moved and rejected with a reason, and both are taken back', async () => {
    const stages = async (ids: readonly string[]): Promise<Array<string | undefined>> => {
      const { items } = await desk.call<{ items: Array<{ id: string; application?: { stage: string } }> }>(
        'candidate.list',
        { limit: 200 },
      )
      return ids.map((id) => items.find((item) => item.id === id)?.application?.stage)
    }
    await blur()
    await keys.press('Home')
    for (const key of [' ', 'j', ' ', 'j', ' ']) await keys.press(key)
    await expect(marked).toHaveCount(3)
    const ids = await marked.evaluateAll((rows) => rows.map((row) => (row as HTMLElement).dataset['id'] ?? ''))
    const before = await stages(ids)
    await desk.by('bulk-reject').click()
    await desk.by('reject-reason').first().waitFor()
    await keys.press('2')
    await expect.poll(async () => (await stages(ids)).filter((stage) => stage === 'rejected').length).toBeGreaterThan(0)
    await blur()
    await keys.press('Control+z')
    await expect.poll(() => stages(ids)).toEqual(before)
  })

  await test.step('any substring is found, one sign long, in Latin letters or as the initials of a name', async () => {
    const find = async (words: string): Promise<number> => {
      await desk.by('candidate-search').fill(words)
      await keys.press('Enter')
      const answer = await desk.call<Listed>('candidate.list', { query: words, limit: 1 })
      await expect.poll(total).toBe(answer.total)
      return answer.total
    }
    for (const words of ['发', 'java', 'ＪＡＶＡ', '后端 java']) expect(await find(words)).toBeGreaterThan(0)
    await expect(page.locator('[data-testid="candidate-row"] mark').first()).toBeVisible()
    expect(await find('没有这样的人zzz')).toBe(0)
    await page.locator('[data-chip="query"]').click()
    await expect.poll(total).toBe(everybody)
  })

  await test.step('columns and dense rows are chosen; these and the view are there after a restart', async () => {
    const tall = (await desk.by('candidate-row').first().boundingBox())?.height ?? 0
    await desk.by('list-columns').click()
    await desk.by('column-score').check()
    await desk.by('list-compact').check()
    await keys.press('Escape')
    await expect
      .poll(async () => (await desk.by('candidate-row').first().boundingBox())?.height ?? tall)
      .toBeLessThan(tall)
    await expect
      .poll(async () => (await desk.call<{ screen: { density?: string } }>('system.state', {})).screen.density)
      .toBe('compact')
    await first.close()
    const again = new Workstation((await launch({ home: first.home })).page)
    await again.unlock()
    await again.by('sandbox-start').click()
    await again.by('account-resume').click()
    await again.open('candidates')
    await again.by('candidate-row').first().waitFor()
    await expect(again.by('candidate-score').first()).toBeAttached()
    expect((await again.by('candidate-row').first().boundingBox())?.height).toBeLessThan(tall)
    await again.by('saved-views').click()
    await again.by('saved-view').click()
    await expect(again.page.locator('[data-chip="stage"]')).toBeVisible()
    await again.by('saved-views').click()
    await again.by('saved-view-remove').click()
    await expect(again.by('saved-view')).toHaveCount(0)
    await again.page.keyboard.press('Escape')
    await again.page.evaluate(() => (document.activeElement as HTMLElement | null)?.blur())
    await again.page.keyboard.press('Control+z')
    await again.by('saved-views').click()
    await expect(again.by('saved-view')).toHaveText('本周新投递')
  })
})
