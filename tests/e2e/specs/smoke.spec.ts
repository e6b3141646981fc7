import { expect, test } from '../fixtures/index.ts'

test('the program opens a window, and core answers it', async ({ program }) => {
  const answer = await program.page.evaluate(() =>
    (
      window as never as { candor: { call(r: string, i: unknown): Promise<{ ok: boolean; data: { phase: string } }> } }
    ).candor.call('system.state', {}),
  )
  expect(answer.ok).toBe(true)
  expect(answer.data.phase).toBe('notice')
  expect(await program.page.title()).toBe('Candor')
})
