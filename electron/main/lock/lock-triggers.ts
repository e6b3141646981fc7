import type { PowerMonitor, WebContents } from 'electron'
import type { Clock } from '../../shared/clock.ts'

/** D20: locked after five minutes without a person, when the system locks, and when it goes to sleep. */
export const idleLimitSeconds = 300
const lookEvery = 15_000

export type IdleState = {
  /** Seconds since somebody used the machine, as the system counts. */
  readonly systemIdle: number
  /** Seconds since somebody used the window. Input may reach it in ways that the system does not count (remote desktops). */
  readonly windowIdle: number
}

export const isIdle = ({ systemIdle, windowIdle }: IdleState): boolean =>
  Math.min(systemIdle, windowIdle) >= idleLimitSeconds

export type LockTriggers = {
  watch(contents: WebContents): void
  /** Somebody said that they are there. */
  stay(): void
}

/** @param lock does nothing when the vault is locked already */
export const startLockTriggers = (monitor: PowerMonitor, clock: Clock, lock: () => void): LockTriggers => {
  let lastUse = clock.now()
  const used = (): void => void (lastUse = clock.now())
  monitor.on('lock-screen', lock)
  monitor.on('suspend', lock)
  setInterval(() => {
    const windowIdle = (clock.now() - lastUse) / 1000
    if (isIdle({ systemIdle: monitor.getSystemIdleTime(), windowIdle })) lock()
  }, lookEvery).unref()
  return {
    stay: used,
    watch(contents) {
      used()
      contents.on('before-input-event', used)
      contents.on('before-mouse-event', used)
      contents.on('did-finish-load', used)
    },
  }
}
