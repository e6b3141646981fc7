import type { Clock } from '../shared/clock.ts'

/** The hub's time: `now` is moved by tests and by the sandbox, `real` is not. */
export type HubClock = Clock & {
  /** Life times of tokens count in real time: moving the sandbox's clock on must not sign everybody out. */
  real(): number
  /** Seconds. */
  setOffset(seconds: number): void
  offset(): number
}

export const hubClock = (offsetSeconds: number, system: () => number = Date.now): HubClock => {
  let offset = offsetSeconds
  return {
    now: () => system() + offset * 1000,
    real: system,
    setOffset: (seconds) => {
      offset = seconds
    },
    offset: () => offset,
  }
}

/** RFC 3339 in UTC. */
export const isoTime = (milliseconds: number): string => new Date(milliseconds).toISOString()
