import { readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import type { Platform } from '../../shared/domain/vocabulary.ts'
import { IpcError } from '../../shared/ipc/ipc-error.ts'
import { loadProfiles } from '../policy/profile/load-profiles.ts'
import { parseProfile, ProfileSource, readProfile } from '../policy/profile/parse-profile.ts'
import type { ProfileProblem } from '../policy/profile/profile-error.ts'
import { ProfileError } from '../policy/profile/profile-error.ts'
import type { Profile } from '../policy/profile/profile-schema.ts'
import { replayCases } from '../policy/cases/recorded-case.ts'
import { listClauseRows } from './clauses.ts'

/** What was found, or the faults of the files that were to be read. */
export type OrFaults<T> = { readonly found: T } | { readonly problems: readonly ProfileProblem[] }

/** @throws IpcError E_FILE */
export function readText(path: string): string {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    throw new IpcError('E_FILE', 'a file is not there or cannot be read')
  }
}

function orFaults<T>(work: () => T): OrFaults<T> {
  try {
    return { found: work() }
  } catch (error) {
    if (error instanceof ProfileError) return { problems: error.problems }
    throw error
  }
}

const sourceAt = (path: string): ProfileSource => new ProfileSource(basename(path), readText(path))
const baseOf = (resources: string): ProfileSource => sourceAt(join(resources, 'profiles', 'strict-base.yaml'))

/** Two profile files laid over the base of the program, for comparing; `id` where they name no platform of their own. */
export const readTwo = (
  resources: string,
  paths: readonly [string, string],
  id?: Platform,
): OrFaults<readonly [Profile, Profile]> =>
  orFaults(() => {
    const base = baseOf(resources)
    return [readProfile(sourceAt(paths[0]), base, id), readProfile(sourceAt(paths[1]), base, id)]
  })

/** Every check that a profile goes through when the program loads it. */
export const checkFile = (resources: string, path: string): OrFaults<Profile> =>
  orFaults(() =>
    parseProfile(sourceAt(path), baseOf(resources), new Set(listClauseRows(resources).map((row) => row.id))),
  )

/** Asks the shipped rules every case of a file again; the shipped cases unless another file is named. */
export const replayFile = (
  resources: string,
  path = join(resources, 'policy-cases', 'core.jsonl'),
): OrFaults<ReturnType<typeof replayCases>> =>
  orFaults(() => replayCases(readText(path).split('\n'), loadProfiles(join(resources, 'profiles')), basename(path)))
