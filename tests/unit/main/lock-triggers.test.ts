import { EventEmitter } from 'node:events'
import type { PowerMonitor, WebContents } from 'electron'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { secondsLeft, startLockTriggers } from '../../../electron/main/lock/lock-triggers.ts'
import { createVaultPhase } from '../../../electron/main/lock/vault-phase.ts'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

const setUp = (limit = 300) => {
  let idle = 0
  let unlocked = true
  const monitor = Object.assign(new EventEmitter(), { getSystemIdleTime: () => idle })
  const contents = new EventEmitter()
  const lock = vi.fn(() => void (unlocked = false))
  const counted: Array<number | null> = []
  const triggers = startLockTriggers({
    monitor: monitor as never as PowerMonitor,
    clock: { now: () => Date.now() },
    lock,
    isUnlocked: () => unlocked,
    idleLimit: () => limit,
    onCountdown: (seconds) => void counted.push(seconds),
  })
  triggers.watch(contents as never as WebContents)
  return { monitor, contents, lock, counted, triggers, setIdle: (seconds: number) => (idle = seconds) }
}

describe('[D20] the vault locks', () => {
  it.each(['lock-screen', 'suspend'])('on %s', (event) => {
    const { monitor, lock } = setUp()
    monitor.emit(event)
    expect(lock).toHaveBeenCalledOnce()
  })

  it('after five minutes in which nobody used machine and window, and not before', () => {
    const { lock, setIdle } = setUp()
    setIdle(10_000)
    vi.advanceTimersByTime(299_000)
    expect(lock).not.toHaveBeenCalled()
    vi.advanceTimersByTime(2_000)
    expect(lock).toHaveBeenCalledOnce()
  })

  it('after as many minutes as were chosen', () => {
    const { lock, setIdle } = setUp(60)
    setIdle(10_000)
    vi.advanceTimersByTime(59_000)
    expect(lock).not.toHaveBeenCalled()
    vi.advanceTimersByTime(2_000)
    expect(lock).toHaveBeenCalledOnce()
  })

  it('not while somebody types in the window, or uses another program', () => {
    const { contents, lock, setIdle } = setUp()
    setIdle(10_000)
    for (let minute = 0; minute < 10; minute++) {
      vi.advanceTimersByTime(60_000)
      contents.emit('before-input-event')
    }
    setIdle(20)
    vi.advanceTimersByTime(600_000)
    expect(lock).not.toHaveBeenCalled()
  })

  it('and counts the last thirty seconds, until somebody says that they are there', () => {
    const { counted, lock, setIdle, triggers } = setUp(60)
    setIdle(10_000)
    vi.advanceTimersByTime(29_000)
    expect(counted).toEqual([])
    vi.advanceTimersByTime(3_000)
    expect(counted).toEqual([30, 29, 28])
    triggers.stay()
    expect(counted.at(-1)).toBeNull()
    vi.advanceTimersByTime(28_000)
    expect(counted).toHaveLength(4)
    vi.advanceTimersByTime(40_000)
    expect(lock).toHaveBeenCalledOnce()
    expect(counted.filter((seconds) => seconds !== null).slice(3)).toEqual(Array.from({ length: 30 }, (_, i) => 30 - i))
  })
})

describe('idleness', () => {
  it('needs both sides', () => {
    expect(secondsLeft({ systemIdle: 300, windowIdle: 300 }, 300)).toBe(0)
    expect(secondsLeft({ systemIdle: 299, windowIdle: 900 }, 300)).toBe(1)
    expect(secondsLeft({ systemIdle: 900, windowIdle: 270.5 }, 300)).toBe(30)
  })
})

describe('what main knows of the vault', () => {
  it('is locked until core says otherwise, and again when core is gone', () => {
    const phase = createVaultPhase()
    expect(phase.isUnlocked()).toBe(false)
    phase.hear('{"phase":"signed_in"}')
    expect(phase.isUnlocked()).toBe(true)
    phase.hear('{"phase":"locked"}')
    expect(phase.isUnlocked()).toBe(false)
    phase.hear('{"phase":"open"}')
    phase.forget()
    expect(phase.isUnlocked()).toBe(false)
  })
})
