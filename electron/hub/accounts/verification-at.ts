import type { Verification } from '../../shared/domain/sync-changes.ts'

/** Employment is shown again after this time, unless the administrator names a day (MM-15). */
export const recheckMilliseconds = 180 * 86_400_000

/** A check as it counts at this moment: employment whose re-check is due proves nothing until it was repeated (MM-15). */
export const verificationAt = (checked: Verification, now: number): Verification =>
  checked.employment && checked.next_check !== undefined && Date.parse(checked.next_check) <= now
    ? { ...checked, employment: false, employment_status: 'expired' }
    : checked

/** The end of a licence: a bare day lasts until it is over in China. Null where none is named. */
const licenceEnd = (until: string | null): number | null => {
  if (until === null) return null
  return Date.parse(/^\d{4}-\d{2}-\d{2}$/.test(until) ? `${until}T23:59:59+08:00` : until)
}

type Checked = {
  readonly role: string
  readonly verification: Verification
  readonly licence_until: string | null
}

/** Whether an account may have candidates at all (ZP-09, ZP-39); a headhunter needs a licence that runs. */
export const isVerified = ({ role, verification, licence_until: licence }: Checked, now: number): boolean => {
  const { real_name: realName, employment } = verificationAt(verification, now)
  const end = licenceEnd(licence)
  // What cannot be read as a day is no licence that runs.
  const licensed = role !== 'headhunter' || end === null || end > now
  return realName && employment && licensed
}
