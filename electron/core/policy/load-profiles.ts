import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import type { Platform } from '../../shared/domain/vocabulary.ts'
import { platform } from '../../shared/domain/vocabulary.ts'
import type { CompiledProfile } from './compile-profile.ts'
import { compileProfile } from './compile-profile.ts'
import { parseProfile, ProfileSource } from './parse-profile.ts'
import { ProfileError } from './profile-error.ts'
import { ProfileSet } from './profile-set.ts'

const baseFile = 'strict-base.yaml'

/**
 * Reads and checks every profile of a folder (`resources/profiles`), with `clauses.json` one folder up.
 * @throws ProfileError naming file, line and rule of every fault found.
 */
export function loadProfiles(dir: string): ProfileSet {
  const known = z
    .array(z.object({ id: z.string() }))
    .parse(JSON.parse(readFileSync(join(dir, '..', 'clauses.json'), 'utf8')))
  const ids = new Set(known.map((clause) => clause.id))
  const read = (file: string) => new ProfileSource(file, readFileSync(join(dir, file), 'utf8'))
  const base = read(baseFile)
  const problems = base.unknownClauses(ids)
  const profiles = new Map<Platform, CompiledProfile>()
  for (const file of readdirSync(dir).sort()) {
    if (!file.endsWith('.yaml') || file === baseFile) continue
    try {
      const profile = parseProfile(read(file), base, ids)
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
  if (problems.length > 0) throw new ProfileError(problems)
  return new ProfileSet(profiles.values())
}
