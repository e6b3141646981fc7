import { expect, test } from '../fixtures/index.ts'
import { passphrase, Workstation } from '../pages/workstation.ts'

/** More stops than any page has: whoever needs more has lost the way. */
const MOST_STOPS = 60

test('the main path can be gone without a mouse', async ({ launch }) => {
  test.setTimeout(300_000)
  const { page } = await launch()
  const desk = new Workstation(page)
  const keys = page.keyboard
  const at = (): Promise<string | undefined> =>
    page.evaluate(() => document.activeElement?.closest<HTMLElement>('[data-testid]')?.dataset['testid'])
  const tabTo = async (testid: string): Promise<void> => {
    await desk.by(testid).first().waitFor({ timeout: 120_000 })
    for (let stop = 0; (await at()) !== testid; stop++) {
      if (stop > MOST_STOPS) throw new Error(`Tab does not reach ${testid}`)
      await keys.press('Tab')
    }
  }
  const press = async (testid: string, key = 'Enter'): Promise<void> => {
    await tabTo(testid)
    await keys.press(key)
  }
  const type = async (testid: string, text: string): Promise<void> => {
    await tabTo(testid)
    await keys.insertText(text)
  }
  const goTo = async (words: string): Promise<void> => {
    await keys.press('Control+k')
    await expect(desk.by('palette-input')).toBeFocused()
    await keys.insertText(words)
    await keys.press('Enter')
  }

  await test.step('set up and sign in', async () => {
    await press('consent-accept')
    await type('passphrase-new', passphrase)
    await type('passphrase-repeat', passphrase)
    await keys.press('Enter')
    await desk.by('recovery-code').waitFor({ timeout: 60_000 })
    await press('recovery-continue')
    await press('sandbox-start')
    await press('sandbox-account')
    await press('sign-in-submit')
    await desk.by('sync-status').waitFor({ timeout: 60_000 })
    await expect
      .poll(() => desk.call<{ progress: { state: string }; unindexed: number }>('sync.status', {}), {
        timeout: 180_000,
      })
      .toMatchObject({ progress: { state: 'done' }, unindexed: 0 })
    await press('sync-next')
  })

  await test.step('search, move, read, reveal, decide, undo', async () => {
    await desk.by('candidate-row').first().waitFor()
    const { items } = await desk.call<{ items: Array<{ id: string; phone?: string }> }>('candidate.list', {
      stage: 'new',
      limit: 50,
    })
    const wanted = items.findIndex(({ phone }) => phone?.includes('****') === true)
    expect(wanted).toBeGreaterThanOrEqual(0)
    // The list in the order of the window, so many steps down.
    const all = await desk.call<{ items: Array<{ id: string }> }>('candidate.list', { limit: 200 })
    const steps = all.items.findIndex(({ id }) => id === items[wanted]?.id) + 1
    await page.evaluate(() => document.querySelector<HTMLElement>('[role="listbox"]')?.blur())
    for (let step = 0; step < steps; step++) await keys.press('j')
    await expect(desk.by('candidate-detail')).toHaveAttribute('data-id', items[wanted]?.id ?? '')
    await keys.press('r')
    await expect(desk.by('reveal-submit')).toBeFocused()
    await keys.press('Enter')
    await expect(desk.by('candidate-detail').getByTestId('candidate-phone')).toHaveText(/^\s*1[3-9]\d{9}\s*$/)
    await keys.press('a')
    await expect(desk.by('toast-undo')).toBeVisible()
    await keys.press('Control+z')
    await expect(desk.by('toast-undo')).toBeHidden()
    await keys.press('Enter')
    await expect(desk.by('candidate-row').first()).toBeHidden()
    await keys.press('Escape')
    await expect(desk.by('candidate-row').first()).toBeVisible()
    await keys.press('/')
    await expect(desk.by('candidate-search')).toBeFocused()
    await keys.insertText('Java')
    await keys.press('Enter')
    await expect(desk.by('candidate-row').first()).toBeVisible()
  })

  await test.step('destroy one and verify the log', async () => {
    await goTo('留存')
    await press('destroy-now')
    await type('destroy-confirm', '销毁')
    await keys.press('Enter')
    await expect(desk.by('certificate-row').first()).toBeVisible({ timeout: 60_000 })
    await goTo('查看记录')
    await press('ledger-verify')
    await expect(desk.by('ledger-verdict')).toHaveAttribute('data-verdict', 'valid')
  })

  await test.step('lock and come back', async () => {
    await keys.press('Control+l')
    await type('passphrase', passphrase)
    await keys.press('Enter')
    await expect(desk.by('account-resume')).toBeVisible({ timeout: 30_000 })
  })
})
