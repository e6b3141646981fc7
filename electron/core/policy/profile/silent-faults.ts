import { ownPrefix } from './cell-faults.ts'
import type { ProfileProblem } from './profile-error.ts'
import { isStricter, numberAt, profileNumbers, valueAt } from './profile-numbers.ts'
import type { Profile } from './profile-schema.ts'
import type { ProfileSource } from './profile-source.ts'

/** A checked profile with the text that it was read from. */
export type ReadProfile = { readonly source: ProfileSource; readonly profile: Profile }

/**
 * Faults of profiles whose text is silent on whole topics (LG-28): no number of theirs may be looser than what any other
 * platform's own text states, and none may pass for the text's. A number that a reading (K) sets is decided there. Pure.
 */
export function silentFaults(read: readonly ReadProfile[]): ProfileProblem[] {
  const stated = read.flatMap(({ profile }) => {
    const prefix = ownPrefix(profile)
    return profileNumbers.flatMap((number) => {
      const cited = numberAt(profile, number)
      return prefix !== undefined && cited?.clause.startsWith(prefix) === true ? [{ profile, number, cited }] : []
    })
  })
  return read
    .filter(({ profile }) => (profile.policy.silent ?? []).length > 0)
    .flatMap(({ source, profile }) =>
      profileNumbers.flatMap((number): ProfileProblem[] => {
        const own = numberAt(profile, number)
        if (!own) return []
        const named = valueAt(source.fields, number.path) !== undefined
        const path = named ? number.path : ['policy', 'silent']
        const what = number.path.join('.')
        if (own.clause.startsWith(ownPrefix(profile) ?? '-'))
          return [source.problem(path, 'silent-is-default', `${what}: the text says nothing of it`)]
        if (own.clause.startsWith('K')) return []
        return stated
          .filter((one) => one.number === number && one.profile !== profile)
          .filter(({ cited }) => isStricter(number, cited.value, own.value))
          .map(({ cited }) =>
            source.problem(
              path,
              'silent-not-looser',
              `${what}: ${own.value} is looser than ${cited.value} of ${cited.clause}`,
            ),
          )
      }),
    )
}
