import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { afterEach, describe, expect, it } from 'vitest'
import { createCoreHost } from '../../electron/main/core-host/core-host.ts'
import type { CoreExit, CoreHost } from '../../electron/main/core-host/core-host.ts'
import { nodeHost } from '../../electron/main/core-host/node-host.ts'

const stub = join(import.meta.dirname, '..', 'fixtures', 'shell', 'core-stub.mjs')
const spawnStub = nodeHost(process.execPath)

type Setting = { args?: string[]; env?: Record<string, string>; patience?: number; now?: () => number }

const hosts: CoreHost[] = []

const makeHost = ({ args = [], env = {}, patience, now = () => 0 }: Setting = {}) => {
  const exits: CoreExit[] = []
  const starts: boolean[] = []
  const asked: string[] = []
  const core = createCoreHost({
    spawn: (restarted) => {
      starts.push(restarted)
      return spawnStub(stub, { name: 'stub', args, env: { PATH: '', ...env } })
    },
    answerHost: async (what, value) => {
      asked.push(`${what} ${value}`)
      if (value === 'fail') throw new Error('with a secret in it')
      return `answer to ${value}`
    },
    clock: { now },
    ...(patience === undefined ? {} : { patience }),
  })
  core.onExit((exit) => exits.push(exit))
  hosts.push(core)
  return { core, exits, starts, asked }
}

const tell = async (core: CoreHost, input: unknown) => JSON.parse(await core.call('system.state', input))
const pidOf = async (core: CoreHost): Promise<number> => (await tell(core, { act: 'who' })).data.pid
const until = async (done: () => boolean): Promise<void> => {
  while (!done()) await wait(10)
}

afterEach(async () => {
  await Promise.all(hosts.splice(0).map((core) => core.stop('quit')))
})

describe('the host of core, over a real Node child', () => {
  it('serves calls once core has said that it is ready, also those that came before', async () => {
    const { core } = makeHost()
    const started = core.start()
    const early = tell(core, { n: 1 })
    await started
    expect(await early).toEqual({ ok: true, data: { n: 1 } })
  })

  it('carries bytes, dates and Chinese text unharmed', async () => {
    const { core } = makeHost()
    await core.start()
    expect((await tell(core, { text: '龘靐𠮷', bytes: new Uint8Array([1, 2]) })).data).toEqual({
      text: '龘靐𠮷',
      bytes: { 0: 1, 1: 2 },
    })
  })

  it('hands on events', async () => {
    const { core } = makeHost()
    const heard: unknown[] = []
    core.onEvent((name, json) => heard.push([name, JSON.parse(json)]))
    await core.start()
    await tell(core, { act: 'event', name: 'sync.progress', payload: { done: 3 } })
    expect(heard).toEqual([['sync.progress', { done: 3 }]])
  })

  it('answers what core asks of main, and keeps the text of foreign errors to itself', async () => {
    const { core, asked } = makeHost()
    await core.start()
    const good = await tell(core, { act: 'ask', what: 'keychain_wrap', value: 'AAAA' })
    const bad = await tell(core, { act: 'ask', what: 'keychain_unwrap', value: 'fail' })
    expect(good.data).toMatchObject({ ok: true, value: 'answer to AAAA' })
    expect(bad.data).toMatchObject({ ok: false, error: { code: 'E_INTERNAL' } })
    expect(JSON.stringify(bad)).not.toContain('secret')
    expect(asked).toEqual(['keychain_wrap AAAA', 'keychain_unwrap fail'])
  })

  it('starts core again after a crash; the call on its way gets a typed error', async () => {
    const { core, exits, starts } = makeHost()
    await core.start()
    const before = await pidOf(core)
    const lost = tell(core, { act: 'hang' })
    void core.call('system.state', { act: 'exit', code: 9 })
    expect((await lost).error.code).toBe('E_INTERNAL')
    expect(await pidOf(core)).not.toBe(before)
    expect(exits).toEqual([{ code: 9, then: 'restarted' }])
    expect(starts).toEqual([false, true])
  })

  it('starts core again after a kill by signal', async () => {
    const { core, exits } = makeHost()
    await core.start()
    process.kill(await pidOf(core), 'SIGKILL')
    await until(() => exits.length === 1)
    expect(exits).toEqual([{ code: null, then: 'restarted' }])
    expect((await tell(core, { n: 2 })).ok).toBe(true)
  })

  it('gives up on the third crash within a minute, and says so to every caller', async () => {
    const { core, exits, starts } = makeHost({ args: ['--crash'] })
    await expect(core.start()).rejects.toMatchObject({ code: 'E_INTERNAL' })
    await until(() => exits.length === 3)
    expect(exits.map(({ then }) => then)).toEqual(['restarted', 'restarted', 'given_up'])
    expect(exits[2]?.code).toBe(7)
    expect(starts).toEqual([false, true, true])
    expect((await tell(core, {})).error.code).toBe('E_RUNTIME')
  })

  it('does not count crashes that are more than a minute apart', async () => {
    let time = 0
    const { core, exits } = makeHost({ now: () => (time += 61_000) })
    await core.start()
    for (const count of [1, 2, 3, 4]) {
      void core.call('system.state', { act: 'exit', code: 1 })
      await until(() => exits.length === count)
    }
    expect(exits.every(({ then }) => then === 'restarted')).toBe(true)
    expect((await tell(core, { n: 3 })).ok).toBe(true)
  })

  it('does not start a core again that refused the home, and answers with its reason', async () => {
    const { core, exits, starts } = makeHost({ args: ['--refuse'] })
    await expect(core.start()).rejects.toMatchObject({ code: 'E_IN_USE' })
    expect((await tell(core, {})).error.code).toBe('E_IN_USE')
    expect(exits).toEqual([{ code: 1, then: 'given_up' }])
    expect(starts).toHaveLength(1)
  })

  it('[D20] ends core when the vault is locked, so that no key stays in memory', async () => {
    const { core, exits } = makeHost()
    await core.start()
    const pid = await pidOf(core)
    const lost = tell(core, { act: 'hang' })
    await core.stop('lock')
    expect(() => process.kill(pid, 0)).toThrow()
    expect((await lost).error.code).toBe('E_SESSION')
    expect((await tell(core, {})).error.code).toBe('E_SESSION')
    expect(exits).toEqual([{ code: 0, then: 'stopped' }])
  })

  it('serves again after a lock, with a new process', async () => {
    const { core } = makeHost()
    await core.start()
    const before = await pidOf(core)
    await core.stop('lock')
    await core.start()
    expect(await pidOf(core)).not.toBe(before)
  })

  it('kills a core that does not leave when asked, even one that ignores SIGTERM', async () => {
    const { core, exits } = makeHost({ env: { CANDOR_DEBUG: 'stubborn' }, patience: 50 })
    await core.start()
    const pid = await pidOf(core)
    await core.stop('quit')
    expect(() => process.kill(pid, 0)).toThrow()
    expect(exits).toEqual([{ code: null, then: 'stopped' }])
  })

  it('answers with E_INTERNAL, and does not end itself, when Node cannot be started at all', async () => {
    const core = createCoreHost({
      spawn: () => nodeHost('/nowhere/node')(stub, { name: 'stub', env: {} }),
      answerHost: () => Promise.resolve(''),
      clock: { now: () => 0 },
    })
    await expect(core.start()).rejects.toMatchObject({ code: 'E_INTERNAL' })
  })

  it('passes nothing of its own environment to the child', async () => {
    process.env['CANDOR_TEST_SECRET'] = 'x'
    const { core } = makeHost()
    await core.start()
    const { data } = await tell(core, { act: 'who' })
    delete process.env['CANDOR_TEST_SECRET']
    expect(data.environment).not.toContain('CANDOR_TEST_SECRET')
    expect(data.napi).toBeGreaterThanOrEqual(10)
  })
})
