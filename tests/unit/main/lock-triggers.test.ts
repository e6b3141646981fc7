import { EventEmitter } from 'node:events'
import type { PowerMonitor, WebContents } from 'electron'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { isIdle, startLockTriggers } from '../../../electron/main/lock/lock-triggers.ts'
import { createVaultPhase } from '../../../electron/main/lock/vault-phase.ts'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

const setUp = () => {
  let idle = 0
  const monitor = Object.assign(new EventEmitter(), { getSystemIdleTime: () => idle })
  const contents = new EventEmitter()
  const lock = vi.fn()
  const triggers = startLockTriggers(monitor as never as PowerMonitor, { now: () => Date.now() }, lock)
  triggers.watch(contents as never as WebContents)
  return { monitor, contents, lock, setIdle: (seconds: number) => (idle = seconds) }
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
    vi.advanceTimersByTime(16_000)
    expect(lock).toHaveBeenCalled()
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
})

describe('idleness', () => {
  it('needs both sides', () => {
    expect(isIdle({ systemIdle: 300, windowIdle: 300 })).toBe(true)
    expect(isIdle({ systemIdle: 299, windowIdle: 900 })).toBe(false)
    expect(isIdle({ systemIdle: 900, windowIdle: 299 })).toBe(false)
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
