import type { Platform } from '../../../shared/domain/vocabulary.ts'
import type { CompiledProfile } from './compile-profile.ts'

/** The profile of a platform; every platform of the vocabulary has one, which loading makes sure of. */
export const requireProfile = (
  profiles: ReadonlyMap<Platform, CompiledProfile>,
  platform: Platform,
): CompiledProfile => {
  const profile = profiles.get(platform)
  if (profile === undefined) throw new TypeError(`no policy profile for ${platform}`)
  return profile
}
