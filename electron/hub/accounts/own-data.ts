import { entitlementData } from '../../shared/domain/sync-records.ts'
import type { OwnData } from '../../shared/domain/own-data.ts'
import { countRecoveryCodes } from '../factors/recovery-codes.ts'
import { listFactors } from '../factors/factor-policy.ts'
import type { Hub } from '../hub.ts'
import { isoTime } from '../hub-clock.ts'
import type { Session } from '../session.ts'
import { listDevices } from './list-devices.ts'
import { listSessions } from './list-sessions.ts'
import { listSignInAlarms } from './list-sign-in-alarms.ts'
import { verificationAt } from './verification-at.ts'

/** How workstations name an account in their logs: by its id, or as it signs in. */
export const loggedAs = ({ id, login }: { readonly id: string; readonly login: string }): readonly string[] => [
  id,
  login,
]

const time = <K extends string>(name: K, at: number | null) =>
  (at === null ? {} : { [name]: isoTime(at) }) as { readonly [N in K]?: string }

/**
 * Everything that this hub holds about the person of an account: what they told, what was found out about them, where they were,
 * and what was noted of how they used it (QY-28, QY-39). Secrets and their hashes are left out: they say nothing to a person.
 */
export const getOwnData = async (hub: Hub, session: Session): Promise<OwnData> => {
  const { employerId, accountId } = session
  const account = await hub.db
    .selectFrom('account')
    .innerJoin('employer', 'employer.employer_id', 'account.employer_id')
    .selectAll('account')
    .select('employer.officer_id')
    .where('account.employer_id', '=', employerId)
    .where('account.id', '=', accountId)
    .executeTakeFirstOrThrow()
  const jobs = await hub.db
    .selectFrom('job_member')
    .select(['job_id', 'until'])
    .where('employer_id', '=', employerId)
    .where('account_id', '=', accountId)
    .orderBy('job_id')
    .execute()
  const filing = await hub.db
    .selectFrom('filing')
    .select(['status', 'at'])
    .where('employer_id', '=', employerId)
    .where('account_id', '=', accountId)
    .executeTakeFirst()
  const alarms = await hub.db
    .selectFrom('access_alarm')
    .select(['at', 'kind', 'counted', 'until_at', 'note'])
    .where('employer_id', '=', employerId)
    .where('account_id', '=', accountId)
    .orderBy('at', 'desc')
    .execute()
  const log = await hub.db
    .selectFrom('log_leaf')
    .select(({ fn }) => [fn.countAll().as('n'), fn.min('at').as('first'), fn.max('at').as('last')])
    .where('employer_id', '=', employerId)
    .where('account_id', 'in', loggedAs(account))
    .executeTakeFirstOrThrow()
  const factors = await listFactors(hub.db, session)
  const entitlements = await hub.db
    .selectFrom('record')
    .select('data')
    .where('employer_id', '=', employerId)
    .where('type', '=', 'entitlement')
    .where('deleted', '=', false)
    .orderBy('id')
    .execute()
  return {
    account: {
      id: account.id,
      login: account.login,
      name: account.name,
      ...(account.email === null ? {} : { email: account.email }),
      ...(account.title === null ? {} : { title: account.title }),
      role: session.role,
      status: session.status as OwnData['account']['status'],
      ...(account.agency === null ? {} : { agency: account.agency.name }),
      ...(account.licence_until === null ? {} : { licence_until: account.licence_until }),
      overseas: account.overseas,
      quotas: account.quotas,
      scope: account.scope,
      jobs: jobs.map((row) => ({ job_id: row.job_id, ...time('until', row.until) })),
      officer: account.officer_id === accountId,
      ...(filing === undefined ? {} : { filing: { status: filing.status, at: isoTime(filing.at) } }),
    },
    verification: verificationAt(account.verification, hub.clock.now()),
    factors: factors.map(({ id, kind, label, created_at: created, used_at: used }) => ({
      id,
      kind: kind as 'totp' | 'webauthn',
      label,
      created_at: isoTime(created),
      ...time('used_at', used),
    })),
    recovery_codes_left: await countRecoveryCodes(hub.db, session),
    sessions: await listSessions(hub, session),
    devices: await listDevices(hub, employerId, accountId),
    sign_ins: await listOwnSignIns(hub, session),
    shared_sign_ins: (await listSignInAlarms(hub, employerId, accountId)).map(({ account_id: _own, ...row }) => row),
    access_alarms: alarms.map((row) => ({
      at: isoTime(row.at),
      kind: row.kind,
      counted: row.counted,
      ...time('until', row.until_at),
      ...(row.note === null ? {} : { note: row.note }),
    })),
    deputies: await listOwnDeputies(hub, session),
    orders: entitlements.map(({ data }) => entitlementData.parse(data)),
    log: { entries: Number(log.n), ...time('first_at', log.first), ...time('last_at', log.last) },
  }
}

const listOwnSignIns = async (hub: Hub, { employerId, accountId }: Session): Promise<OwnData['sign_ins']> => {
  const rows = await hub.db
    .selectFrom('sign_in')
    .select(['at', 'via', 'factor', 'device', 'proved_at', 'ended_at', 'ended_by'])
    .where('employer_id', '=', employerId)
    .where('account_id', '=', accountId)
    .orderBy('at', 'desc')
    .execute()
  return rows.map((row) => ({
    at: isoTime(row.at),
    via: row.via,
    factor: row.factor,
    ...(row.device === null ? {} : { device: row.device }),
    ...time('proved_at', row.proved_at),
    ...time('ended_at', row.ended_at),
    ...(row.ended_by === null ? {} : { ended_by: row.ended_by }),
  }))
}

const listOwnDeputies = async (hub: Hub, { employerId, accountId }: Session): Promise<OwnData['deputies']> => {
  const rows = await hub.db
    .selectFrom('approval_deputy')
    .select(['approver_id', 'from_at', 'until_at'])
    .where('employer_id', '=', employerId)
    .where((where) => where.or([where('approver_id', '=', accountId), where('deputy_id', '=', accountId)]))
    .orderBy('from_at', 'desc')
    .execute()
  return rows.map((row) => ({
    as: row.approver_id === accountId ? 'approver' : 'deputy',
    from: isoTime(row.from_at),
    until: isoTime(row.until_at),
  }))
}
