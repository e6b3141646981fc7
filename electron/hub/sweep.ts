import { expireInvitations } from './accounts/open-invitation.ts'
import { endCancelledAccounts } from './closing/end-account.ts'
import { expireApprovals } from './approvals/expire-approvals.ts'
import { getPlatform } from './candidate-portal/list-context.ts'
import { latestEnd, type ApplicationJson, type JobJson } from './candidate-portal/record-end.ts'
import type { Hub } from './hub.ts'
import { endLooks } from './looks/end-looks.ts'
import { destroyCandidate } from './records/destroy-candidate.ts'
import { watchStorage } from './storage/storage-space.ts'
import { documentsFor, documentsInForce, listEmployerTightenings } from './tightened-rules.ts'

/**
 * The devices have the same clocks and report with a certificate. The hub waits so long for them before it ends its own copy,
 * so that a workstation's destruction names the true reason and not "the platform deleted it".
 */
const graceMilliseconds = 72 * 3_600_000
/** That somebody had a link is told as long as who looked (D11). */
const linkMilliseconds = 366 * 24 * 3_600_000

/** How a session was opened and ended is kept for a year, and as long as the session lives. */
const signInMilliseconds = 366 * 24 * 3_600_000

/**
 * Destroys what is past its time by the hub's own reckoning, and drops the mapping of subject hashes whose year is over (D11).
 * @returns how many candidates were destroyed
 */
export const sweep = async (hub: Hub): Promise<number> => {
  const now = hub.clock.now()
  await hub.db.deleteFrom('log_subject').where('drop_at', '<=', now).execute()
  await hub.db
    .deleteFrom('candidate_link')
    .where('until', '<=', now - linkMilliseconds)
    .execute()
  const real = hub.clock.real()
  for (const table of ['device_grant', 'factor_ticket', 'factor_try'] as const) {
    await hub.db.deleteFrom(table).where('until', '<=', real).execute()
  }
  await hub.db
    .deleteFrom('sign_in')
    .where('at', '<=', real - signInMilliseconds)
    .where(({ not, exists, selectFrom }) =>
      not(
        exists(
          selectFrom('session')
            .select('session.id')
            .whereRef('session.employer_id', '=', 'sign_in.employer_id')
            .whereRef('session.id', '=', 'sign_in.session_id')
            .where('session.revoked', '=', false)
            .where('session.refresh_until', '>', real),
        ),
      ),
    )
    .execute()
  await expireApprovals(hub)
  await hub.db.deleteFrom('idempotency_key').where('until', '<=', hub.clock.real()).execute()
  await expireInvitations(hub)
  await hub.db
    .deleteFrom('sign_in_alarm')
    .where('last_at', '<=', hub.clock.real() - linkMilliseconds)
    .execute()
  await endCancelledAccounts(hub)
  await endLooks(hub)
  await watchStorage(hub)
  const rows = await hub.db
    .selectFrom('record')
    .select(['employer_id', 'type', 'id', 'candidate_id', 'data', 'at'])
    .where('type', 'in', ['application', 'job', 'hold', 'consent'])
    .where('deleted', '=', false)
    .execute()
  let count = 0
  for (const [employerId, own] of Map.groupBy(rows, (row) => row.employer_id)) {
    const jobs = new Map(own.filter((row) => row.type === 'job').map(jobEntry))
    const kept = new Set(own.filter((row) => keeps(row.type, row.data, now)).map((row) => row.candidate_id))
    const applications = own.filter((row) => row.type === 'application')
    const stricter = await listEmployerTightenings(hub.db, employerId)
    for (const [candidateId, mine] of Map.groupBy(applications, (row) => row.candidate_id)) {
      if (candidateId === null || kept.has(candidateId)) continue
      const facts = mine.map((row) => row.data as ApplicationJson)
      const isOver = (documents: readonly unknown[]): boolean => {
        const end = latestEnd(facts, jobs, hub.portalRules.of(undefined, documents).retention)
        return end !== undefined && end + graceMilliseconds <= now
      }
      if (!isOver(documentsInForce(stricter, now))) continue
      // Whose rules count is sealed with the record, so it is looked up for the few that may be over.
      const platform = stricter.length === 0 ? undefined : await getPlatform(hub, { employerId, candidateId })
      if (!isOver(documentsFor(stricter, platform, now))) continue
      await destroyCandidate(hub, employerId, candidateId)
      count += 1
    }
  }
  return count
}

const jobEntry = (row: { readonly id: string; readonly data: unknown; readonly at: number }) =>
  [row.id, { ...(row.data as Omit<JobJson, 'changedAt'>), changedAt: row.at }] as const

/** A legal hold, or a living consent to the talent pool. */
const keeps = (type: string, data: unknown, now: number): boolean => {
  const record = data as { until?: string; purpose?: string; granted?: boolean } | null
  if (record === null) return false
  const running = record.until === undefined || Date.parse(record.until) > now
  if (type === 'hold') return running
  return type === 'consent' && record.purpose === 'talent_pool' && record.granted === true && running
}
