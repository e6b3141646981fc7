import { cellsFaults, ownPrefix } from './cell-faults.ts'
import type { ProfileProblem } from './profile-error.ts'
import { ProfileError } from './profile-error.ts'
import { isStricter, numberAt, profileNumbers, type ProfileNumber } from './profile-numbers.ts'
import type { Profile } from './profile-schema.ts'
import { profileSchema } from './profile-schema.ts'
import { layOver, ProfileSource } from './profile-source.ts'

export { ProfileSource }

/** Rule of a number that must not become looser than one that rests on `clause`: `never-longer-than-D4`. */
export const limitRule = ({ stricter }: ProfileNumber, clause: string): string =>
  stricter === 'lower' ? `never-longer-than-${clause}` : `never-less-than-${clause}`

export const limitMessage = ({ stricter }: ProfileNumber, value: number): string =>
  stricter === 'lower' ? `at most ${value}` : `at least ${value}`

/** Numbers only tighten the base's; one that differs from it in value or rule names a rule of this platform, or D or K. */
function numberFaults(source: ProfileSource, profile: Profile, lowest: Profile): ProfileProblem[] {
  const prefix = ownPrefix(profile)
  return profileNumbers.flatMap((number): ProfileProblem[] => {
    const [own, base] = [numberAt(profile, number), numberAt(lowest, number)]
    if (!own || !base) return []
    const found: ProfileProblem[] = []
    if (isStricter(number, base.value, own.value))
      found.push(source.problem(number.path, limitRule(number, base.clause), limitMessage(number, base.value)))
    const cites = own.clause === base.clause || /^[DK]/.test(own.clause) || own.clause.startsWith(prefix ?? '-')
    if (!cites)
      found.push(source.problem(number.path, 'number-cites-own-clause', `${own.clause} is another platform's clause`))
    return found
  })
}

/** Lists of the base that a platform adds to and takes nothing from (D18, ZP-05). */
function listFaults(source: ProfileSource, profile: Profile, lowest: Profile): ProfileProblem[] {
  const lists = [
    { path: ['first_stage', 'stages'], of: (p: Profile) => p.first_stage.stages, clause: lowest.first_stage.clause },
    { path: ['first_stage', 'hidden'], of: (p: Profile) => p.first_stage.hidden, clause: lowest.first_stage.clause },
    { path: ['sealed', 'fields'], of: (p: Profile) => p.sealed.fields, clause: lowest.sealed.clause },
  ] as const
  return lists.flatMap(({ path, of, clause }) => {
    const own: readonly string[] = of(profile)
    const lost = of(lowest).filter((one) => !own.includes(one))
    if (lost.length === 0) return []
    return [source.problem(path, `only-adds-to-${clause}`, `${lost.join(', ')} must stay in ${path.join('.')}`)]
  })
}

/**
 * A platform's file laid over the base, in the form that it must have; whether it may say so is checked apart.
 * `id` stands for what the file names itself.
 * @throws ProfileError, rule `schema`, with the line of every value that does not fit
 */
export function readProfile(source: ProfileSource, base: ProfileSource, id?: string): Profile {
  const { extends: _parent, ...own } = source.fields
  const parsed = profileSchema.safeParse(layOver(base.fields, id === undefined ? own : { ...own, id }))
  if (parsed.success) return parsed.data
  throw new ProfileError(
    parsed.error.issues.map((issue) => {
      const path = issue.path.map((part) => (typeof part === 'symbol' ? String(part) : part))
      const named = issue.code === 'unrecognized_keys' ? [...path, issue.keys[0] ?? ''] : path
      return source.problem(named, 'schema', `${path.join('.')}: ${issue.message}`)
    }),
  )
}

/**
 * Checks one platform's file, laid over the base; every fault is reported at once.
 * @throws ProfileError naming line and rule of each
 */
export function parseProfile(source: ProfileSource, base: ProfileSource, known: ReadonlySet<string>): Profile {
  const found = source.unknownClauses(known)
  if (source.fields.extends !== base.fields.id)
    found.push(source.problem(['extends'], 'extends-base', `a profile extends ${String(base.fields.id)}`))
  if (`${String(source.fields.id)}.yaml` !== source.file)
    found.push(source.problem(['id'], 'id-is-file-name', 'the id is the name of the file'))
  let profile: Profile
  try {
    profile = readProfile(source, base)
  } catch (error) {
    if (!(error instanceof ProfileError)) throw error
    throw new ProfileError([...found, ...error.problems])
  }
  const lowest = profileSchema.parse(layOver(base.fields, { id: profile.id, policy: profile.policy }))
  found.push(
    ...cellsFaults(source, profile),
    ...numberFaults(source, profile, lowest),
    ...listFaults(source, profile, lowest),
  )
  if (found.length > 0) throw new ProfileError(found)
  return profile
}
