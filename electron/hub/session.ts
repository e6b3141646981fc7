import type { SyncRole } from '../shared/domain/sync-records.ts'
import { syncRole } from '../shared/domain/sync-records.ts'
import { listJobRights, markOfRights, type JobRights } from './accounts/job-rights.ts'
import { isVerified } from './accounts/verification-at.ts'
import type { FieldName } from '../shared/domain/vocabulary.ts'
import type { Hub } from './hub.ts'
import { listOpenLooks, openLooksOf, type OpenLooks } from './looks/open-looks.ts'
import { abroadFields } from './records/abroad.ts'
import { HubProblem } from './hub-problem.ts'
import { hashSecret } from './keys/secrets.ts'

/** Who calls, as far as routes need to know. */
export type Session = {
  readonly id: string
  readonly employerId: string
  readonly employerName: string
  readonly accountId: string
  readonly accountName: string
  readonly role: SyncRole
  readonly status: string
  readonly agencyName: string | undefined
  /** Real name and employment are checked: without them nobody gets a candidate (ZP-09). */
  readonly verified: boolean
  readonly callerVerified: boolean
  readonly deviceId: string | undefined
  /** Part of the cursor: grows when what the account may receive changes as a whole. */
  readonly feed: string
  /** Jobs that the account owns or works on; only looked up for administrators (D17). */
  readonly ownJobs: ReadonlySet<string>
  /** What stated reasons open to an administrator now (D17). */
  readonly looks: OpenLooks
  /** Undefined: every job (ZP-95). */
  readonly jobRights: JobRights | undefined
  /** When it was last noted as in use, and the keyed hash of the network that it came from. */
  readonly seenAt: number | null
  readonly place: string | null
  /** Of somebody abroad the fields that may leave the country; null at home (ZP-102). */
  readonly abroad: ReadonlySet<FieldName> | null
}

export const bearerOf = (header: string | undefined): string | undefined =>
  /^Bearer ([\w.~+/-]+=*)$/i.exec(header ?? '')?.[1]

/** @throws HubProblem 401 `invalid_token`, 403 `account_suspended`, 410 `device_revoked` */
export const requireSession = async (hub: Hub, authorization: string | undefined): Promise<Session> => {
  const token = bearerOf(authorization)
  const challenge = { 'www-authenticate': 'Bearer' }
  const invalid = new HubProblem(401, 'invalid_token', 'sign in again', challenge)
  if (token === undefined) throw invalid
  const row = await hub.db
    .selectFrom('session')
    .innerJoin('account', (join) =>
      join.onRef('account.employer_id', '=', 'session.employer_id').onRef('account.id', '=', 'session.account_id'),
    )
    .innerJoin('employer', 'employer.employer_id', 'session.employer_id')
    .leftJoin('device', (join) =>
      join.onRef('device.employer_id', '=', 'session.employer_id').onRef('device.id', '=', 'session.device_id'),
    )
    .select(['session.id', 'session.employer_id', 'session.account_id', 'session.device_id', 'session.access_until'])
    .select([
      'session.revoked',
      'account.name',
      'account.role',
      'account.status',
      'account.verification',
      'account.agency',
      'account.licence_until',
      'account.scope',
      'session.seen_at',
      'session.place',
      'account.overseas',
    ])
    .select(['account.feed', 'employer.name as employer_name', 'employer.epoch', 'device.revoked as device_revoked'])
    .select((expression) => [
      expression
        .exists(
          expression
            .selectFrom('job_member')
            .select('job_member.job_id')
            .whereRef('job_member.employer_id', '=', 'session.employer_id')
            .whereRef('job_member.account_id', '=', 'session.account_id'),
        )
        .as('has_rights'),
      expression
        .exists(
          expression
            .selectFrom('account as admin')
            .select('admin.id')
            .whereRef('admin.employer_id', '=', 'session.employer_id')
            .where('admin.role', '=', 'admin')
            .where('admin.status', '=', 'active'),
        )
        .as('led'),
    ])
    .where('session.access_hash', '=', hashSecret(token))
    .executeTakeFirst()
  if (row === undefined) throw invalid
  if (row.device_revoked === true) throw new HubProblem(410, 'device_revoked', 'this device has been revoked')
  if (row.revoked || row.access_until <= hub.clock.real()) throw invalid
  const role = syncRole.parse(row.role)
  const now = hub.clock.now()
  const led = Boolean(row.led)
  // The last administrator is gone: duties go on, work does not (ZP-86).
  const status = led || role === 'officer' || row.status !== 'active' ? row.status : 'restricted'
  const verified = isVerified(row, now) && (led || role === 'officer')
  const account = { employerId: row.employer_id, accountId: row.account_id }
  // Administrators and the officer see by their own rules, not by jobs (D17).
  const narrowed = role !== 'admin' && role !== 'officer' && (row.scope === 'jobs' || Boolean(row.has_rights))
  const jobRights = narrowed ? await listJobRights(hub.db, account, row.scope, now) : undefined
  return {
    id: row.id,
    employerId: row.employer_id,
    employerName: row.employer_name,
    accountId: row.account_id,
    accountName: row.name,
    role,
    status,
    agencyName: row.agency?.name,
    verified,
    callerVerified: row.verification.caller,
    deviceId: row.device_id ?? undefined,
    feed: `${row.epoch}.${row.feed}${verified ? '' : '.unverified'}${markOfRights(jobRights)}`,
    abroad: row.overseas ? await abroadFields(hub.db, row.employer_id) : null,
    ownJobs: role === 'admin' ? await listOwnJobs(hub, row.employer_id, row.account_id) : new Set(),
    looks: openLooksOf(role === 'admin' ? await listOpenLooks(hub.db, account, now) : []),
    jobRights,
    seenAt: row.seen_at,
    place: row.place,
  }
}

/** A suspended or revoked account may still learn that it is. */
export const requireActive = (session: Session): void => {
  if (session.status === 'suspended' || session.status === 'revoked') {
    throw new HubProblem(403, `account_${session.status}`, 'this account may not be used at present')
  }
}

const listOwnJobs = async (hub: Hub, employerId: string, accountId: string): Promise<Set<string>> => {
  const rows = await hub.db
    .selectFrom('record')
    .select(['id', 'data'])
    .where('employer_id', '=', employerId)
    .where('type', '=', 'job')
    .where('deleted', '=', false)
    .execute()
  return new Set(
    rows.flatMap((row) => {
      const { owner_id: owner, members = [] } = (row.data ?? {}) as { owner_id?: string; members?: readonly string[] }
      return owner === accountId || members.includes(accountId) ? [row.id] : []
    }),
  )
}
