import type { OwnDataView } from '@shared/domain/own-data.ts'
import { exactTime } from '../../i18n/format.ts'
import type { useText } from '../../i18n/use-text.ts'

type Words = Pick<ReturnType<typeof useText>, 't' | 'tn' | 'te' | 'code'>

/** One datum: what it is, what it says, and where it comes from or how it was verified. */
export type OwnRow = { readonly name: string; readonly value: string; readonly from?: string }
export type OwnGroup = { readonly name: string; readonly rows: readonly OwnRow[] }

const moment = (time: string | number): string =>
  exactTime(typeof time === 'number' ? time : Date.parse(time)).slice(0, 16)

/** Everything of the own-data page in words, but the title, which one changes oneself. */
export const ownGroups = ({ here, hub }: OwnDataView, { t, tn, te, code }: Words): readonly OwnGroup[] => {
  const row = (name: string, value: string | undefined, from?: string): readonly OwnRow[] =>
    value === undefined ? [] : [{ name, value, ...(from === undefined ? {} : { from }) }]
  const method = (name: string | undefined): string =>
    name === undefined ? t('account.data.unsaid') : t(`admin.people.method.${name}`)
  const told = t('account.data.from.told')
  const groups: OwnGroup[] = []
  if (hub !== undefined) {
    const { account, verification: seen } = hub
    const at = seen.verified_at === undefined ? undefined : moment(seen.verified_at)
    const checked = (how: string | undefined): string =>
      at === undefined ? method(how) : t('account.data.from.checked', { how: method(how), time: at })
    const quotas = [account.quotas.reveal_per_day, account.quotas.download_per_day]
    groups.push({
      name: 'person',
      rows: [
        ...row(
          'name',
          account.name,
          seen.real_name ? checked(seen.real_name_method) : t('account.data.from.unchecked'),
        ),
        ...row('login', account.login, told),
        ...row('email', account.email, told),
        ...row(
          'employer',
          account.agency ?? here.employer,
          seen.employment
            ? checked(seen.employment_method)
            : t(`admin.people.missing.${seen.employment_status === 'revoked' ? 'revoked' : 'employment'}`),
        ),
        ...row('nextCheck', seen.next_check && moment(seen.next_check)),
        ...row('consent', seen.consent_at && moment(seen.consent_at), t('account.data.from.consent')),
        ...row('caller', seen.caller ? t('account.data.yes') : undefined),
        ...row('licence', account.licence_until, t('account.data.from.admin')),
        ...row('filing', account.filing && t(`bulletin.filing.status.${account.filing.status}`)),
      ],
    })
    groups.push({
      name: 'work',
      rows: [
        ...row(
          'role',
          `${code('role', account.role)} · ${t(`admin.people.status.${account.status}`)}`,
          t('account.data.from.admin'),
        ),
        ...row('officer', account.officer ? t('account.data.yes') : undefined, t('account.data.from.admin')),
        ...row(
          'jobs',
          account.scope === 'all' && account.jobs.length === 0
            ? t('admin.people.allJobs')
            : tn('admin.people.onlyJobs', account.jobs.length),
          t('account.data.from.admin'),
        ),
        ...row(
          'quotas',
          quotas.every((one) => one === undefined)
            ? t('account.data.noQuota')
            : quotas.map((one) => one ?? t('account.data.noQuota')).join(' / '),
          t('account.data.from.admin'),
        ),
        ...row('overseas', account.overseas ? t('account.data.yes') : undefined, t('account.data.from.admin')),
        ...row('deputies', hub.deputies.length === 0 ? undefined : tn('account.data.times', hub.deputies.length)),
        ...hub.orders.flatMap((one) =>
          row(
            'order',
            [
              ...(one.platform === undefined ? [] : [code('platform', one.platform)]),
              code('entitlement', one.kind),
              ...(one.quota === undefined ? [] : [String(one.quota)]),
            ].join(' · '),
            t('account.data.until', { time: moment(one.until) }),
          ),
        ),
      ],
    })
    groups.push({
      name: 'traces',
      rows: [
        ...row(
          'factors',
          [tn('account.data.factors', hub.factors.length), tn('factor.card.left', hub.recovery_codes_left)].join(' · '),
        ),
        ...row('signIns', tn('account.data.times', hub.sign_ins.length), t('account.data.from.year')),
        ...row('devices', hub.devices.map((one) => one.name).join(t('admin.join')) || t('account.data.nothing')),
        ...row('shared', tn('account.data.times', hub.shared_sign_ins.length), t('account.data.from.year')),
        ...row('alarms', tn('account.data.times', hub.access_alarms.length)),
        ...row(
          'log',
          tn('account.data.lines', hub.log.entries),
          hub.log.first_at === undefined ? undefined : t('account.data.since', { time: moment(hub.log.first_at) }),
        ),
      ],
    })
  }
  groups.push({
    name: 'here',
    rows: [
      ...row('signsAs', here.name),
      ...(hub === undefined ? row('employer', here.employer) : []),
      ...row('namedOfficer', here.officer),
      ...row('rules', here.rules_at === undefined ? undefined : moment(here.rules_at)),
      ...row('notices', here.notices_answered === 0 ? undefined : tn('account.data.times', here.notices_answered)),
      ...Object.entries(here.permissions).flatMap(([name, allowed]) =>
        row(
          'permission',
          te(`settings.permission.${name}.name`) ? t(`settings.permission.${name}.name`) : name,
          t(allowed ? 'settings.permissionOn' : 'settings.permissionOff'),
        ),
      ),
    ],
  })
  return groups.filter(({ rows }) => rows.length > 0)
}
