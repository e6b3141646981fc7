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

const after = (start: number, span: number, number: Cited, reason: RetentionReason): Due => ({
  at: start + number.value * span,
  reason,
  clause: number.clause,
})

const afterWorkingDays = (start: number, number: Cited, reason: RetentionReason, calendar: WorkingCalendar): Due => {
  const { at, known } = addWorkingDays(calendar, start, number.value)
  return { at, reason, clause: number.clause, ...(known ? {} : { assumed: true }) }
}

/** When an end that concerns the whole person (D7, D8) takes every application along. */
export const personDue = (
  end: NonNullable<ApplicationFacts['personEnd']>,
  numbers: RetentionNumbers,
  calendar: WorkingCalendar,
): Due => {
  switch (end.reason) {
    case 'requested':
      return { at: end.at, reason: end.reason, clause: 'ZP-84' }
    case 'account_cancelled':
      return afterWorkingDays(end.at, numbers.account_cancelled_workdays, end.reason, calendar)
    case 'entitlement_ended':
    case 'platform_ceased':
      return after(end.at, day, numbers.entitlement_end_days, end.reason)
    default:
      return after(end.at, hour, numbers.withdrawn_hours, end.reason)
  }
}

const jobDue = (facts: ApplicationFacts, numbers: RetentionNumbers): Due => {
  const { job } = facts
  if (job !== null && (job.status === 'closed' || job.status === 'filled')) {
    return after(job.statusAt, day, numbers.job_closed_days, job.status === 'filled' ? 'job_filled' : 'job_closed')
  }
  // A job that nobody touches counts as closed, so every record has an end from its first day.
  const idleAt = (job?.lastActivityAt ?? facts.at) + numbers.idle_job_days.value * day
  return after(idleAt, day, numbers.job_closed_days, 'job_idle')
}

const decisionDue = (facts: ApplicationFacts, numbers: RetentionNumbers): Due | null => {
  if (facts.decision === null || facts.decidedAt === null) return null
  const number = facts.decision === 'hired' ? numbers.hired_days : numbers.rejected_days
  return after(facts.decidedAt, day, number, facts.decision)
}

/**
 * When an application's copy must be gone: the earliest of its own clocks (K4, D4–D8). Days are spans of 24 hours, which in
 * Asia/Shanghai (no daylight saving) is the same time of day; working days are those of the calendar.
 */
export const dueDate = (facts: ApplicationFacts, numbers: RetentionNumbers, calendar: WorkingCalendar): Due => {
  const clocks = [
    jobDue(facts, numbers),
    decisionDue(facts, numbers),
    facts.personEnd === null ? null : personDue(facts.personEnd, numbers, calendar),
  ].filter((clock) => clock !== null)
  return clocks.reduce((first, clock) => (clock.at < first.at ? clock : first))
}
