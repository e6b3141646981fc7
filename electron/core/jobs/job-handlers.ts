import { IpcError } from '../../shared/ipc/ipc-error.ts'
import type { JobView } from '../../shared/domain/views.ts'
import { liveOnly } from '../candidates/live-only.ts'
import { defineHandlers } from '../handler.ts'
import type { ReadableDb } from '../store/database.ts'
import { accountGate } from '../policy/account-gate.ts'
import { recomputeDueOfJob } from '../retention/due.ts'
import { namesOf } from '../scorecards/colleagues.ts'
import { jobDetail } from './job-detail.ts'
import { listPublicJobs, readPublicJobs } from './public-jobs.ts'
import { updateJob } from './update-job.ts'

type JobRow = Omit<JobView, 'stages' | 'total' | 'next_due_at'>

const columns = `id, platform, origin, title, department, city, status, kind, headcount, salary, description, opened_at, status_at`

const present = (row: object): object => Object.fromEntries(Object.entries(row).filter(([, value]) => value !== null))

/** Every job (or one) with its funnel; applications of locked records do not count, nobody can work on them. */
export const listJobs = (db: ReadableDb, only?: string, interviewer?: string): JobView[] => {
  const [where, params] = only === undefined ? ['', []] : [' AND a.job_id = ?', [only]]
  const assigned =
    interviewer === undefined ? '' : ' AND a.id IN (SELECT application_id FROM assignment WHERE account = ?)'
  const stages = Map.groupBy(
    db.all<{ job_id: string; stage: string; n: number; next: number | null }>(
      `SELECT a.job_id, a.stage, count(*) AS n, min(a.due_at) AS next FROM application a
       WHERE ${liveOnly}${assigned}${where} GROUP BY a.job_id, a.stage`,
      ...(interviewer === undefined ? [] : [interviewer]),
      ...params,
    ),
    (row) => row.job_id,
  )
  return db
    .all<JobRow>(
      `SELECT ${columns} FROM job${only === undefined ? '' : ' WHERE id = ?'}
       ORDER BY status IN ('closed', 'filled'), opened_at DESC, id`,
      ...params,
    )
    .map((row) => {
      const counts = stages.get(row.id) ?? []
      const dues = counts.map((count) => count.next).filter((at) => at !== null)
      return {
        ...(present(row) as JobRow),
        stages: Object.fromEntries(counts.map((count) => [count.stage, count.n])),
        total: counts.reduce((sum, count) => sum + count.n, 0),
        ...(dues.length === 0 ? {} : { next_due_at: Math.min(...dues) }),
      }
    })
}

const requireJob = (db: ReadableDb, id: string): JobRow => {
  const row = db.get<JobRow>(`SELECT ${columns} FROM job WHERE id = ?`, id)
  if (row === undefined) throw new IpcError('E_NOT_FOUND', 'there is no such job')
  return row
}

export const jobHandlers = defineHandlers({
  'job.list': {
    read: (call) => {
      if (call.account.role === 'interviewer') {
        // Of jobs, too, an interviewer has those in which something was assigned, with that counted and nothing else.
        const mine = listJobs(call.store, undefined, call.account.me()?.id ?? '').filter(({ total }) => total > 0)
        return { items: mine.map(({ next_due_at: _end, ...job }) => job) }
      }
      const items = listJobs(call.store)
      if (accountGate(call.account.gates(), call.account.role, call.now) === null) return { items }
      // Who may meet no candidate learns no numbers of them: what is advertised is all there is (ZP-107).
      return {
        items: items
          .filter((job) => job.status === 'open')
          .map(({ next_due_at: _end, ...job }) => ({ ...job, stages: {}, total: 0 })),
      }
    },
  },
  'job.get': {
    read: (call, { id }) =>
      jobDetail(call.store, listJobs(call.store, id)[0], call.account.me()?.id, namesOf(call), call.now),
  },
  'job.list_public': {
    bare: ({ core }) => ({
      items: core.account === null ? readPublicJobs(core.home.home) : listPublicJobs(core.account.store.reader),
    }),
  },
  'job.create': {
    write: (call, input) => {
      if (call.account.hub !== null) {
        throw new IpcError('E_CONFLICT', 'jobs of a hub are opened at the hub; only a local workspace makes its own')
      }
      const id = crypto.randomUUID()
      call.store.run(
        `INSERT INTO job (id, platform, origin, title, department, city, status, headcount, salary, description, opened_at,
                          status_at, last_activity_at)
         VALUES (?, 'direct', 'local', ?, ?, ?, 'open', ?, ?, ?, ?, ?, ?)`,
        id,
        input.title,
        input.department ?? null,
        input.city ?? null,
        input.headcount ?? null,
        input.salary ?? null,
        input.description ?? null,
        call.now,
        call.now,
        call.now,
      )
      return {
        output: { id: id as JobView['id'] },
        entries: [{ action: 'stage', outcome: 'done', job: id, detail: 'job open' }],
        after: () => call.core.emit('data.changed', { what: ['jobs'] }),
      }
    },
  },
  'job.set_status': {
    write: (call, input) => {
      const job = requireJob(call.store, input.id)
      const ends = input.status === 'closed' || input.status === 'filled'
      const hadEnded = job.status === 'closed' || job.status === 'filled'
      // A job that is closed again, or called filled after all, keeps the day on which it ended (D6).
      call.store.run(
        'UPDATE job SET status = ?, status_at = iif(?, status_at, ?), last_activity_at = ? WHERE id = ?',
        input.status,
        job.status === input.status || (ends && hadEnded) ? 1 : 0,
        call.now,
        call.now,
        input.id,
      )
      recomputeDueOfJob(call.store, call.core.profiles, input.id)
      const due = call.store.get<{ n: number; first: number | null }>(
        'SELECT count(*) AS n, min(due_at) AS first FROM application WHERE job_id = ?',
        input.id,
      )
      if (job.origin === 'hub') {
        call.account.outbox.enqueue(
          call.store,
          { kind: 'job', body: { job_id: input.id, status: input.status } },
          call.now,
        )
      }
      return {
        output: {
          scheduled: ends ? (due?.n ?? 0) : 0,
          ...(ends && typeof due?.first === 'number' ? { first_due_at: due.first } : {}),
        },
        entries: [{ action: 'stage', outcome: 'done', job: input.id, detail: `job ${job.status} ${input.status}` }],
        after: () => {
          call.account.indexer.poke()
          call.core.emit('data.changed', { what: ['jobs', 'candidates', 'retention'] })
        },
      }
    },
  },
  'job.update': { write: (call, input) => updateJob(call, input) },
})
