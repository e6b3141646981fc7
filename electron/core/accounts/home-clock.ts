import type { Clock } from '../../shared/clock.ts'

const minute = 60_000
const day = 86_400_000

/**
 * A jump further than this is not believed at once: setting the clock forward must not erase evidence. The longest month, and
 * an hour, because an absence of 31 days never ends on the second.
 */
export const believedJump = 31 * day + 60 * minute
/** Running time after which even a long jump is believed without a hub's word. */
export const believedAfter = 72 * 3_600_000
/** Deviations beyond this are written into the ledger. */
export const anomaly = 5 * minute

/** What the ledger is told: set back, far ahead (held from here on), and that a held clock was believed or came back. */
export type ClockEvent = 'back' | 'ahead' | 'believed'

export type HomeClock = Clock & {
  /**
   * Where the clock stood when it was last known, from the ledger; call once after unlocking.
   *
   * @param mark the latest moment that this home is known to have reached, 0 for a new home
   * @param heldFrom when an earlier run of the program began to hold a jump that nobody has confirmed yet
   */
  anchor(mark: number, heldFrom: number | null): void
  /** True while a long jump ahead is not believed: time then goes on from where it was, and no faster than it runs. */
  held(): boolean
  /** What the wall clock says while it is not believed; null otherwise. */
  doubted(): number | null
  /** Trusted time at which the jump that is held was first seen; null when none is. */
  heldFrom(): number | null
  /** A hub answered; its time decides whether a jump was real. Milliseconds since 1970 UTC. */
  confirm(hubTime: number): void
  /** What happened since the last question, for the ledger. */
  takeEvents(): readonly ClockEvent[]
  offsetSeconds(): number
  /** Moves on; never back. */
  setOffset(seconds: number): void
}

export type HomeClockOptions = {
  /** The system's wall clock, milliseconds since 1970 UTC. */
  readonly wall: () => number
  /** Monotonic milliseconds. */
  readonly monotonic: () => number
  readonly offsetSeconds: number
}

/**
 * Time that never goes back and never stands still, whatever the system clock does: set back, it goes on at the pace of the
 * running program; far ahead, it does the same until a hub or 72 hours of running time say that the jump was real.
 */
export const createHomeClock = (options: HomeClockOptions): HomeClock => {
  let offset = options.offsetSeconds
  /** Trusted time at `since`; null until anything asks. */
  let last: number | null = null
  let since = 0
  let anchored = false
  let heldFrom: number | null = null
  let isBack = false
  let events: ClockEvent[] = []

  const shown = (): number => options.wall() + offset * 1000

  const release = (): void => {
    heldFrom = null
    events.push('believed')
  }

  const now = (): number => {
    const at = options.monotonic()
    const wall = shown()
    const run = last === null ? wall : last + Math.max(0, at - since)
    since = at
    if (heldFrom !== null && (run - heldFrom >= believedAfter || wall <= run + believedJump)) release()
    else if (heldFrom === null && anchored && wall > run + believedJump) {
      heldFrom = run
      events.push('ahead')
    }
    const back = wall < run - anomaly
    if (back && !isBack) events.push('back')
    isBack = back
    last = heldFrom === null ? Math.max(run, wall) : run
    return Math.floor(last)
  }

  return {
    now,
    anchor: (mark, from) => {
      anchored = mark > 0
      last = mark > 0 ? mark : shown()
      since = options.monotonic()
      heldFrom = from
      isBack = false
      now()
    },
    held: () => {
      now()
      return heldFrom !== null
    },
    doubted: () => {
      now()
      return heldFrom === null ? null : shown()
    },
    heldFrom: () => heldFrom,
    confirm: (hubTime) => {
      const at = now()
      if (heldFrom === null || Math.abs(hubTime - shown()) >= day) return
      release()
      last = Math.max(at, shown())
    },
    takeEvents: () => {
      const taken = events
      events = []
      return taken
    },
    offsetSeconds: () => offset,
    setOffset: (seconds) => {
      if (seconds <= offset) return
      const from = now()
      last = from + (seconds - offset) * 1000
      offset = seconds
    },
  }
}
