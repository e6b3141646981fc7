import type { WorkingYear } from '../domain/working-year.ts'

const day = 86_400_000
/** China Standard Time, without daylight saving since 1991. */
const chinaOffset = 8 * 3_600_000

/** Which days are worked in mainland China. A day is its number since 1970-01-01, as it is counted in Asia/Shanghai. */
export type WorkingCalendar = {
  isWorked(day: number): boolean
  /** Whether the arrangement of this day's year is known; where it is not, Monday to Friday are worked. */
  isKnown(day: number): boolean
  /** Names what it was made of, for whatever was counted by it. */
  readonly revision: string
}

const dayOf = (date: string): number => Date.parse(`${date}T00:00:00Z`) / day

/** Of two arrangements of one year the first one counts. */
export const createWorkingCalendar = (arrangements: Iterable<WorkingYear>): WorkingCalendar => {
  const years = new Map<number, WorkingYear>()
  for (const one of arrangements) if (!years.has(one.year)) years.set(one.year, one)
  const off = new Set([...years.values()].flatMap((one) => one.off.map(dayOf)))
  const work = new Set([...years.values()].flatMap((one) => one.work.map(dayOf)))
  return {
    isWorked: (at) => {
      if (work.has(at)) return true
      const weekday = new Date(at * day).getUTCDay()
      return weekday !== 0 && weekday !== 6 && !off.has(at)
    },
    isKnown: (at) => years.has(new Date(at * day).getUTCFullYear()),
    revision: JSON.stringify(
      [...years.values()].sort((a, b) => a.year - b.year).map(({ year, off: o, work: w }) => [year, o, w]),
    ),
  }
}

/** Monday to Friday, for whoever knows no year. */
export const weekdaysOnly: WorkingCalendar = createWorkingCalendar([])

export type WorkingEnd = {
  /** Milliseconds since 1970 UTC. */
  readonly at: number
  /** False where a day was counted of a year whose arrangement is not known. */
  readonly known: boolean
}

/**
 * So many working days after a moment, at the same time of day; the day of the moment itself is not counted (Civil Code of the
 * PRC, article 201). The last day would only be over at midnight, so this is never later than the law's own end.
 *
 * @param start milliseconds since 1970 UTC
 * @param count working days, a whole number; 0 is the moment itself
 */
export const addWorkingDays = (calendar: WorkingCalendar, start: number, count: number): WorkingEnd => {
  const from = Math.floor((start + chinaOffset) / day)
  let at = from
  let known = true
  for (let left = count; left > 0;) {
    at += 1
    known &&= calendar.isKnown(at)
    if (calendar.isWorked(at)) left -= 1
  }
  return { at: start + (at - from) * day, known }
}
