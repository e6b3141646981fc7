import { expect, test } from '../fixtures/index.ts'
import { Workstation } from '../pages/workstation.ts'

type Thread = { readonly application_id: string; readonly record_id: string; readonly channel: string }
type Threads = { readonly items: readonly Thread[] }

test('a conversation goes on by keyboard, is taken back, is sent and answered; a number that is told stays masked', async ({
  launch,
}) => {
  test.setTimeout(300_000)
  const { page } = await launch()
  const desk = new Workstation(page)
  await desk.setUp()
  await desk.signIn('hr@sandbox')
  await desk.sync()
  await desk.by('nav-messages').click()

  await test.step('unread words are counted, and a look at them takes the badge away', async () => {
    const before = await desk.call<{ unread: number }>('message.counts', {})
    expect(before.unread).toBeGreaterThan(0)
    await desk.by('thread-row').first().waitFor()
    await page.keyboard.press('ArrowDown')
    await expect(desk.by('thread').getByTestId('message').first()).toBeVisible()
    await page.keyboard.press('ArrowDown')
    await expect
      .poll(async () => (await desk.call<{ unread: number }>('message.counts', {})).unread)
      .toBeLessThan(before.unread)
  })

  await test.step('write, undo, write again, send, be answered', async () => {
    // One that answers: every third person of a sandbox keeps silent.
    const { items } = await desk.call<Threads>('message.list', { limit: 100 })
    let wanted = -1
    for (const [index, { application_id: id }] of items.entries()) {
      const number = Number(/^app-(\d{6})/.exec(id)?.[1] ?? 0)
      const thread = await desk.call<{ human: unknown; reachable: boolean }>('message.thread', { application_id: id })
      if (number % 3 !== 2 && thread.human === null && thread.reachable) {
        wanted = index
        break
      }
    }
    expect(wanted).toBeGreaterThanOrEqual(0)
    await desk.by('thread-row').nth(wanted).click()
    const thread = desk.by('thread')
    const box = thread.getByTestId('message-text')
    await box.fill('您好，{company}的{job}方便聊聊吗？')
    await expect(thread.getByTestId('message-preview')).toContainText('方便聊聊吗')
    await expect(thread.getByTestId('message-preview')).not.toContainText('{')
    await box.press('Control+Enter')
    await expect(thread.locator('[data-testid="message"][data-state="queued"]')).toBeVisible()
    await desk.by('toast-undo').click()
    await expect(thread.locator('[data-testid="message"][data-state="queued"]')).toHaveCount(0)
    await expect(box).toHaveValue('您好，{company}的{job}方便聊聊吗？')
    await thread.getByTestId('message-send').click()
    await expect(thread.locator('[data-testid="message"][data-state="queued"]')).toBeVisible()
    for (let turn = 0; turn < 2; turn += 1) {
      await desk.call('sync.start', {})
      await expect(thread.locator('[data-testid="message"][data-state="queued"]')).toHaveCount(0, { timeout: 60_000 })
      await expect(thread.getByTestId('message').last()).toHaveAttribute('data-author', 'candidate', {
        timeout: 60_000,
      })
      if (turn === 1) break
      await box.fill('方便留个电话吗？')
      await box.press('Control+Enter')
      await expect(thread.locator('[data-testid="message"][data-state="queued"]')).toBeVisible()
    }
    // The second answer tells a number: known, told, and nowhere in the window.
    await expect(thread.getByTestId('message').last()).toContainText(/已告知|Told/)
    expect(await page.content()).not.toMatch(/1[3-9]\d{9}/)
  })

  await test.step('a placeholder that is none is refused where it is written; templates are kept', async () => {
    const thread = desk.by('thread')
    await thread.getByTestId('message-text').fill('您好 {phone}')
    await expect(thread.getByTestId('message-send')).toBeDisabled()
    await thread.getByTestId('message-text').fill('您好，{company}的{job}期待与您沟通。')
    await thread.getByTestId('templates-open').click()
    await desk.by('template-name').fill('常用招呼')
    await desk.by('template-save').click()
    await expect(desk.by('template-remove')).toBeVisible()
    await page.keyboard.press('Escape')
    await thread.getByTestId('message-text').fill('')
    await thread.getByTestId('message-template').selectOption({ label: '常用招呼' })
    await expect(thread.getByTestId('message-text')).toHaveValue('您好，{company}的{job}期待与您沟通。')
  })

  await test.step('[MM-17] somebody who asked not to be contacted is written to no more, with the rule in the place', async () => {
    const thread = desk.by('thread')
    await thread.getByTestId('no-contact').click()
    await desk.by('no-contact-reference').fill('2026-11-20 电话')
    await desk.by('no-contact-confirm').click()
    await expect(desk.by('message-refusal')).toHaveAttribute('data-rule', 'DO_NOT_CONTACT')
    await expect(desk.by('message-text')).toHaveCount(0)
    await thread.getByTestId('no-contact').click()
    await desk.by('no-contact-reference').fill('2026-11-21 来信')
    await desk.by('no-contact-confirm').click()
    await expect(desk.by('message-text')).toBeVisible()
  })
})
