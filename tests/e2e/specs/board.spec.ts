import { expect, test } from '../fixtures/index.ts'
import { Board } from '../pages/board.ts'
import { Workstation } from '../pages/workstation.ts'

const start = async (page: Workstation['page']): Promise<{ desk: Workstation; board: Board }> => {
  const desk = new Workstation(page)
  await desk.setUp()
  await desk.signIn('hr')
  await desk.sync()
  const board = new Board(desk)
  await board.open()
  return { desk, board }
}

test('the board is worked by keyboard alone: choose, move, open, turn down, undo', async ({ launch }) => {
  test.setTimeout(240_000)
  const { page } = await launch()
  const { desk, board } = await start(page)
  const keys = page.keyboard
  const application = await board.firstIn('new')
  await board.card(application).focus()

  await test.step('arrows go from card to card, and stay on the board', async () => {
    await keys.press('ArrowDown')
    await expect(board.card(application)).not.toBeFocused()
    await keys.press('ArrowUp')
    await expect(board.card(application)).toBeFocused()
    await keys.press('ArrowRight')
    await expect(board.column('new').locator(':focus')).toHaveCount(0)
    await keys.press('ArrowLeft')
    await keys.press('Home')
    await expect(board.card(application)).toBeFocused()
  })
  await test.step('a bracket moves the card and keeps the focus on it', async () => {
    await keys.press(']')
    await board.expectIn(application, 'reviewed')
    await expect(board.card(application)).toBeFocused()
    await keys.press('Control+ArrowRight')
    await board.expectIn(application, 'interview')
    await keys.press('[')
    await board.expectIn(application, 'reviewed')
  })
  await test.step('undo takes the moves back, the newest first', async () => {
    await keys.press('Control+z')
    await board.expectIn(application, 'interview')
    await keys.press('Control+z')
    await board.expectIn(application, 'reviewed')
    await keys.press('Control+z')
    await board.expectIn(application, 'new')
  })
  await test.step('Enter opens the person beside the board, Esc comes back', async () => {
    await board.card(application).focus()
    await keys.press('Enter')
    await expect(desk.by('candidate-detail')).toBeVisible()
    await keys.press('Escape')
    await expect(desk.by('candidate-detail')).toHaveCount(0)
    await expect(board.card(application)).toBeFocused()
  })
  await test.step('X asks why, Enter turns down, and that can be undone', async () => {
    await keys.press('x')
    await expect(desk.by('reject-reason').first()).toBeFocused()
    await keys.press('2')
    await keys.press('Enter')
    await expect.poll(() => board.standsIn(application)).toBe('rejected')
    await keys.press('Control+z')
    await board.expectIn(application, 'new')
  })
  await test.step('the job that was looked at is remembered', async () => {
    const select = desk.by('board-job')
    const jobs = await select.locator('option').evaluateAll((all) => all.map((one) => (one as HTMLOptionElement).value))
    const other = jobs.find((id) => id !== jobs[0]) ?? ''
    await select.selectOption(other)
    await desk.open('jobs')
    await desk.by('nav-pipeline').click()
    await expect(select).toHaveValue(other)
  })
})

test('the board is worked by mouse: drag, a crowded step, steps of its own', async ({ launch }) => {
  test.setTimeout(240_000)
  const { page } = await launch()
  const { desk, board } = await start(page)
  const application = await board.firstIn('new')

  await test.step('a card is dragged into another column, and undone by its message', async () => {
    await board.card(application).dragTo(board.column('interview'))
    await board.expectIn(application, 'interview')
    await desk.by('toast-undo').last().click()
    await board.expectIn(application, 'new')
  })
  await test.step('dropped on the folded column of those turned down, it asks why', async () => {
    await board.card(application).dragTo(board.column('rejected'))
    await desk.by('reject-reason').nth(2).check()
    await desk.by('reject-submit').click()
    await expect.poll(() => board.standsIn(application)).toBe('rejected')
    await board.column('rejected').getByTestId('board-unfold').click()
    await expect(board.card(application)).toBeVisible()
    await desk.by('toast-undo').last().click()
    await board.expectIn(application, 'new')
  })
  await test.step('a step is added with a limit, and taken again with those who stand in it', async () => {
    await desk.by('board-steps').click()
    await page.locator('[data-testid="step-add"][data-stage="interview"]').click()
    const row = page.locator('[data-testid="step-row"]').filter({ has: page.locator(':focus') })
    await row.getByTestId('step-name').fill('终面')
    await row.getByTestId('step-limit').fill('1')
    await desk.by('steps-save').click()
    const added = page.locator('[data-testid="board-column"][aria-label="终面"]')
    await expect(added).toBeVisible()
    const step = (await added.getAttribute('data-step')) ?? ''
    await board.card(application).dragTo(added)
    await board.expectIn(application, step)
    const second = await board.firstIn('new')
    await board.card(second).dragTo(added)
    await board.expectIn(second, step)
    await expect(added.getByTestId('board-excess')).toBeVisible()

    await desk.by('board-steps').click()
    await page.locator(`[data-testid="step-row"][data-step="${step}"]`).getByTestId('step-remove').click()
    await expect(desk.by('step-leaving')).toBeVisible()
    await desk.by('steps-save').click()
    await expect(added).toHaveCount(0)
    await board.expectIn(application, 'interview')
    await page.keyboard.press('Control+z')
    await board.expectIn(application, step)
    await board.expectIn(second, step)
  })
})
