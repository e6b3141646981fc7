const MINUTE = 60_000
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR
/** The warning period: it lies inside the deadline and never lengthens it. */
const WARNING = 7 * DAY

export type TimeLeft = { readonly unit: 'days' | 'hours' | 'minutes' | 'over'; readonly n: number }

/** How long until an end that is near, rounded down so that nothing seems later than it is; null for what is further away. */
export const timeLeft = (at: number, now: number): TimeLeft | null => {
  const left = at - now
  if (left <= 0) return { unit: 'over', n: 0 }
  if (left > WARNING) return null
  if (left >= DAY) return { unit: 'days', n: Math.floor(left / DAY) }
  if (left >= HOUR) return { unit: 'hours', n: Math.floor(left / HOUR) }
  return { unit: 'minutes', n: Math.max(1, Math.floor(left / MINUTE)) }
}
