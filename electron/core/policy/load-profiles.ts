import type { Platform } from '../../shared/domain/vocabulary.ts'
import type { CompiledProfile } from './compile-profile.ts'

export type Profiles = ReadonlyMap<Platform, CompiledProfile>

/**
 * Reads and checks every profile of a folder (`resources/profiles`), with `clauses.json` one folder up.
 * @throws ProfileError naming file, line and rule.
 */
export declare function loadProfiles(dir: string): Profiles
