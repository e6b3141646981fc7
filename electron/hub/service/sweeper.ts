import type { Hub } from '../hub.ts'
import { sweep } from '../sweep.ts'
import { failureLine, type Log } from './log-line.ts'

export type Sweeper = {
  /** One sweep at a time, with its figures. @throws when it fails */
  run(): Promise<void>
  /** Starts the clock. */
  start(everyMilliseconds: number): void
  /** Waits for a sweep that is under way. */
  stop(): Promise<void>
}

/** Sweeps now and then, counts it, and says so in the log. */
export const sweeper = (hub: Hub, log: Log): Sweeper => {
  let under: Promise<void> | undefined
  let timer: NodeJS.Timeout | undefined
  const once = async (): Promise<void> => {
    const started = performance.now()
    try {
      const destroyed = await sweep(hub)
      const milliseconds = performance.now() - started
      hub.metrics.swept(milliseconds / 1000, destroyed, hub.clock.real())
      log({ event: 'swept', destroyed, milliseconds: Math.round(milliseconds) })
    } catch (error) {
      hub.metrics.sweepFailed()
      log(failureLine('sweep', error))
      throw error
    }
  }
  const run = (): Promise<void> => {
    under ??= once().finally(() => {
      under = undefined
    })
    return under
  }
  return {
    run,
    start: (everyMilliseconds) => {
      // It is in the log and the figures; the next one tries again.
      timer = setInterval(() => void run().catch(() => undefined), everyMilliseconds)
    },
    stop: async () => {
      clearInterval(timer)
      await under?.catch(() => undefined)
    },
  }
}
