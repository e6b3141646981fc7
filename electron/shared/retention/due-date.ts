import { addWorkingDays, type WorkingCalendar } from './working-days.ts'
import type { Decision, JobStatus, RetentionReason } from '../domain/vocabulary.ts'

const hour = 3_600_000
const day = 24 * hour

/** A number of a policy profile with the default or clause that it comes from. */
type Cited = { readonly value: number; readonly clause: string }

/** The numbers of a policy profile that end a record's time. */
export type RetentionNumbers = {
  readonly rejected_days: Cited
  readonly hired_days: Cited
  readonly job_closed_days: Cited
  readonly idle_job_days: Cited
  readonly entitlement_end_days: Cited
  readonly account_cancelled_workdays: Cited
  readonly withdrawn_hours: Cited
}

/** What is known of one application. Times are milliseconds since 1970 UTC. */
export type ApplicationFacts = {
  readonly decision: Decision | null
  readonly decidedAt: number | null
  readonly job: { readonly status: JobStatus; readonly statusAt: number; readonly lastActivityAt: number } | null
  /** When the application reached this store; counts where its job is not known. */
  readonly at: number
  /** What concerns the person and ends every application at once (D7, D8). */
  readonly personEnd: { readonly reason: RetentionReason; readonly at: number } | null
}

export type Due = {
  readonly at: number
  readonly reason: RetentionReason
  readonly clause: string
  /** True where working days were counted in a year whose holidays are not known, as Monday to Friday. */
  readonly assumed?: boolean
}

/** One clock, and what it counts: `value` units from `from`. */
export type Clock = Due & {
  readonly from: number
  readonly value: number
  readonly unit: 'hours' | 'days' | 'workdays'
}

const spans = { hours: hour, days: day } as const

const after = (from: number, unit: 'hours' | 'days', { value, clause }: Cited, reason: RetentionReason): Clock => ({
  at: from + value * spans[unit],
  reason,
  clause,
  from,
  value,
  unit,
})

const afterWorkingDays = (from: number, number: Cited, reason: RetentionReason, calendar: WorkingCalendar): Clock => {
  const { value, clause } = number
  const { at, known } = addWorkingDays(calendar, from, value)
  return { at, reason, clause, from, value, unit: 'workdays', ...(known ? {} : { assumed: true }) }
}

/** The clock of what ends the whole person (D7, D8) and takes every application along. */
export const personClock = (
  end: NonNullable<ApplicationFacts['personEnd']>,
  numbers: RetentionNumbers,
  calendar: WorkingCalendar,
): Clock => {
  switch (end.reason) {
    case 'requested':
      return after(end.at, 'hours', { value: 0, clause: 'ZP-84' }, end.reason)
    case 'account_cancelled':
      return afterWorkingDays(end.at, numbers.account_cancelled_workdays, end.reason, calendar)
    case 'entitlement_ended':
    case 'platform_ceased':
      return after(end.at, 'days', numbers.entitlement_end_days, end.reason)
    default:
      return after(end.at, 'hours', numbers.withdrawn_hours, end.reason)
  }
}

const dueOf = ({ at, reason, clause, assumed }: Clock): Due => ({
  at,
  reason,
  clause,
  ...(assumed === undefined ? {} : { assumed }),
})

/** When an end that concerns the whole person (D7, D8) takes every application along. */
export const personDue = (
  end: NonNullable<ApplicationFacts['personEnd']>,
  numbers: RetentionNumbers,
  calendar: WorkingCalendar,
): Due => dueOf(personClock(end, numbers, calendar))

const jobClock = (facts: ApplicationFacts, numbers: RetentionNumbers): Clock => {
  const { job } = facts
  const { job_closed_days: closed, idle_job_days: idle } = numbers
  if (job !== null && (job.status === 'closed' || job.status === 'filled')) {
    return after(job.statusAt, 'days', closed, job.status === 'filled' ? 'job_filled' : 'job_closed')
  }
  // A job that nobody touches counts as closed, so every record has an end from its first day.
  const days = { value: idle.value + closed.value, clause: closed.clause }
  return after(job?.lastActivityAt ?? facts.at, 'days', days, 'job_idle')
}

const decisionClock = (facts: ApplicationFacts, numbers: RetentionNumbers): Clock | null => {
  if (facts.decision === null || facts.decidedAt === null) return null
  const number = facts.decision === 'hired' ? numbers.hired_days : numbers.rejected_days
  return after(facts.decidedAt, 'days', number, facts.decision)
}

/** Every clock of an application, earliest first: the first one decides, the others say what would follow without it. */
export const clocksOf = (facts: ApplicationFacts, numbers: RetentionNumbers, calendar: WorkingCalendar): Clock[] =>
  [
    jobClock(facts, numbers),
    decisionClock(facts, numbers),
    facts.personEnd === null ? null : personClock(facts.personEnd, numbers, calendar),
  ]
    .filter((clock) => clock !== null)
    .toSorted((a, b) => a.at - b.at)

/**
 * When an application's copy must be gone: the earliest of its own clocks (K4, D4–D8). Days are spans of 24 hours, which in
 * Asia/Shanghai (no daylight saving) is the same time of day; working days are those of the calendar.
 */
export const dueDate = (facts: ApplicationFacts, numbers: RetentionNumbers, calendar: WorkingCalendar): Due => {
  const [first] = clocksOf(facts, numbers, calendar)
  if (first === undefined) throw new TypeError('the clock of the job always runs')
  return dueOf(first)
}
