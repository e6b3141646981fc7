import type { ChangeDataOf } from '../../shared/domain/sync-records.ts'
import type { JobStatus } from '../../shared/domain/vocabulary.ts'
import { criteriaColumn } from './apply-collaboration.ts'
import type { PageWork } from './page-work.ts'
import { pastTime } from './past-time.ts'
import type { ChangeHead } from './read-change.ts'

type JobRow = { readonly status: JobStatus; readonly status_at: number; readonly last_activity_at: number }

const getJob = (work: PageWork, id: string): JobRow | undefined =>
  work.store.get<JobRow>('SELECT status, status_at, last_activity_at FROM job WHERE id = ?', id)

/** `queued`: jobs whose status was set here and is still on its way. */
export const upsertJob = (
  work: PageWork,
  head: ChangeHead,
  data: ChangeDataOf<'job'>,
  queued: ReadonlySet<string>,
): void => {
  const before = getJob(work, head.id)
  const opened = pastTime(data.opened_at, work.now)
  const ours = before !== undefined && queued.has(head.id)
  const status = ours ? before.status : data.status
  const closed = data.closed_at === undefined ? head.at : pastTime(data.closed_at, work.now)
  const statusAt =
    before?.status === status ? before.status_at : status === 'closed' || status === 'filled' ? closed : head.at
  const activity = work.store.get<{ at: number | null }>(
    'SELECT max(max(stage_at, evidence_at)) AS at FROM application WHERE job_id = ?',
    head.id,
  )
  const last = Math.max(opened, head.at, before?.last_activity_at ?? 0, activity?.at ?? 0)
  work.store.run(
    `INSERT INTO job (id, platform, origin, rev, title, department, city, status, kind, owner_id, headcount, salary,
       description, opened_at, status_at, last_activity_at, members, criteria, call_in)
     VALUES (?, ?, 'hub', ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
     ON CONFLICT (id) DO UPDATE SET rev = excluded.rev, title = excluded.title, department = excluded.department,
       city = excluded.city, status = excluded.status, kind = excluded.kind, owner_id = excluded.owner_id,
       headcount = excluded.headcount, salary = excluded.salary, description = excluded.description,
       opened_at = excluded.opened_at, status_at = excluded.status_at, last_activity_at = excluded.last_activity_at,
       members = excluded.members, criteria = iif(?, criteria, excluded.criteria),
       call_in = iif(?, call_in, excluded.call_in)`,
    head.id,
    work.jobPlatform,
    head.rev,
    data.title,
    data.department ?? null,
    data.city ?? null,
    status,
    data.kind ?? null,
    data.owner_id,
    data.headcount ?? null,
    data.salary ?? null,
    data.description ?? null,
    opened,
    statusAt,
    last,
    data.members === undefined ? null : JSON.stringify(data.members),
    criteriaColumn(data),
    data.call_in === true ? 1 : 0,
    ours ? 1 : 0,
    ours ? 1 : 0,
  )
  if (before === undefined) {
    work.counts.jobs += 1
    // Applications that came first were counted without their job.
    if (activity?.at !== null && activity !== undefined) work.closedJobs.add(head.id)
  } else if (before.status !== status || before.status_at !== statusAt) {
    work.closedJobs.add(head.id)
  } else if (before.last_activity_at !== last) {
    work.busyJobs.add(head.id)
  }
}

/** A job that the platform took away counts as closed: its applications end by D6. */
export const endJob = (work: PageWork, head: ChangeHead): void => {
  const { changes } = work.store.run(
    `UPDATE job SET status = 'closed', status_at = ?, rev = ? WHERE id = ? AND status IN ('open', 'paused')`,
    head.at,
    head.rev,
    head.id,
  )
  if (changes > 0) work.closedJobs.add(head.id)
}
