import type { Page } from '@playwright/test'
import { expect, test } from '../fixtures/index.ts'
import { readRuntime } from '../fixtures/runtime.ts'

type Who = {
  pid: number
  utility: boolean
  napi: number
  environment: string[]
  home: string
  electronNetwork: boolean
}
type Told<T> = { ok: boolean; data: T; error: { code: string } }

/** The stub's own input goes past the contract's types: core would parse it, the stub does what it says. */
const act = <T>(page: Page, input: Record<string, unknown>): Promise<Told<T>> =>
  page.evaluate(
    (given) =>
      (window as never as { candor: { call(r: string, i: unknown): Promise<unknown> } }).candor.call(
        'system.state',
        given,
      ),
    input,
  ) as Promise<Told<T>>

const ways = [
  { way: 'a utility process', args: ['--candor-utility-core'], utility: true },
  { way: 'a Node child', args: [], utility: false },
] as const

for (const { way, args, utility } of ways) {
  test.describe(`core as ${way}`, () => {
    test.beforeEach(({}, info) => {
      const isOld = Number(readRuntime().version.split('.')[0]) < 36
      info.skip(!utility && !isOld, 'this runtime is recent enough for a utility process and starts no Node child')
    })

    test('starts there, with its home and without the surroundings of the person who started it', async ({
      launchShell,
    }) => {
      const { page, home } = await launchShell({
        args,
        env: { NODE_OPTIONS: '', SECRET_OF_A_SHELL: 'x', CANDOR_CLOCK_OFFSET: '5' },
      })
      const { data } = await act<Who>(page, { act: 'who' })
      expect(data.utility).toBe(utility)
      expect(data.home).toBe(home)
      expect(data.environment).not.toContain('SECRET_OF_A_SHELL')
      expect(data.environment).toContain('CANDOR_CLOCK_OFFSET')
      expect(data.electronNetwork).toBe(utility)
      if (!utility) expect(data.napi).toBeGreaterThanOrEqual(10)
    })

    test('carries calls and answers, many at once, each to the one who asked', async ({ launchShell }) => {
      const { page } = await launchShell({ args })
      const answers = await page.evaluate(() =>
        Promise.all(
          Array.from({ length: 300 }, (_, n) =>
            (
              window as never as { candor: { call(r: string, i: unknown): Promise<Told<{ n: number; text: string }>> } }
            ).candor.call('system.state', { n, text: '龘靐𠮷' }),
          ),
        ),
      )
      expect(answers.map(({ data }) => data)).toEqual(Array.from({ length: 300 }, (_, n) => ({ n, text: '龘靐𠮷' })))
    })

    test('carries events to the page', async ({ launchShell }) => {
      const { page } = await launchShell({ args })
      await act(page, { act: 'event', name: 'data.changed', payload: { what: ['jobs'] } })
      await expect.poll(() => page.evaluate('window.heard')).toEqual([{ what: ['jobs'] }])
    })

    test('is started again after it ended by itself, and the call on its way gets a typed error', async ({
      launchShell,
    }) => {
      const { page } = await launchShell({ args })
      const before = (await act<Who>(page, { act: 'who' })).data.pid
      const lost = await page
        .evaluate(() => {
          const { candor } = window as never as { candor: { call(r: string, i: unknown): Promise<Told<never>> } }
          const asked = candor.call('system.state', { act: 'hang' })
          void candor.call('system.state', { act: 'exit', code: 3 })
          return asked.then((told) => told.error.code)
        })
        .catch(() => 'the page was loaded again first')
      expect(['E_INTERNAL', 'the page was loaded again first']).toContain(lost)
      await page.waitForSelector('html[data-ready="true"]', { state: 'attached' })
      await expect
        .poll(async () => (await act<Who>(page, { act: 'who' }).catch(() => undefined))?.data?.pid)
        .not.toBe(before)
    })

    test('is started again after a kill', async ({ launchShell }) => {
      const { page } = await launchShell({ args })
      const before = (await act<Who>(page, { act: 'who' })).data.pid
      process.kill(before, 'SIGKILL')
      await expect
        .poll(async () => (await act<Who>(page, { act: 'who' }).catch(() => undefined))?.data?.pid ?? before)
        .not.toBe(before)
    })

    test('[D20] ends when the vault is locked: the process is gone, the page starts anew', async ({ launchShell }) => {
      const { page } = await launchShell({ args })
      const before = (await act<Who>(page, { act: 'who' })).data.pid
      await page.evaluate(() => {
        location.hash = '#/candidates/42'
        ;(window as never as { kept: string }).kept = 'shown before'
      })
      // Not awaited: the page that asks is gone before the answer comes.
      void page
        .evaluate(() =>
          (window as never as { candor: { call(r: string, i: unknown): Promise<unknown> } }).candor.call(
            'vault.lock',
            {},
          ),
        )
        .catch(() => undefined)
      await expect.poll(() => page.url()).toBe('app://candor/index.html')
      await page.waitForSelector('html[data-ready="true"]', { state: 'attached' })
      expect(await page.evaluate('window.kept')).toBeUndefined()
      const after = (await act<Who>(page, { act: 'who' })).data.pid
      expect(after).not.toBe(before)
      expect(() => process.kill(before, 0)).toThrow()
    })

    test('takes basic_text for no keychain and refuses to wrap a key with it', async ({ launchShell }) => {
      const { page } = await launchShell({ args: [...args, '--password-store=basic'] })
      const backend = await act<{ value: unknown }>(page, { act: 'ask', what: 'keychain_backend', value: '' })
      expect(backend.data).toMatchObject({ ok: true, value: { available: false, backend: 'basic_text' } })
      const wrapped = await act(page, { act: 'ask', what: 'keychain_wrap', value: 'AAAA' })
      expect(wrapped.data).toMatchObject({ ok: false, error: { code: 'E_RUNTIME' } })
    })

    test('leaves no process behind when the program quits', async ({ launchShell }) => {
      const { page, app } = await launchShell({ args })
      const { pid } = (await act<Who>(page, { act: 'who' })).data
      const ended = new Promise((resolve) => app.process().once('exit', resolve))
      await app.evaluate(({ app: electron }) => electron.quit()).catch(() => undefined)
      await ended
      await expect.poll(() => isAlive(pid)).toBe(false)
    })
  })
}

test.describe('a core that cannot start a process itself', () => {
  test('gets its parser from main, talks to it past main, and can have it killed', async ({ launchShell }) => {
    const { page } = await launchShell({ args: ['--candor-utility-core'] })
    const { data } = await act<{ told: unknown; memory: number; exits: boolean[] }>(page, {
      act: 'parse',
      name: 'resume.txt',
      text: '张三\n电话：13800000000\n',
    })
    expect(data.told).toEqual({ id: 1, ok: true, bytes: 28 })
    expect(data.memory).toBeGreaterThan(1_000_000)
    expect(data.exits).toEqual([true])
  })

  test('gets none where it can start one', async ({ launchShell }) => {
    test.skip(Number(readRuntime().version.split('.')[0]) >= 36, 'this runtime starts no Node child')
    const { page } = await launchShell()
    const { data } = await act<unknown>(page, { act: 'parse', name: 'resume.txt', text: '' })
    expect(data).toMatchObject({ ok: false, error: { code: 'E_RUNTIME' } })
  })
})

const isAlive = (pid: number): boolean => {
  try {
    process.kill(pid, 0)
    return true
  } catch {
    return false
  }
}
