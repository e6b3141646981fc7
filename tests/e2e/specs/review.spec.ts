import { expect, test } from '../fixtures/index.ts'
import { Workstation } from '../pages/workstation.ts'

type Item = { readonly id: string; readonly application?: { readonly id: string; readonly stage: string } }

test('a stack is gone through, several are marked, compared, moved and taken back, by the keyboard and by the mouse', async ({
  launch,
}) => {
  test.setTimeout(300_000)
  const program = await launch()
  const { page } = program
  const desk = new Workstation(page)
  const keys = page.keyboard
  await desk.setUp()
  await desk.signIn('hr@sandbox')
  await desk.sync()
  await desk.open('candidates')
  await desk.by('candidate-row').first().waitFor()
  const list = async (): Promise<readonly Item[]> =>
    (await desk.call<{ items: Item[] }>('candidate.list', { limit: 200 })).items
  const stageOf = async (id: string): Promise<string | undefined> =>
    (await list()).find((item) => item.id === id)?.application?.stage

  await test.step('mark with the keyboard, move with the bar, undo with Ctrl+Z', async () => {
    await page.evaluate(() => (document.activeElement as HTMLElement | null)?.blur())
    for (const key of ['j', ' ', 'j', ' ']) await keys.press(key)
    await expect(desk.page.locator('[data-testid="candidate-row"][data-marked]')).toHaveCount(2)
    const ids = await desk.page
      .locator('[data-testid="candidate-row"][data-marked]')
      .evaluateAll((rows) => rows.map((row) => (row as HTMLElement).dataset['id'] ?? ''))
    const before = await Promise.all(ids.map(stageOf))
    await desk.by('bulk-stage').selectOption('offer')
    await expect.poll(() => stageOf(ids[0] ?? '')).toBe('offer')
    await expect(desk.by('bulk-bar')).toHaveCount(0)
    await page.evaluate(() => (document.activeElement as HTMLElement | null)?.blur())
    await keys.press('Control+z')
    await expect.poll(() => Promise.all(ids.map(stageOf))).toEqual(before)
  })

  await test.step('mark with the mouse, compare side by side', async () => {
    await desk
      .by('candidate-row')
      .nth(0)
      .click({ modifiers: ['Control'] })
    await desk
      .by('candidate-row')
      .nth(2)
      .click({ modifiers: ['Shift'] })
    await expect(desk.page.locator('[data-testid="candidate-row"][data-marked]')).toHaveCount(3)
    await desk.by('bulk-compare').click()
    await expect(desk.by('compare-person')).toHaveCount(3)
    await keys.press('2')
    await expect(desk.by('compare-person').nth(1)).toHaveAttribute('aria-pressed', 'true')
    await keys.press('Escape')
    await expect(desk.by('candidate-row').first()).toBeVisible()
    await keys.press('Escape')
    await expect(desk.by('bulk-bar')).toHaveCount(0)
  })

  await test.step('review: next, reject with a digit, undo brings the person back', async () => {
    await keys.press('v')
    await expect(desk.by('review-progress')).toContainText('1 /')
    await desk.by('detail-head').waitFor()
    // Somebody about whom a decision can be taken.
    await expect(async () => {
      if ((await desk.by('stage-reject').count()) === 0) await keys.press('j')
      await expect(desk.by('stage-reject')).toBeVisible({ timeout: 1500 })
    }).toPass()
    const id = (await desk.by('candidate-detail').getAttribute('data-id')) ?? ''
    const before = await stageOf(id)
    await keys.press('x')
    await desk.by('stage-confirm').waitFor()
    await keys.press('4')
    await expect(desk.by('candidate-detail')).not.toHaveAttribute('data-id', id)
    await expect.poll(() => stageOf(id)).toBe('rejected')
    await keys.press('Control+z')
    await expect.poll(() => stageOf(id)).toBe(before)
    await expect(desk.by('candidate-detail')).toHaveAttribute('data-id', id)
    await keys.press('Escape')
    await expect(desk.by('review')).toHaveCount(0)
  })

  await test.step('a decision is taken in the comparison and taken back', async () => {
    const people = await desk.call<{ items: Item[] }>('candidate.list', { limit: 30 })
    // Of those on the screen: the list may stand anywhere after what was done in it.
    const shown = await desk.by('candidate-row').evaluateAll((rows) => rows.map((row) => row.getAttribute('data-id')))
    const isNew = (one: string | null): boolean =>
      people.items.some((item) => item.id === one && item.application?.stage === 'new')
    const open = shown.findIndex((one, place) => isNew(one) && place < shown.length - 1)
    const id = shown[open] ?? ''
    for (const one of [id, shown[open + 1] ?? '']) {
      await desk.page.locator(`[data-testid="candidate-row"][data-id="${one}"]`).click({ modifiers: ['Control'] })
    }
    await desk.by('bulk-compare').click()
    await expect(desk.by('compare-person')).toHaveCount(2)
    await keys.press('1')
    await keys.press('a')
    await expect.poll(() => stageOf(id)).not.toBe('new')
    await keys.press('Control+z')
    await expect.poll(() => stageOf(id)).toBe('new')
    await keys.press('Escape')
    await desk.by('bulk-clear').click()
  })

  await test.step('a stack of marked people: a note in passing, its end, and the way back from there', async () => {
    const people = await desk.call<{ items: Item[] }>('candidate.list', { limit: 30 })
    // Of those on the screen: the list may stand anywhere after what was done in it.
    const shown = await desk.by('candidate-row').evaluateAll((rows) => rows.map((row) => row.getAttribute('data-id')))
    const isNew = (one: string | null): boolean =>
      people.items.some((item) => item.id === one && item.application?.stage === 'new')
    const open = shown.findIndex((one, place) => isNew(one) && place < shown.length - 1)
    const id = shown[open] ?? ''
    for (const one of [id, shown[open + 1] ?? '']) {
      await desk.page.locator(`[data-testid="candidate-row"][data-id="${one}"]`).click({ modifiers: ['Control'] })
    }
    await page.evaluate(() => (document.activeElement as HTMLElement | null)?.blur())
    await keys.press('v')
    await expect(desk.by('candidate-detail')).toHaveAttribute('data-id', id)
    await desk.by('detail-head').waitFor()
    await keys.press('n')
    await expect(desk.by('note-text')).toBeFocused()
    await keys.insertText('下周二之前回复')
    await keys.press('Control+Enter')
    await expect(desk.by('note-row').filter({ hasText: '下周二之前回复' })).toHaveCount(1)
    await page.evaluate(() => (document.activeElement as HTMLElement | null)?.blur())
    await keys.press('a')
    await expect.poll(() => stageOf(id)).not.toBe('new')
    await expect(desk.by('candidate-detail')).not.toHaveAttribute('data-id', id)
    await keys.press('j')
    await desk.by('review-end').waitFor()
    await desk.by('review-undo').click()
    await expect.poll(() => stageOf(id)).toBe('new')
    await expect(desk.by('candidate-detail')).toHaveAttribute('data-id', id)
    await keys.press('1')
    await desk.by('detail-panel-resume').waitFor()
    if ((await desk.by('reveal-phone').count()) > 0) {
      await keys.press('r')
      await desk.by('reveal-submit').waitFor()
      await keys.press('Escape')
    }
    await desk.by('review-close').click()
    await desk.by('bulk-clear').click()
  })

  await test.step('columns are chosen and kept', async () => {
    await desk.by('list-columns').click()
    await desk.by('column-score').check()
    await expect
      .poll(async () => (await desk.call<{ screen: { columns?: string[] } }>('system.state', {})).screen.columns)
      .toContain('score')
    await keys.press('Escape')
  })

  await test.step('nothing can be dragged out', async () => {
    const held = await page.evaluate(() => {
      const row = document.querySelector('[data-testid="candidate-row"]')
      const event = new DragEvent('dragstart', { bubbles: true, cancelable: true })
      row?.dispatchEvent(event)
      return event.defaultPrevented
    })
    expect(held).toBe(true)
  })

  await test.step('after a restart the stack begins where it was left', async () => {
    await page.evaluate(() => (document.activeElement as HTMLElement | null)?.blur())
    await keys.press('v')
    await expect(desk.by('review-progress')).toContainText(' / ')
    await desk.by('detail-head').waitFor()
    const place = async (on: Workstation): Promise<string> =>
      ((await on.by('review-progress').textContent()) ?? '').trim().split(' /')[0] ?? ''
    const begin = await place(desk)
    for (const _ of [1, 2]) {
      const seen = await desk.by('candidate-detail').getAttribute('data-id')
      await keys.press('j')
      await expect(desk.by('candidate-detail')).not.toHaveAttribute('data-id', seen ?? '')
      await desk.by('detail-head').or(desk.by('error-message')).first().waitFor()
    }
    const left = await place(desk)
    expect(left).not.toBe(begin)
    await page.waitForTimeout(1000)
    await program.close()
    const again = new Workstation((await launch({ home: program.home })).page)
    await again.unlock()
    await again.by('sandbox-start').click()
    await again.by('account-resume').click()
    await again.open('candidates')
    await again.by('candidate-row').first().waitFor()
    await again.page.keyboard.press('v')
    await again.by('review-progress').waitFor()
    await expect.poll(() => place(again)).toBe(left)
  })
})
