import type { Decision, JobStatus } from '../../shared/domain/vocabulary.ts'
import { clocksOf, type ApplicationFacts, type RetentionNumbers } from '../../shared/retention/due-date.ts'
import { weekdaysOnly } from '../../shared/retention/working-days.ts'

/** An application and a job as far as the hub needs them to tell when the copies end. */
export type ApplicationJson = {
  readonly job_id: string
  readonly channel: string
  readonly evidence_at: string
  readonly at: string
  readonly decision?: Decision
}
export type JobJson = {
  readonly title: string
  readonly status: JobStatus
  readonly closed_at?: string
  /** Milliseconds since 1970: the last change that the hub knows of. */
  readonly changedAt: number
}

const factsOf = (application: ApplicationJson, job: JobJson | undefined): ApplicationFacts => ({
  decision: application.decision ?? null,
  decidedAt: application.decision === undefined ? null : Date.parse(application.at),
  job:
    job === undefined
      ? null
      : {
          status: job.status,
          statusAt: job.closed_at === undefined ? job.changedAt : Date.parse(job.closed_at),
          lastActivityAt: job.changedAt,
        },
  at: Date.parse(application.evidence_at),
  personEnd: null,
})

/** The clock that ends this application's copies for certain; none while recruiting goes on. */
const certainEnd = (
  application: ApplicationJson,
  job: JobJson | undefined,
  numbers: RetentionNumbers,
): number | undefined =>
  // A job that nobody touches ends too, but whoever touches it moves that end: no date to promise.
  clocksOf(factsOf(application, job), numbers, weekdaysOnly).find((clock) => clock.reason !== 'job_idle')?.at

/**
 * When the last application's shortest clock ends.
 * @returns milliseconds since 1970; `undefined` while recruiting goes on for one of them, or without any
 */
export const latestEnd = (
  applications: readonly ApplicationJson[],
  jobs: ReadonlyMap<string, JobJson>,
  numbers: RetentionNumbers,
): number | undefined => {
  const ends = applications.map((one) => certainEnd(one, jobs.get(one.job_id), numbers) ?? Infinity)
  const last = Math.max(...ends)
  return ends.length > 0 && Number.isFinite(last) ? last : undefined
}
