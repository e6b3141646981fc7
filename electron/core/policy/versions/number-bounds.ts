import type { ProfileNumber } from '../profile/profile-numbers.ts'

type Bounds = { readonly least: number; readonly most: number }

/** What counts as years of keeping; more would reach beyond what a date can say. */
const longest = 30

const byPath: ReadonlyMap<string, Partial<Bounds>> = new Map([
  ['minors.min_age', { most: 18 }],
  ['minors.guardian_until', { most: 21 }],
  ['retention.logs.floor_months', { most: 12 * longest }],
  ['retention.evidence_years', { most: longest }],
  ['retention.orders_years', { most: longest }],
  // No greeting at all is a rule that a platform may well have.
  ['ai.max_unanswered_greetings', { least: 0 }],
])

/**
 * How far a rule from outside may go. Rules of a home are everybody's in it, so a deadline of no days would destroy at the next
 * unlock what other accounts keep, and an age of 99 would lock everybody: stricter, and not theirs to ask for (ZP-106).
 */
export function boundsOf({ path, unit }: ProfileNumber): Bounds {
  const least = path[0] === 'retention' && unit === 'hours' ? 24 : 1
  return { least, most: Number.MAX_SAFE_INTEGER, ...byPath.get(path.join('.')) }
}

export function isWithinBounds(number: ProfileNumber, value: number): boolean {
  const { least, most } = boundsOf(number)
  return value >= least && value <= most
}
