/** Times of the clock on the wall in China, which has no summer time; stored and compared as milliseconds since 1970 UTC. */
const SHIFT_MS = 8 * 3_600_000
const DAY_MS = 86_400_000
export const MINUTE_MS = 60_000

/** `2026-11-27T14:30`, as a field for dates and times has it. */
export const toField = (ms: number): string => new Date(ms + SHIFT_MS).toISOString().slice(0, 16)

/** The moment that a field names; undefined while it is empty or only begun. */
export const fromField = (text: string): number | undefined => {
  if (!/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}$/.test(text)) return undefined
  const ms = Date.parse(`${text}:00Z`) - SHIFT_MS
  return Number.isNaN(ms) || ms < 0 ? undefined : ms
}

/** 00:00 of the day. */
export const dayStart = (ms: number): number => Math.floor((ms + SHIFT_MS) / DAY_MS) * DAY_MS - SHIFT_MS

/** 00:00 of the Monday before, or of this day. */
export const weekStart = (ms: number): number => {
  const day = Math.floor((ms + SHIFT_MS) / DAY_MS)
  // 1970-01-01 was a Thursday.
  return (day - ((day + 3) % 7)) * DAY_MS - SHIFT_MS
}

export const addDays = (ms: number, days: number): number => ms + days * DAY_MS

/** Minutes since 00:00. */
export const minuteOfDay = (ms: number): number => Math.floor((ms - dayStart(ms)) / MINUTE_MS)

/** 0 = Monday. */
export const weekdayOf = (ms: number): number => Math.round((dayStart(ms) - weekStart(ms)) / DAY_MS)

const WORK = { from: 9 * 60, until: 18 * 60 } as const

/** Whether any of it lies outside of the usual hours of work: a hint, never a rule. */
export const isOutsideWork = (startsAt: number, minutes: number): boolean => {
  const from = minuteOfDay(startsAt)
  return weekdayOf(startsAt) > 4 || from < WORK.from || from + minutes > WORK.until
}

/** The next working day at ten: early enough to be soon, late enough to be read before. */
export const usualStart = (now: number): number => {
  let day = addDays(dayStart(now), 1)
  while (weekdayOf(day) > 4) day = addDays(day, 1)
  return day + 10 * 60 * MINUTE_MS
}

/** `00:00`, `00:15` … `23:45`. */
export const quarterHours: readonly string[] = Array.from(
  { length: 96 },
  (_, i) => `${String(Math.floor(i / 4)).padStart(2, '0')}:${String((i % 4) * 15).padStart(2, '0')}`,
)
