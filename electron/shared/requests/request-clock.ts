import type { Freeze, RequestClock } from '../domain/request-views.ts'
import { addWorkingDays, type WorkingCalendar } from '../retention/working-days.ts'

export type RequestTimes = {
  readonly received_at: number
  /** What the hub said; never later than our own counting. */
  readonly hub_due_at: number | null
  readonly freezes: readonly Freeze[]
  readonly closed_at: number | null
}

export type RequestDays = { readonly answer: number; readonly warn: number }

/** Whole working days that have passed between two moments, at most `most`. */
const workingDaysBetween = (calendar: WorkingCalendar, from: number, to: number, most: number): number => {
  let count = 0
  while (count < most && addWorkingDays(calendar, from, count + 1).at <= to) count += 1
  return count
}

/**
 * When a request is due (ZP-91, D13): so many working days after it came in. A dispute among relatives stops the clock (QY-44); what
 * was left of it runs on from the moment that the dispute was lifted.
 */
export const requestClockOf = (
  calendar: WorkingCalendar,
  { received_at, hub_due_at, freezes, closed_at }: RequestTimes,
  { answer, warn }: RequestDays,
  now: number,
): RequestClock => {
  let [start, used, frozen] = [received_at, 0, 0]
  let stopped = false
  for (const { from, to } of freezes) {
    used += workingDaysBetween(calendar, start, from, answer - used)
    if (to === undefined) stopped = true
    else frozen += to - from
    start = to ?? from
  }
  const until = closed_at ?? now
  const passed = stopped ? used : Math.min(answer, used + workingDaysBetween(calendar, start, until, answer - used))
  const end = addWorkingDays(calendar, start, answer - used)
  const ours = end.at
  const due = hub_due_at === null ? ours : Math.min(ours, hub_due_at + frozen)
  const warning = Math.min(due, addWorkingDays(calendar, start, Math.max(0, warn - used)).at)
  const level =
    closed_at !== null ? 'closed' : stopped ? 'stopped' : now >= due ? 'alarm' : now >= warning ? 'warn' : 'calm'
  return {
    ...(stopped ? {} : { due_at: due, warn_at: warning }),
    used: passed,
    of: answer,
    level,
    known: end.known,
  }
}
