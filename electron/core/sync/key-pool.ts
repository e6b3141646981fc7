import type { Keystore, SlotId } from '../keys/keystore-port.ts'

type Purpose = 'candidate' | 'application'

/**
 * Keys made ahead of a page, with one flush a mirror, because a key must be durable before the rows that it seals. What a page
 * does not use serves the next one; what is left at the end has no rows and is freed at the next opening.
 */
export type KeyPool = {
  /** Makes what is missing to have at least that many. */
  ensure(candidates: number, applications: number): void
  /** Takes keys while `work` runs, and puts them back when it throws. */
  lend<T>(work: (take: (purpose: Purpose) => SlotId) => T): T
}

export const createKeyPool = (keystore: Keystore): KeyPool => {
  const free: Record<Purpose, SlotId[]> = { candidate: [], application: [] }
  const fill = (purpose: Purpose, count: number): void => {
    const missing = count - free[purpose].length
    if (missing > 0) free[purpose].push(...keystore.createMany(purpose, missing))
  }
  return {
    ensure: (candidates, applications) => {
      fill('candidate', candidates)
      fill('application', applications)
    },
    lend: (work) => {
      const taken: Record<Purpose, SlotId[]> = { candidate: [], application: [] }
      try {
        return work((purpose) => {
          const slot = free[purpose].pop() ?? keystore.create(purpose)
          taken[purpose].push(slot)
          return slot
        })
      } catch (error) {
        free.candidate.push(...taken.candidate)
        free.application.push(...taken.application)
        throw error
      }
    },
  }
}
