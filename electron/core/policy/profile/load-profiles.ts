import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import type { Platform } from '../../../shared/domain/vocabulary.ts'
import { platform } from '../../../shared/domain/vocabulary.ts'
import { workingYear, type WorkingYear } from '../../../shared/domain/working-year.ts'
import type { CompiledProfile } from './compile-profile.ts'
import { compileProfile } from './compile-profile.ts'
import { parseProfile, ProfileSource } from './parse-profile.ts'
import { ProfileError } from './profile-error.ts'
import { ProfileSet } from './profile-set.ts'
import { silentFaults, type ReadProfile } from './silent-faults.ts'

const baseFile = 'strict-base.yaml'

/** Ids of `clauses.json`, which lies beside the folder of profiles: all that a rule may cite. */
export function readClauseIds(dir: string): ReadonlySet<string> {
  const known = z
    .array(z.object({ id: z.string() }))
    .parse(JSON.parse(readFileSync(join(dir, '..', 'clauses.json'), 'utf8')))
  return new Set(known.map((clause) => clause.id))
}

/** Working days of the years that were announced when this version was made; lie beside the folder of profiles. */
export function readWorkingYears(dir: string): readonly WorkingYear[] {
  return z.array(workingYear).parse(JSON.parse(readFileSync(join(dir, '..', 'working-days.json'), 'utf8')))
}

/**
 * Reads and checks every profile of a folder (`resources/profiles`), with `clauses.json` one folder up.
 * @throws ProfileError naming file, line and rule of every fault found.
 */
export function loadProfiles(dir: string): ProfileSet {
  const ids = readClauseIds(dir)
  const read = (file: string) => new ProfileSource(file, readFileSync(join(dir, file), 'utf8'))
  const base = read(baseFile)
  const problems = base.unknownClauses(ids)
  const profiles = new Map<Platform, CompiledProfile>()
  const found: ReadProfile[] = []
  for (const file of readdirSync(dir).sort()) {
    if (!file.endsWith('.yaml') || file === baseFile) continue
    try {
      const source = read(file)
      const profile = parseProfile(source, base, ids)
      found.push({ source, profile })
      profiles.set(profile.id, compileProfile(profile))
    } catch (error) {
      if (!(error instanceof ProfileError)) throw error
      problems.push(...error.problems)
    }
  }
  if (problems.length === 0) {
    const missing = platform.options.filter((name) => !profiles.has(name))
    problems.push(
      ...missing.map((name) => ({
        file: `${name}.yaml`,
        line: 1,
        rule: 'platform-has-profile',
        message: 'no such file',
      })),
    )
  }
  problems.push(...silentFaults(found))
  if (problems.length > 0) throw new ProfileError(problems)
  return new ProfileSet(profiles.values())
}
