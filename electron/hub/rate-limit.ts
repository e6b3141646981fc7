/** Counts in fixed windows, in memory: enough for one process, and it forgets addresses by itself. */
export type RateLimit = {
  /** @returns seconds to wait, or 0 when the call is allowed (it is counted then) */
  take(key: string): number
  /** A success clears what failures had counted. */
  clear(key: string): void
}

export const rateLimit = (options: {
  readonly limit: number
  readonly windowSeconds: number
  readonly now: () => number
}): RateLimit => {
  const windows = new Map<string, { until: number; count: number }>()
  return {
    take: (key) => {
      const now = options.now()
      if (windows.size > 10_000) for (const [old, window] of windows) if (window.until <= now) windows.delete(old)
      const open = windows.get(key)
      const window =
        open !== undefined && open.until > now ? open : { until: now + options.windowSeconds * 1000, count: 0 }
      windows.set(key, window)
      if (window.count >= options.limit) return Math.max(1, Math.ceil((window.until - now) / 1000))
      window.count += 1
      return 0
    },
    clear: (key) => {
      windows.delete(key)
    },
  }
}
