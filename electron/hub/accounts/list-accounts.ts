import type { AccountListRow } from '../../shared/domain/sync-records.ts'
import { isoTime } from '../hub-clock.ts'
import type { Hub } from '../hub.ts'
import { listAllJobRights } from './job-rights.ts'
import { verificationAt } from './verification-at.ts'
import { toAccountRow } from './account-row.ts'

/** Every account of an employer with what is open of it: living sessions, devices that were not revoked, when one was here last. */
export const listAccounts = async (hub: Hub, employerId: string): Promise<AccountListRow[]> => {
  const now = hub.clock.now()
  const accounts = await hub.db
    .selectFrom('account')
    .selectAll()
    .where('employer_id', '=', employerId)
    .orderBy('id')
    .execute()
  const devices = await hub.db
    .selectFrom('device')
    .select(['account_id', 'revoked', 'seen_at'])
    .where('employer_id', '=', employerId)
    .execute()
  const sessions = await hub.db
    .selectFrom('session')
    .select('account_id')
    .where('employer_id', '=', employerId)
    .where('revoked', '=', false)
    .where('refresh_until', '>', hub.clock.real())
    .execute()
  const holdings = await hub.db
    .selectFrom('holding')
    .select((expression) => ['account_id', expression.fn.count('candidate_id').distinct().as('n')])
    .where('employer_id', '=', employerId)
    .groupBy('account_id')
    .execute()
  const signIns = await hub.db
    .selectFrom('sign_in')
    .select((expression) => ['account_id', expression.fn.max('at').as('at')])
    .where('employer_id', '=', employerId)
    .groupBy('account_id')
    .execute()
  const jobs = await listJobPeople(hub, employerId)
  const rightsOf = await listAllJobRights(hub.db, employerId)
  const holdsOf = new Map(holdings.map((row) => [row.account_id, Number(row.n)]))
  const signedInAt = new Map(signIns.map((row) => [row.account_id, Number(row.at)]))
  const devicesOf = Map.groupBy(devices, (row) => row.account_id)
  const sessionsOf = Map.groupBy(sessions, (row) => row.account_id)
  return accounts.map((row) => {
    const owned = jobs.filter(({ people }) => people.includes(row.id)).map(({ id }) => id)
    const own = devicesOf.get(row.id) ?? []
    // Who signs in on a colleague's device has none of their own.
    const seen = Math.max(...own.map((device) => device.seen_at), signedInAt.get(row.id) ?? 0)
    const rights = row.scope === 'jobs' ? (rightsOf.get(row.id) ?? []) : undefined
    return {
      ...toAccountRow(row),
      verification: verificationAt(row.verification, now),
      login: row.login,
      ...(row.licence_until === null ? {} : { licence_until: row.licence_until }),
      ...(seen === 0 ? {} : { seen_at: isoTime(seen) }),
      devices: own.filter((device) => !device.revoked).length,
      own_jobs: owned.length,
      owned,
      holds: holdsOf.get(row.id) ?? 0,
      ...(rights === undefined ? {} : { jobs: rights }),
      sessions: sessionsOf.get(row.id)?.length ?? 0,
    }
  })
}

/** Of each living job, who owns it or works on it. */
const listJobPeople = async (hub: Hub, employerId: string): Promise<{ readonly id: string; readonly people: string[] }[]> => {
  const rows = await hub.db
    .selectFrom('record')
    .select(['id', 'data'])
    .where('employer_id', '=', employerId)
    .where('type', '=', 'job')
    .where('deleted', '=', false)
    .execute()
  return rows.map(({ id, data }) => {
    const { owner_id: owner, members = [] } = data as { readonly owner_id: string; readonly members?: string[] }
    return { id, people: [owner, ...members] }
  })
}
