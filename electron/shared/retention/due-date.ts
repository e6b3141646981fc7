import type { Channel, Decision, JobStatus, RetentionReason } from '../domain/vocabulary.ts'

const hour = 3_600_000
const day = 24 * hour

/** The numbers of a policy profile that end a record's time; each with the default or clause that it comes from. */
export type RetentionNumbers = {
  readonly rejected_days: number
  readonly hired_days: number
  readonly job_closed_days: number
  readonly idle_job_days: number
  readonly entitlement_end_days: number
  /** D7 says one working day; 24 hours is never longer. */
  readonly account_cancelled_workdays: number
  readonly withdrawn_hours: number
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

export type Due = { readonly at: number; readonly reason: RetentionReason; readonly clause: string }

/** Channels whose records are cards: cached for hours, not kept (D2). */
export const cardChannels: readonly Channel[] = ['recommended', 'searched', 'greeted']

const personDue = (end: NonNullable<ApplicationFacts['personEnd']>, numbers: RetentionNumbers): Due => {
  switch (end.reason) {
    case 'requested':
      return { at: end.at, reason: end.reason, clause: 'ZP-84' }
    case 'account_cancelled':
      return { at: end.at + numbers.account_cancelled_workdays * day, reason: end.reason, clause: 'D7' }
    case 'entitlement_ended':
    case 'platform_ceased':
      return { at: end.at + numbers.entitlement_end_days * day, reason: end.reason, clause: 'D7' }
    case 'hired':
      return { at: end.at + numbers.hired_days * day, reason: end.reason, clause: 'D5' }
    default:
      return { at: end.at + numbers.withdrawn_hours * hour, reason: end.reason, clause: 'D8' }
  }
}

const jobDue = (facts: ApplicationFacts, numbers: RetentionNumbers): Due => {
  const job = facts.job
  if (job !== null && (job.status === 'closed' || job.status === 'filled')) {
    const reason = job.status === 'filled' ? 'job_filled' : 'job_closed'
    return { at: job.statusAt + numbers.job_closed_days * day, reason, clause: 'D6' }
  }
  // A job that nobody touches counts as closed, so every record has an end from its first day.
  const last = job?.lastActivityAt ?? facts.at
  return { at: last + (numbers.idle_job_days + numbers.job_closed_days) * day, reason: 'job_idle', clause: 'D6' }
}

const decisionDue = (facts: ApplicationFacts, numbers: RetentionNumbers): Due | null => {
  if (facts.decision === null || facts.decidedAt === null) return null
  if (facts.decision === 'hired') {
    return { at: facts.decidedAt + numbers.hired_days * day, reason: 'hired', clause: 'D5' }
  }
  return { at: facts.decidedAt + numbers.rejected_days * day, reason: facts.decision, clause: 'D4' }
}

/**
 * When an application's copy must be gone: the earliest of its own clocks (K4, D4–D8). Days are spans of 24 hours, which in
 * Asia/Shanghai (no daylight saving) is the same time of day.
 */
export const dueDate = (facts: ApplicationFacts, numbers: RetentionNumbers): Due => {
  const clocks = [
    jobDue(facts, numbers),
    decisionDue(facts, numbers),
    facts.personEnd === null ? null : personDue(facts.personEnd, numbers),
  ].filter((clock) => clock !== null)
  return clocks.reduce((first, clock) => (clock.at < first.at ? clock : first))
}
