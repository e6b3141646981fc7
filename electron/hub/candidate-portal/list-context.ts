import { candidateData } from '../../shared/domain/sync-records.ts'
import type { Platform } from '../../shared/domain/vocabulary.ts'
import type { Hub } from '../hub.ts'
import type { PlatformRules } from '../portal-rules.ts'
import { openData } from '../records/record-data.ts'
import { listTightenings } from '../tightened-rules.ts'
import { latestEnd, type ApplicationJson, type JobJson } from './record-end.ts'
import type { CandidateSession } from './require-candidate.ts'

export type PortalContext = {
  readonly employer: string
  readonly accounts: ReadonlyMap<
    string,
    { readonly name: string; readonly role: string; readonly agency: string | undefined }
  >
  readonly jobs: ReadonlyMap<string, JobJson>
  readonly applications: ReadonlyArray<ApplicationJson>
  readonly rules: PlatformRules
  /** Milliseconds since 1970; absent while the recruiting goes on. */
  readonly latestEnd: number | undefined
  /** The law keeps the copies until then, whatever else ends before (QY-36). */
  readonly heldUntil: number | undefined
  readonly destroyedAt: number | undefined
  /** Devices that may hold a copy, with the last time that each of them reported; what was done since is not here yet. */
  readonly devices: ReadonlyArray<{ readonly seenAt: number }>
  readonly now: number
}

/** The words around a statement: who the accounts are, which jobs, how the record came, until when it may stay. */
export const getPortalContext = async (hub: Hub, candidate: CandidateSession): Promise<PortalContext> => {
  const { employerId, candidateId } = candidate
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
  const own = await hub.db
    .selectFrom('record')
    .select(['type', 'data'])
    .where('employer_id', '=', employerId)
    .where('candidate_id', '=', candidateId)
    .where('type', 'in', ['application', 'hold'])
    .where('deleted', '=', false)
    .orderBy('rev')
    .execute()
  const key = await hub.db
    .selectFrom('record_key')
    .select('destroyed_at')
    .where('employer_id', '=', employerId)
    .where('candidate_id', '=', candidateId)
    .executeTakeFirst()
  const applications = own.filter((row) => row.type === 'application').map((row) => row.data as ApplicationJson)
  const jobs = await listJobs(hub, employerId)
  const now = hub.clock.now()
  const platform = await getPlatform(hub, candidate)
  const rules = hub.portalRules.of(platform, await listTightenings(hub.db, employerId, platform, now))
  const holds = own.filter((row) => row.type === 'hold').map((row) => Date.parse((row.data as { until: string }).until))
  const held = Math.max(...holds)
  return {
    employer: employer.name,
    accounts: new Map(
      accounts.map((row) => [row.id, { name: row.name, role: row.role, agency: row.agency?.name }] as const),
    ),
    jobs,
    applications,
    rules,
    latestEnd: latestEnd(applications, jobs, rules.retention),
    heldUntil: held > now ? held : undefined,
    destroyedAt: key?.destroyed_at ?? undefined,
    devices: await listDevices(hub, candidate),
    now,
  }
}

const listJobs = async (hub: Hub, employerId: string): Promise<Map<string, JobJson>> => {
  const rows = await hub.db
    .selectFrom('record')
    .select(['id', 'data', 'at'])
    .where('employer_id', '=', employerId)
    .where('type', '=', 'job')
    .where('deleted', '=', false)
    .execute()
  return new Map(rows.map((row) => [row.id, { ...(row.data as Omit<JobJson, 'changedAt'>), changedAt: row.at }]))
}

const listDevices = async (hub: Hub, { employerId, candidateId }: CandidateSession) => {
  const rows = await hub.db
    .selectFrom('holding')
    .innerJoin('device', (join) =>
      join.onRef('device.employer_id', '=', 'holding.employer_id').onRef('device.id', '=', 'holding.device_id'),
    )
    .select(['device.id', 'device.seen_at'])
    .distinct()
    .where('holding.employer_id', '=', employerId)
    .where('holding.candidate_id', '=', candidateId)
    .where('device.revoked', '=', false)
    .execute()
  return rows.map((row) => ({ seenAt: row.seen_at }))
}

/** Whose rules the record goes by; `undefined` once nothing is left that says it. */
export const getPlatform = async (
  hub: Hub,
  { employerId, candidateId }: Pick<CandidateSession, 'employerId' | 'candidateId'>,
): Promise<Platform | undefined> => {
  const row = await hub.db
    .selectFrom('record')
    .select(['employer_id', 'type', 'id', 'sealed', 'candidate_id', 'data'])
    .where('employer_id', '=', employerId)
    .where('type', '=', 'candidate')
    .where('id', '=', candidateId)
    .executeTakeFirst()
  const keys = await hub.candidateKeys.list(hub.db, employerId, [candidateId])
  const named = row === undefined ? undefined : candidateData.shape.platform.safeParse(platformOf(openData(row, keys)))
  if (named?.success === true) return named.data
  const subject = await hub.db
    .selectFrom('subject')
    .select('platform')
    .where('employer_id', '=', employerId)
    .where('candidate_id', '=', candidateId)
    .executeTakeFirst()
  return candidateData.shape.platform.safeParse(subject?.platform).data
}

const platformOf = (data: unknown): unknown =>
  typeof data === 'object' && data !== null && 'platform' in data ? data.platform : undefined
