import { expect, test } from '../fixtures/index.ts'
import { xlsxOf } from '../../fixtures/tables/make-xlsx.ts'
import { Workstation } from '../pages/workstation.ts'

test('jobs of a hub: find one, read how it goes, say what it asks for, pause it, by keyboard', async ({ launch }) => {
  test.setTimeout(240_000)
  const { page } = await launch()
  const desk = new Workstation(page)
  const keys = page.keyboard
  await desk.setUp()
  await desk.signIn('hr')
  await desk.sync()
  await desk.open('jobs')
  const rows = desk.by('job-row')
  await rows.first().waitFor()

  await test.step('search and status narrow the list', async () => {
    const all = await rows.count()
    await desk.by('job-search').fill('会计')
    await expect.poll(() => rows.count()).toBeLessThan(all)
    await desk.by('job-search').fill('')
    await expect(rows).toHaveCount(all)
  })
  await test.step('arrows choose, Enter opens, the panel follows, Esc closes', async () => {
    await page.locator('h1').first().click()
    await keys.press('ArrowDown')
    await keys.press('Enter')
    await expect(desk.by('job-detail')).toBeVisible()
    const first = await desk.by('job-detail').getAttribute('data-id')
    await keys.press('ArrowDown')
    await expect(desk.by('job-detail')).not.toHaveAttribute('data-id', first ?? '')
    await keys.press('ArrowUp')
    await expect(desk.by('job-detail')).toHaveAttribute('data-id', first ?? '')
    await expect(desk.by('job-funnel')).toBeVisible()
    await keys.press('Escape')
    await expect(desk.by('job-detail')).toHaveCount(0)
    await keys.press('Enter')
  })
  await test.step('requirements are written; what the law protects is refused', async () => {
    await desk.by('job-ask').focus()
    await keys.press('Enter')
    await expect(desk.by('ask-must')).toBeFocused()
    await keys.insertText('Excel，35岁以下')
    await expect(desk.by('ask-fault')).toBeVisible()
    await expect(desk.by('ask-save')).toBeDisabled()
    await keys.press('Control+a')
    await keys.insertText('Excel，成本核算')
    await desk.by('ask-years-min').focus()
    await keys.insertText('3')
    await keys.press('Enter')
    await expect(desk.by('job-requirements')).toContainText('成本核算')
    await keys.press('Control+z')
    await expect(desk.by('job-requirements')).toHaveCount(0)
  })
  await test.step('pausing can be taken back', async () => {
    await desk.by('job-pause').focus()
    await keys.press('Enter')
    await expect(desk.by('job-status')).toHaveAttribute('data-status', 'paused')
    await keys.press('Control+z')
    await expect(desk.by('job-status')).toHaveAttribute('data-status', 'open')
  })
  await test.step('from the funnel to the people, and to the board', async () => {
    await desk.by('job-board').click()
    await desk.by('board-card').first().waitFor()
  })
})

test('jobs of a local workspace come from a table, by mouse, and go again', async ({ launch }) => {
  test.setTimeout(180_000)
  const { page } = await launch()
  const desk = new Workstation(page)
  await desk.setUp()
  await desk.by('workspace-local').click()
  await desk.by('nav-settings').waitFor()
  await desk.open('jobs')
  await desk.by('job-import').click()
  const sheet = xlsxOf([
    ['职位名称', '城市', '人数', '备注'],
    ['门店店长', '苏州', 2, '急'],
    ['收银员', '苏州', '若干', ''],
    ['门店店长', '苏州', 1, ''],
    [{ formula: 'A2', claimed: '门店店长' }, '上海', 1, ''],
    ['会计', '上海', 1, ''],
  ])
  await desk.by('job-import-file').setInputFiles({ name: '职位.xlsx', mimeType: '', buffer: Buffer.from(sheet) })
  await expect(desk.by('job-import-row')).toHaveCount(5)
  const states = await desk
    .by('job-import-row')
    .evaluateAll((all) => all.map((row) => (row as HTMLElement).dataset['state']))
  expect(states).toEqual(['faulty', 'faulty', 'duplicate', 'ok', 'ok'])
  await desk.by('job-import-submit').click()
  await expect(desk.by('job-row')).toHaveCount(2)
  await desk.by('toast-undo').last().click()
  await expect(desk.by('job-row')).toHaveCount(0)

  await test.step('a file that holds no table says so', async () => {
    await desk.by('job-import').click()
    await desk.by('job-import-file').setInputFiles({ name: 'a.csv', mimeType: '', buffer: Buffer.from('城市\n苏州\n') })
    await expect(desk.by('job-import-refused')).toBeVisible()
    await page.keyboard.press('Escape')
  })
  await test.step('a job is made, reworded and taken back to what it was', async () => {
    await desk.by('job-create').click()
    await desk.by('job-title').fill('门店店长')
    await desk.by('job-submit').click()
    await desk.by('job-link').click()
    await desk.by('job-edit').click()
    await desk.by('job-city').fill('苏州')
    await desk.by('job-submit').click()
    await expect(desk.by('job-detail')).toContainText('苏州')
    await page.keyboard.press('Control+z')
    await expect(desk.by('job-detail')).not.toContainText('苏州')
  })
})
