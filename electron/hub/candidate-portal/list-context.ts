import type { Hub } from '../hub.ts'
import type { CandidateSession } from './require-candidate.ts'

export type PortalContext = {
  readonly employer: string
  readonly accounts: ReadonlyMap<
    string,
    { readonly name: string; readonly role: string; readonly agency: string | undefined }
  >
  readonly jobs: ReadonlyMap<string, { readonly title: string; readonly status: string; readonly closed_at?: string }>
  readonly applications: ReadonlyArray<ApplicationJson>
  /** Milliseconds since 1970; absent while the recruiting goes on. */
  readonly latestEnd: number | undefined
  readonly destroyedAt: number | undefined
}

type ApplicationJson = {
  readonly job_id: string
  readonly channel: string
  readonly evidence_at: string
  readonly at: string
  readonly decision?: string
}
type JobJson = { readonly title: string; readonly status: string; readonly closed_at?: string }

const day = 86_400_000
/** D4, D5, D6. */
const daysAfter = { hired: 7, rejected: 30, withdrawn: 30 } as const
const daysAfterClosing = 7

/** The words around a statement: who the accounts are, which jobs, how the record came, until when it may stay. */
export const getPortalContext = async (
  hub: Hub,
  { employerId, candidateId }: CandidateSession,
): Promise<PortalContext> => {
  const employer = await hub.db
    .selectFrom('employer')
    .select('name')
    .where('employer_id', '=', employerId)
    .executeTakeFirstOrThrow()
  const accounts = await hub.db
    .selectFrom('account')
    .select(['id', 'name', 'role', 'agency'])
    .where('employer_id', '=', employerId)
    .execute()
  const records = await hub.db
    .selectFrom('record')
    .select(['type', 'id', 'data', 'candidate_id'])
    .where('employer_id', '=', employerId)
    .where('type', 'in', ['job', 'application'])
    .where('deleted', '=', false)
    .where((where) => where.or([where('candidate_id', '=', candidateId), where('type', '=', 'job')]))
    .execute()
  const jobs = new Map(records.filter((row) => row.type === 'job').map((row) => [row.id, row.data as JobJson]))
  const applications = records.filter((row) => row.type === 'application').map((row) => row.data as ApplicationJson)
  const key = await hub.db
    .selectFrom('record_key')
    .select('destroyed_at')
    .where('employer_id', '=', employerId)
    .where('candidate_id', '=', candidateId)
    .executeTakeFirst()
  return {
    employer: employer.name,
    accounts: new Map(
      accounts.map((row) => [row.id, { name: row.name, role: row.role, agency: row.agency?.name }] as const),
    ),
    jobs,
    applications,
    latestEnd: latestEnd(applications, jobs),
    destroyedAt: key?.destroyed_at ?? undefined,
  }
}

/** When the last application's shortest clock ends; `undefined` while one is still running. */
export const latestEnd = (
  applications: readonly ApplicationJson[],
  jobs: ReadonlyMap<string, JobJson>,
): number | undefined => {
  const ends = applications.map((application) => {
    const { decision } = application
    const decided =
      decision !== undefined && decision in daysAfter
        ? Date.parse(application.at) + daysAfter[decision as keyof typeof daysAfter] * day
        : Infinity
    const closed = jobs.get(application.job_id)?.closed_at
    return Math.min(decided, closed === undefined ? Infinity : Date.parse(closed) + daysAfterClosing * day)
  })
  const last = Math.max(...ends)
  return ends.length > 0 && Number.isFinite(last) ? last : undefined
}
