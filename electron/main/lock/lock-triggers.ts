import type { PowerMonitor, WebContents } from 'electron'
import type { Clock } from '../../shared/clock.ts'

const lookEvery = 1_000
/** The last seconds before an idle window is locked are counted in sight. */
export const countedSeconds = 30

export type IdleState = {
  /** Seconds since somebody used the machine, as the system counts. */
  readonly systemIdle: number
  /** Seconds since somebody used the window. Input may reach it in ways that the system does not count (remote desktops). */
  readonly windowIdle: number
}

/** Whole seconds until an idle window is locked; 0 = now. */
export const secondsLeft = ({ systemIdle, windowIdle }: IdleState, limit: number): number =>
  Math.max(0, Math.ceil(limit - Math.min(systemIdle, windowIdle)))

export type LockTriggers = {
  watch(contents: WebContents): void
  /** Somebody said that they are there. */
  stay(): void
}

export type LockOptions = {
  readonly monitor: PowerMonitor
  readonly clock: Clock
  /** Does nothing when the vault is locked already. */
  readonly lock: () => void
  readonly isUnlocked: () => boolean
  /** Seconds without a person (D20: five minutes, or what the person chose). */
  readonly idleLimit: () => number
  /** The last seconds one by one, then `null` if somebody came back. */
  readonly onCountdown: (seconds: number | null) => void
}

/** D20: locked after some minutes without a person, when the system locks, and when it goes to sleep. */
export const startLockTriggers = (options: LockOptions): LockTriggers => {
  const { monitor, clock, lock, isUnlocked, idleLimit, onCountdown } = options
  let lastUse = clock.now()
  let counting = false
  const used = (): void => void (lastUse = clock.now())
  const stopCounting = (): void => {
    if (counting) onCountdown(null)
    counting = false
  }
  const look = (): void => {
    if (!isUnlocked()) {
      counting = false
      return
    }
    const windowIdle = (clock.now() - lastUse) / 1000
    const left = secondsLeft({ systemIdle: monitor.getSystemIdleTime(), windowIdle }, idleLimit())
    if (left === 0) lock()
    else if (left <= countedSeconds) {
      counting = true
      onCountdown(left)
    } else stopCounting()
  }
  monitor.on('lock-screen', lock)
  monitor.on('suspend', lock)
  setInterval(look, lookEvery).unref()
  return {
    stay: () => {
      used()
      stopCounting()
    },
    watch(contents) {
      used()
      contents.on('before-input-event', used)
      contents.on('before-mouse-event', used)
      contents.on('did-finish-load', used)
    },
  }
}
