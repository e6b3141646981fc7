import { describe, expect, it, vi } from 'vitest'
import type { HostedProcess } from '../../../electron/main/core-host/hosted-process.ts'
import { createSandboxHub } from '../../../electron/main/sandbox/sandbox-hub.ts'

const fakeChild = () => {
  const messages: Array<(message: unknown) => void> = []
  const exits: Array<(code: number | null) => void> = []
  const sent: unknown[] = []
  const child: HostedProcess = {
    send: (message) => void sent.push(message),
    onMessage: (listener) => void messages.push(listener),
    onExit: (listener) => void exits.push(listener),
    kill: vi.fn(),
  }
  return {
    child,
    sent,
    say: (message: unknown) => messages.forEach((listener) => listener(message)),
    exit: (code: number | null) => exits.forEach((listener) => listener(code)),
  }
}

const listening = {
  kind: 'listening',
  url: 'http://127.0.0.1:4000',
  accounts: [{ name: 'hr@sandbox', password: 'x', role: 'hr' }],
}

describe('the sandbox hub', () => {
  it('is started once, seeded, however often it is asked for', async () => {
    const { child, say } = fakeChild()
    const spawn = vi.fn(() => child)
    const hub = createSandboxHub({ spawn })
    const both = Promise.all([hub.start(), hub.start()])
    say(listening)
    expect(await both).toMatchObject([{ url: listening.url }, { url: listening.url }])
    expect(spawn.mock.calls).toEqual([[['--seed', 'demo']]])
    expect(hub.current()?.accounts).toEqual(listening.accounts)
  })

  it('gets the clock that core has taken over, also one that was moved before it ran', async () => {
    const { child, say, sent } = fakeChild()
    const hub = createSandboxHub({ spawn: () => child })
    hub.moveClock(60)
    const started = hub.start()
    say(listening)
    await started
    hub.moveClock(120)
    expect(sent).toEqual([
      { kind: 'clock_offset', seconds: 60 },
      { kind: 'clock_offset', seconds: 120 },
    ])
  })

  it('can be started again after it failed or ended', async () => {
    const [first, second] = [fakeChild(), fakeChild()]
    const children = [first.child, second.child]
    const hub = createSandboxHub({ spawn: () => children.shift() as HostedProcess })
    const failed = hub.start()
    first.exit(1)
    await expect(failed).rejects.toMatchObject({ code: 'E_HUB_UNREACHABLE' })
    expect(hub.current()).toBeUndefined()
    const started = hub.start()
    second.say(listening)
    expect((await started).url).toBe(listening.url)
  })

  it('is killed when it never says that it listens', async () => {
    const { child } = fakeChild()
    await expect(createSandboxHub({ spawn: () => child, patience: 5 }).start()).rejects.toMatchObject({
      code: 'E_HUB_UNREACHABLE',
    })
    expect(child.kill).toHaveBeenCalledWith(true)
  })
})
