import type { Platform } from '../../../shared/domain/vocabulary.ts'
import type { CompiledProfile } from './compile-profile.ts'
import { compileProfile } from './compile-profile.ts'
import type { Profile } from './profile-schema.ts'
import { weekdaysOnly, type WorkingCalendar } from '../../../shared/retention/working-days.ts'
import { strictestOf } from '../versions/strictest-of.ts'

/** What of a record says under which rules it came. */
export type PolicyMark = { readonly platform: Platform; readonly policy_revision: string | null }

/** The profiles in force, one a platform, and for a record that came under other ones the stricter of both. */
export type Profiles = ReadonlyMap<Platform, CompiledProfile> & {
  /** The days that deadlines in working days are counted by. */
  readonly calendar: WorkingCalendar
  /**
   * The rules for one record: those in force, and with them whatever was stricter when the record came; looser rules need a
   * consent of the person's own (ZP-106). Under a revision that nobody knows any more, the strictest of everything known:
   * losing a document must not loosen a record.
   */
  forRecord(mark: PolicyMark): CompiledProfile
}

/** Former versions of a profile, as far as they are still known. */
export type FormerVersions = {
  readonly find: (platform: Platform, revision: string) => Profile | undefined
  readonly list: (platform: Platform) => readonly Profile[]
}

const noFormer: FormerVersions = { find: () => undefined, list: () => [] }

/** A document of another release may hold what this one cannot lay over its own. */
const strictestOrNone = (current: Profile, former: Profile | undefined): Profile | undefined => {
  if (former === undefined) return undefined
  try {
    return strictestOf(current, former)
  } catch {
    return undefined
  }
}

export class ProfileSet extends Map<Platform, CompiledProfile> implements Profiles {
  calendar: WorkingCalendar = weekdaysOnly
  readonly #former: FormerVersions
  readonly #forRecords = new Map<string, CompiledProfile>()

  constructor(profiles: Iterable<CompiledProfile>, former: FormerVersions = noFormer) {
    super()
    this.#former = former
    for (const profile of profiles) this.put(profile)
  }

  /** Puts a profile in force. Whoever holds this set decides by it from now on. */
  put(profile: CompiledProfile): void {
    this.set(profile.id, profile)
    this.forget()
  }

  /** Other former versions are known from now on. */
  forget(): void {
    this.#forRecords.clear()
  }

  forRecord({ platform, policy_revision: revision }: PolicyMark): CompiledProfile {
    const current = this.get(platform)
    if (current === undefined) throw new TypeError(`no policy profile for ${platform}`)
    if (revision === null || revision === current.revision) return current
    return this.#remembered(`${platform} ${revision}`, () => {
      const stricter = strictestOrNone(current.document, this.#former.find(platform, revision))
      return stricter === undefined ? this.#strictestKnown(current) : compileProfile(stricter)
    })
  }

  #strictestKnown(current: CompiledProfile): CompiledProfile {
    return this.#remembered(`${current.id} ?`, () => {
      const known = this.#former.list(current.id)
      if (known.length === 0) return current
      return compileProfile(known.reduce((all, one) => strictestOrNone(all, one) ?? all, current.document))
    })
  }

  #remembered(key: string, make: () => CompiledProfile): CompiledProfile {
    const found = this.#forRecords.get(key) ?? make()
    this.#forRecords.set(key, found)
    return found
  }
}
