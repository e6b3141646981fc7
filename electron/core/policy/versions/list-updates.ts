import type { PolicyUpdate, ProfileChange } from '../../../shared/domain/policy-views.ts'
import type { Platform } from '../../../shared/domain/vocabulary.ts'
import type { CompiledProfile } from '../profile/compile-profile.ts'
import type { Profile } from '../profile/profile-schema.ts'
import { requireProfile } from '../profile/require-profile.ts'
import { diffProfiles } from './diff-profiles.ts'
import type { PoliciesValues } from './policies-record.ts'
import { beginOf, type RulesAt } from './rules-at.ts'

type Place = {
  readonly values: PoliciesValues
  readonly shipped: ReadonlyMap<Platform, CompiledProfile>
  /** In force now. */
  readonly profiles: ReadonlyMap<Platform, CompiledProfile>
  readonly rules: RulesAt
  readonly documentOf: (platform: Platform, revision: string) => Profile | undefined
}

/** The label of a version is in the heading already; a document of another release may not be comparable. */
export const changesOf = (before: Profile | undefined, after: Profile | undefined): ProfileChange[] => {
  if (before === undefined || after === undefined) return []
  try {
    return diffProfiles(before, after).filter(({ path }) => path !== 'policy.version')
  } catch {
    return []
  }
}

/** What will hold on the day on which the next announced version begins. */
const listAnnounced = ({ values, shipped, profiles, rules }: Place, now: number): PolicyUpdate[] =>
  [...shipped.keys()].flatMap((platform) => {
    const current = requireProfile(profiles, platform)
    const offers = values.offers.filter((offer) => offer.platform === platform)
    const days = [...offers.map((offer) => offer.effective_at), beginOf(requireProfile(shipped, platform))]
    const listed = new Set([current.revision])
    return [...new Set(days.filter((day) => day > now))]
      .sort((a, b) => a - b)
      .flatMap((day) => {
        const then = rules.effective(values, platform, day)
        if (listed.has(then.revision)) return []
        listed.add(then.revision)
        const offer = offers.find((one) => one.effective_at === day)
        const known = values.shipped.findLast((one) => one.platform === platform)
        return [
          {
            id: `${platform}/${then.revision}`,
            platform,
            source: offer === undefined ? ('program' as const) : ('hub' as const),
            version: then.document.policy.version,
            from_version: current.document.policy.version,
            received_at: offer?.received_at ?? known?.at ?? now,
            effective_at: day,
            in_force: false,
            changes: changesOf(current.document, then.document),
          },
        ]
      })
  })

const listDone = ({ values, documentOf }: Place, since: number): PolicyUpdate[] =>
  values.in_force.flatMap((entry, index) => {
    if (entry.at <= since) return []
    const before = values.in_force.slice(0, index).findLast((one) => one.platform === entry.platform)
    if (before === undefined) return []
    return [
      {
        id: `${entry.platform}/${entry.revision}`,
        platform: entry.platform,
        source: entry.source,
        version: entry.version,
        from_version: before.version,
        received_at: entry.at,
        effective_at: entry.at,
        in_force: true,
        changes: changesOf(documentOf(entry.platform, before.revision), documentOf(entry.platform, entry.revision)),
      },
    ]
  })

/** Announced versions by their day, then what came into force after `since`, newest first. */
export const listUpdates = (place: Place, since: number, now: number): PolicyUpdate[] => [
  ...listAnnounced(place, now).sort((a, b) => a.effective_at - b.effective_at),
  ...listDone(place, since).reverse(),
]
