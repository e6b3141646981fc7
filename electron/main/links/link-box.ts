import type { Clock } from '../../shared/clock.ts'
import type { Link } from './parse-link.ts'

/** The one link that waits, in memory alone. It is taken once, and by the page of somebody who is signed in. */
export type LinkBox = {
  put(link: Link): void
  take(): Link | null
  /** The window was locked: what waited belonged to whoever was there before. */
  clear(): void
}

/** Whoever unlocks later than this has forgotten what they clicked on. */
const waits = 10 * 60_000

export const createLinkBox = (clock: Clock): LinkBox => {
  let waiting: { readonly link: Link; readonly at: number } | undefined
  return {
    put: (link) => {
      waiting = { link, at: clock.now() }
    },
    take: () => {
      const found = waiting
      waiting = undefined
      return found !== undefined && clock.now() - found.at <= waits ? found.link : null
    },
    clear: () => {
      waiting = undefined
    },
  }
}
