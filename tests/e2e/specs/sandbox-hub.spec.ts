import { existsSync, rmSync } from 'node:fs'
import { expect, test } from '../fixtures/index.ts'

type Bridge = {
  candor: {
    call(route: string, input: unknown): Promise<{ ok: boolean; data: { url: string; accounts: { name: string }[] } }>
  }
}

test('as a utility process the sandbox hub keeps its data outside the home and ends with the program', async ({
  launchShell,
}) => {
  const { page, app, home } = await launchShell({ args: ['--candor-utility-core'] })
  await page.evaluate(() =>
    (window as never as Bridge).candor.call('system.state', {
      act: 'event',
      name: 'state.changed',
      payload: { phase: 'open' },
    }),
  )
  const started = await page.evaluate(() => (window as never as Bridge).candor.call('sandbox.start', {}))
  expect(started.ok).toBe(true)
  expect(started.data.accounts.map(({ name }) => name)).toEqual(
    expect.arrayContaining(['hr@sandbox', 'headhunter@sandbox', 'admin@sandbox', 'officer@sandbox']),
  )
  const answers = (): Promise<boolean> =>
    fetch(`${started.data.url}/`).then(
      () => true,
      () => false,
    )
  expect(await answers()).toBe(true)
  expect(existsSync(`${home}-sandbox-hub`)).toBe(true)
  const ended = new Promise((resolve) => app.process().once('exit', resolve))
  await app.evaluate(({ app: electron }) => electron.quit()).catch(() => undefined)
  await ended
  await expect.poll(answers).toBe(false)
  rmSync(`${home}-sandbox-hub`, { recursive: true, force: true })
})
