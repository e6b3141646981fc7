import type { HubDb } from '../../../electron/hub/db/schema.ts'
import { hashPassword } from '../../../electron/hub/keys/secrets.ts'
import { putRecords, type RecordDraft } from '../../../electron/hub/records/put-records.ts'
import { startHub } from '../../../electron/hub/start-hub.ts'
import { makeChanges } from '../../bench/synthetic-changes.ts'

export const loadEmployer = 'emp-load'
export const loadPassword = 'wide meadow seven'

export type LoadSize = { readonly workstations: number; readonly candidates: number }

/** One workstation of the world: its account, and the jobs that it has a right to; `undefined` = all of them. */
export type LoadSeat = {
  readonly account: string
  readonly login: string
  readonly device: string
  readonly jobs: readonly string[] | undefined
}

export type LoadWorld = {
  readonly size: LoadSize
  readonly seats: readonly LoadSeat[]
  /** Application ids by job. */
  readonly applications: ReadonlyMap<string, readonly string[]>
  /** The revision that the employer's records had reached. */
  readonly rev: number
}

/** Half as many jobs as people, and two jobs each: every candidate is known to four. One in 250 sees everybody. */
const jobsOf = ({ workstations }: LoadSize): string[] =>
  Array.from({ length: Math.max(2, Math.floor(workstations / 2)) }, (_, index) => `load-job-${index}`)

const seatsOf = (size: LoadSize, jobs: readonly string[]): LoadSeat[] =>
  Array.from({ length: size.workstations }, (_, index) => ({
    account: `acc-load-${index}`,
    login: `load-${index}`,
    device: `dev-load-${index}`,
    jobs:
      index % 250 === 0
        ? undefined
        : [jobs[index % jobs.length] ?? '', jobs[(index + 1) % jobs.length] ?? ''].filter((job) => job !== ''),
  }))

type Made = { readonly type: string; readonly id: string; readonly data: Readonly<Record<string, unknown>> }

/** Seven hundred bytes of invented resume each, spread evenly over the jobs. */
const makeDrafts = (size: LoadSize, jobs: readonly string[], now: number): RecordDraft[] => {
  const made = makeChanges('load', size.candidates, now) as Made[]
  const people = made.filter(({ type }) => type !== 'job')
  const opened_at = new Date(now - 86_400_000).toISOString()
  return [
    ...jobs.map((id) => ({
      type: 'job',
      id,
      data: { title: '后端工程师', status: 'open', opened_at, owner_id: 'acc-load-0' },
    })),
    ...people.map(({ type, id, data }, index): RecordDraft => {
      if (type === 'candidate') {
        const { evidence: _evidence, ...contact } = data['contact'] as Readonly<Record<string, unknown>>
        return { type, id, candidateId: id, data: { ...data, contact } }
      }
      // Changes of a person and of the application come in turns.
      const job = jobs[Math.floor(index / 2) % jobs.length]
      return { type, id, candidateId: String(data['candidate_id']), data: { ...data, job_id: job } }
    }),
  ]
}

const insertAccounts = async (db: HubDb, seats: readonly LoadSeat[]): Promise<void> => {
  const password_hash = await hashPassword(loadPassword)
  const account = (id: string, login: string, role: string, scope: 'all' | 'jobs') => ({
    employer_id: loadEmployer,
    id,
    login,
    name: login,
    email: null,
    role,
    scope,
    status: 'active',
    quotas: '{}',
    verification: JSON.stringify({ real_name: true, employment: true, caller: true }),
    agency: null,
    licence_until: null,
    password_hash,
    feed: 1,
  })
  const rows = [
    account('acc-load-admin', 'load-admin', 'admin', 'all'),
    ...seats.map((seat) => account(seat.account, seat.login, 'hr', seat.jobs === undefined ? 'all' : 'jobs')),
  ]
  await db.insertInto('account').values(rows).execute()
  const rights = seats.flatMap(({ account: account_id, jobs }) =>
    (jobs ?? []).map((job_id) => ({ employer_id: loadEmployer, account_id, job_id, until: null })),
  )
  await db.insertInto('job_member').values(rights).execute()
}

/** Fills the database of a hub that is not running with one employer, its people, and candidates as a platform brings them. */
export const fillLoadWorld = async (
  size: LoadSize,
  place: { readonly home: string; readonly databaseUrl: string | undefined },
): Promise<LoadWorld> => {
  const jobs = jobsOf(size)
  const seats = seatsOf(size, jobs)
  const { hub, close } = await startHub(place)
  try {
    await hub.db
      .insertInto('employer')
      .values({
        employer_id: loadEmployer,
        name: '北辰科技',
        rev: 0,
        epoch: 'e1',
        officer_named: true,
        second_factor: 'offered',
      })
      .execute()
    await insertAccounts(hub.db, seats)
    const drafts = makeDrafts(size, jobs, hub.clock.now())
    for (let start = 0; start < drafts.length; start += 2000) {
      await hub.db.transaction().execute((tx) => putRecords(hub, tx, loadEmployer, drafts.slice(start, start + 2000)))
    }
    const applications = new Map<string, string[]>()
    for (const { type, id, data } of drafts) {
      if (type !== 'application') continue
      const job = (data as { readonly job_id: string }).job_id
      applications.set(job, [...(applications.get(job) ?? []), id])
    }
    return { size, seats, applications, rev: drafts.length }
  } finally {
    await close()
  }
}
