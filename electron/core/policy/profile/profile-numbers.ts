import type { NumberView } from '../../../shared/domain/policy-views.ts'
import type { Cited, Profile } from './profile-schema.ts'

/** A number of a profile, and which way it becomes stricter: deadlines and leases fall, ages and what must be kept rise. */
export type ProfileNumber = {
  readonly path: readonly [string, ...string[]]
  readonly unit: NumberView['unit']
  readonly stricter: 'lower' | 'higher'
}

const number = (path: string, unit: ProfileNumber['unit'], stricter: ProfileNumber['stricter']): ProfileNumber => {
  const [first = path, ...rest] = path.split('.')
  return { path: [first, ...rest], unit, stricter }
}

/** Every number that a profile states with its rule (D2–D14), in the order in which they are shown. */
export const profileNumbers: readonly ProfileNumber[] = [
  number('retention.rejected_days', 'days', 'lower'),
  number('retention.hired_days', 'days', 'lower'),
  number('retention.job_closed_days', 'days', 'lower'),
  number('retention.idle_job_days', 'days', 'lower'),
  number('retention.entitlement_end_days', 'days', 'lower'),
  number('retention.account_cancelled_workdays', 'workdays', 'lower'),
  number('retention.withdrawn_hours', 'hours', 'lower'),
  number('retention.chat_days', 'days', 'lower'),
  number('retention.background_days', 'days', 'lower'),
  number('retention.hold_days', 'days', 'lower'),
  number('retention.plain_file_days', 'days', 'lower'),
  number('retention.talent_pool.days', 'days', 'lower'),
  number('retention.logs.anonymise_months', 'months', 'lower'),
  number('retention.logs.floor_months', 'months', 'higher'),
  number('retention.evidence_years', 'years', 'higher'),
  number('retention.orders_years', 'years', 'higher'),
  number('cache.card_hours', 'hours', 'lower'),
  number('lease.offline_hours', 'hours', 'lower'),
  number('lease.headhunter_minutes', 'minutes', 'lower'),
  number('insights.ttl_hours', 'hours', 'lower'),
  number('minors.min_age', 'years', 'higher'),
  number('minors.guardian_until', 'years', 'higher'),
  number('requests.workdays', 'workdays', 'lower'),
  number('requests.warn_workday', 'workdays', 'lower'),
  number('requests.papers_days', 'days', 'lower'),
  number('incident.draft_hours', 'hours', 'lower'),
  number('access.reveals_per_hour', 'count', 'lower'),
  number('access.reveals_per_day', 'count', 'lower'),
  number('access.views_per_minute', 'count', 'lower'),
  number('access.views_per_hour', 'count', 'lower'),
  number('access.views_per_day', 'count', 'lower'),
  number('access.night_reveals', 'count', 'lower'),
  number('access.stop_minutes', 'minutes', 'higher'),
  number('ai.max_unanswered_greetings', 'count', 'lower'),
]

/** Whether one value is stricter than the other. */
export const isStricter = ({ stricter }: ProfileNumber, value: number, than: number): boolean =>
  stricter === 'lower' ? value < than : value > than

/** What stands at a path of a document, or undefined. */
export function valueAt(document: unknown, path: readonly string[]): unknown {
  let at: unknown = document
  for (const key of path) {
    if (typeof at !== 'object' || at === null) return undefined
    at = (at as Readonly<Record<string, unknown>>)[key]
  }
  return at
}

/** The number with its rule; undefined in a document of a release that did not know it yet. */
export const numberAt = (profile: Profile, { path }: ProfileNumber): Cited | undefined =>
  valueAt(profile, path) as Cited | undefined

function replaced(document: unknown, path: readonly string[], value: unknown): unknown {
  const [key, ...rest] = path
  if (key === undefined) return value
  const fields = document as Readonly<Record<string, unknown>>
  return { ...fields, [key]: replaced(fields[key], rest, value) }
}

/** A copy of the profile with another value at one path; the rest is shared. */
export const withNumber = (profile: Profile, { path }: ProfileNumber, value: Cited): Profile =>
  replaced(profile, path, value) as Profile
