import type { Clock } from '../../shared/clock.ts'

const minute = 60_000
const day = 86_400_000

/** A jump further than this is not believed at once: setting the clock forward must not erase evidence (`docs/reliability.md`). */
export const believedJump = 31 * day
/** Running time after which even a long jump is believed without a hub's word. */
export const believedAfter = 72 * 3_600_000
/** Deviations beyond this are written into the ledger. */
export const anomaly = 5 * minute

export type HomeClock = Clock & {
  /** Where the clock stood when it was last known, from the ledger; call once after unlocking. Returns what to write down. */
  anchor(mark: number): { readonly anomaly: 'back' | 'ahead' | null }
  /** True while a long jump ahead is not believed; destructions wait. */
  held(): boolean
  /** A hub answered with a time near ours: the jump was real. */
  confirm(): void
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
  /** A workspace without any hub believes every jump of up to 31 days and waits out longer ones. */
  readonly hasHub: () => boolean
}

/** Time that never goes back, whatever the system clock does (`reliability.md` 4.4). */
export const createHomeClock = (options: HomeClockOptions): HomeClock => {
  let offset = options.offsetSeconds
  let floor = 0
  let heldSince: number | null = null

  const now = (): number => {
    floor = Math.max(floor, options.wall() + offset * 1000)
    return floor
  }

  return {
    now,
    anchor: (mark) => {
      const wall = options.wall() + offset * 1000
      floor = Math.max(floor, mark)
      if (mark === 0) return { anomaly: null }
      if (wall < mark - anomaly) return { anomaly: 'back' }
      if (wall > mark + believedJump) {
        heldSince = options.monotonic()
        return { anomaly: 'ahead' }
      }
      return { anomaly: null }
    },
    held: () => heldSince !== null && options.monotonic() - heldSince < believedAfter,
    confirm: () => {
      heldSince = null
    },
    offsetSeconds: () => offset,
    setOffset: (seconds) => {
      offset = Math.max(offset, seconds)
    },
  }
}
