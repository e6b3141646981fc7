import type { Core } from '../context.ts'
import type { HubClient } from './hub-client.ts'
import type { SyncRunner } from './sync-runner.ts'

/** Milliseconds; tests shorten them. */
export type WatchTimes = {
  /** From the news to the sync, so that a batch of changes is one. */
  readonly gather: number
  /** Between two syncs for news: a busy enterprise is no reason to sync without end. */
  readonly gap: number
  /** First pause before connecting again; doubles up to `longest`. */
  readonly pause: number
  readonly longest: number
}

export const watchTimes: WatchTimes = { gather: 300, gap: 3000, pause: 1000, longest: 60_000 }

export type HubWatch = { close(): Promise<void> }

type Options = {
  readonly hub: Pick<HubClient, 'listen' | 'signedIn'>
  readonly sync: Pick<SyncRunner, 'start'>
  readonly log: Core['log']
  readonly times?: WatchTimes
}

/**
 * Listens to a hub while an account is open and syncs at once when something changed. A line that breaks is made again after a
 * pause that grows; what happened meanwhile comes with the sync that follows. Without a line the regular sync goes on.
 */
export const watchHub = ({ hub, sync, log, times = watchTimes }: Options): HubWatch => {
  const ended = new AbortController()
  const { signal } = ended
  let timer: ReturnType<typeof setTimeout> | undefined
  let last = 0

  const syncLater = (wait: number): void => {
    timer ??= setTimeout(() => {
      timer = undefined
      if (signal.aborted) return
      // A run under way may have passed what is new; the next one has it.
      if (sync.start()) last = performance.now()
      else syncLater(times.gap)
    }, wait)
    timer.unref()
  }
  const onChange = (): void => {
    syncLater(Math.max(times.gather, last === 0 ? 0 : times.gap - (performance.now() - last)))
  }

  const sleep = (wait: number): Promise<void> =>
    new Promise((resolve) => {
      const end = (): void => {
        clearTimeout(sleeping)
        signal.removeEventListener('abort', end)
        resolve()
      }
      const sleeping = setTimeout(end, wait)
      sleeping.unref()
      signal.addEventListener('abort', end, { once: true })
    })

  const run = async (): Promise<void> => {
    let pause = times.pause
    let again = false
    while (!signal.aborted) {
      const began = performance.now()
      try {
        if (!hub.signedIn()) return
        await hub.listen(
          onChange,
          () => {
            if (again) onChange()
          },
          signal,
        )
      } catch (error) {
        const code = error instanceof Error && 'code' in error ? String(error.code) : 'E_INTERNAL'
        if (!signal.aborted) log('events', { ok: false, code })
        // A hub that has no such stream is asked at the regular times, as before.
        if (code === 'E_NOT_FOUND' || code === 'E_SIGN_IN' || code === 'E_REVOKED') return
      }
      again = true
      // A line that held for a while was a good one.
      if (performance.now() - began > times.longest) pause = times.pause
      // Not all workstations of an enterprise at the same moment, when its hub comes back.
      await sleep(pause * (0.5 + Math.random()))
      pause = Math.min(pause * 2, times.longest)
    }
  }
  const running = run()
  return {
    close: async () => {
      ended.abort()
      clearTimeout(timer)
      await running
    },
  }
}
