import type { Platform } from '../../../shared/domain/vocabulary.ts'
import type { CompiledProfile } from './compile-profile.ts'
import { compileProfile } from './compile-profile.ts'
import type { Profile } from './profile-schema.ts'
import { strictestOf } from '../versions/strictest-of.ts'

/** What of a record says under which rules it came. */
export type PolicyMark = { readonly platform: Platform; readonly policy_revision: string | null }

/** The profiles in force, one a platform, and for a record that came under other ones the stricter of both. */
export type Profiles = ReadonlyMap<Platform, CompiledProfile> & {
  /**
   * The rules for one record: those in force, and with them whatever was stricter when the record came; looser rules need a
   * consent of the person's own (ZP-106).
   */
  forRecord(mark: PolicyMark): CompiledProfile
}

/** A former version of a profile, where it is still known. */
export type FindFormer = (platform: Platform, revision: string) => Profile | undefined

export class ProfileSet extends Map<Platform, CompiledProfile> implements Profiles {
  readonly #findFormer: FindFormer
  readonly #forRecords = new Map<string, CompiledProfile>()

  constructor(profiles: Iterable<CompiledProfile>, findFormer: FindFormer = () => undefined) {
    super()
    this.#findFormer = findFormer
    for (const profile of profiles) this.put(profile)
  }

  /** Puts a profile in force. Whoever holds this set decides by it from now on. */
  put(profile: CompiledProfile): void {
    this.set(profile.id, profile)
    this.#forRecords.clear()
  }

  forRecord({ platform, policy_revision: revision }: PolicyMark): CompiledProfile {
    const current = this.get(platform)
    if (current === undefined) throw new TypeError(`no policy profile for ${platform}`)
    if (revision === null || revision === current.revision) return current
    const key = `${platform} ${revision}`
    let found = this.#forRecords.get(key)
    if (found === undefined) {
      const former = this.#findFormer(platform, revision)
      found = former === undefined ? current : compileProfile(strictestOf(current.document, former))
      this.#forRecords.set(key, found)
    }
    return found
  }
}
