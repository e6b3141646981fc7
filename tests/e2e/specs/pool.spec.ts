import { expect, test } from '../fixtures/index.ts'
import { Workstation } from '../pages/workstation.ts'

const day = 86_400_000

type Row = { readonly id: string; readonly application?: { readonly channel: string } }

test('the talent pool: offered, joined, asked, renewed and left', async ({ launch }) => {
  test.setTimeout(300_000)
  const { page } = await launch()
  const desk = new Workstation(page)
  await desk.setUp()
  await desk.signIn('hr@sandbox')
  await desk.sync()

  await test.step('what platforms bring is offered and not taken by itself', async () => {
    await desk.by('nav-pool').click()
    await desk.by('pool-page').waitFor()
    const { offers } = await desk.call<{ offers: ReadonlyArray<unknown> }>('pool.list', {})
    await expect(desk.by('pool-offers').getByTestId('pool-join')).toHaveCount(offers.length)
  })

  await test.step('[D10] an agreement is recorded from the person’s own page, by keyboard', async () => {
    const { items } = await desk.call<{ items: Row[] }>('candidate.list', { limit: 200 })
    const at = items.findIndex(({ application }) => application?.channel === 'delivered')
    await desk.open('candidates')
    await desk.by('candidate-row').first().waitFor()
    await page.evaluate(() => document.querySelector<HTMLElement>('[role="listbox"]')?.blur())
    for (let step = 0; step <= at; step += 1) await page.keyboard.press('j')
    await expect(desk.by('candidate-detail')).toHaveAttribute('data-id', items[at]?.id ?? '')
    await page.keyboard.press('3')
    await desk.by('pool-add').click()
    await desk.by('pool-name').fill('后端人才库')
    await desk.by('pool-reference').fill('2026-11-20 邮件确认')
    await page.keyboard.press('Enter')
    await expect(desk.by('pool-name')).toHaveCount(0)
    await desk.by('nav-pool').click()
    await expect(desk.by('pool-row').filter({ hasText: '后端人才库' })).toHaveCount(1)
  })

  await test.step('[D10] whoever nears the end stands first, is asked, and renews', async () => {
    const { items } = await desk.call<{ items: ReadonlyArray<{ record_id: string }> }>('pool.list', {})
    const now = Date.now()
    await desk.call('pool.add', {
      id: items[0]?.record_id,
      pool: '架构人才库',
      consented_at: now - 155 * day,
      reference: '2026-06-20 邮件确认',
    })
    const first = desk.by('pool-row').first()
    await expect(first).toHaveAttribute('data-task', 'first')
    await first.getByTestId('pool-ask').click()
    await expect(desk.by('pool-ask-text')).toHaveValue(/架构人才库/)
    await desk.by('pool-asked').click()
    const asked = desk.by('pool-row').filter({ hasText: '架构人才库' })
    await expect(asked).toHaveAttribute('data-task', 'none')
    await asked.getByTestId('pool-renew').click()
    await desk.by('pool-reference').fill('2026-11-26 邮件确认')
    await desk.by('pool-submit').click()
    await expect(desk.by('pool-reference')).toHaveCount(0)
    const { items: after } = await desk.call<{ items: ReadonlyArray<{ pool: string; until: number }> }>('pool.list', {})
    expect(after.find(({ pool }) => pool === '架构人才库')?.until).toBeGreaterThan(now + 170 * day)
  })

  await test.step('[D8] leaving is said with what it takes along', async () => {
    for (const pool of ['架构人才库', '后端人才库']) {
      await desk.by('pool-row').filter({ hasText: pool }).getByTestId('pool-remove').click()
      await desk.by('pool-remove-confirm').click()
      await expect(desk.by('pool-row').filter({ hasText: pool })).toHaveCount(0)
    }
  })
})
