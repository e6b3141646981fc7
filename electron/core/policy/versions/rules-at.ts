import type { Platform } from '../../../shared/domain/vocabulary.ts'
import type { CompiledProfile } from '../profile/compile-profile.ts'
import { compileProfile } from '../profile/compile-profile.ts'
import type { Profile } from '../profile/profile-schema.ts'
import { requireProfile } from '../profile/require-profile.ts'
import type { HubOffer, PoliciesValues } from './policies-record.ts'
import { tightenDocument } from './tighten-profile.ts'

/** What was left aside, by code and count; nothing of what it said. */
export type NoteAside = (
  code: 'offers_beyond' | 'offer_failed' | 'former_failed' | 'enterprise_failed',
  count: number,
) => void

/** Offers of one account for one platform that count. A hub takes versions back that no longer say anything. */
const mostOffers = 16

const inOrder = (a: HubOffer, b: HubOffer): number =>
  a.effective_at - b.effective_at || (a.id < b.id ? -1 : a.id > b.id ? 1 : 0)

/**
 * The offers that count, in the order of their days: the first of each account and platform, because every further one costs
 * time at each look, and none for own intake, which is nobody's platform.
 */
export function countingOffers(offers: readonly HubOffer[], note: NoteAside): HubOffer[] {
  const counts = new Map<string, number>()
  const found = [...offers].sort(inOrder).filter((offer) => {
    const key = `${offer.platform} ${offer.account}`
    const count = (counts.get(key) ?? 0) + 1
    counts.set(key, count)
    return offer.platform !== 'direct' && count <= mostOffers
  })
  if (found.length < offers.length) note('offers_beyond', offers.length - found.length)
  return found
}

/** When a shipped profile begins: the day that its text names, in China. */
export const beginOf = ({ document }: CompiledProfile): number => {
  const { effective } = document.policy
  return effective === undefined ? 0 : Date.parse(`${effective}T00:00:00+08:00`)
}

/** A document of this or another release; what the other one did not know is as it is today. */
export const laidOver = (today: CompiledProfile, found: PoliciesValues['documents'][string]): Profile =>
  ({ ...today.document, ...found }) as Profile

/** What the values make of a platform's rules on a day. */
export type RulesAt = {
  /** What the platform asks for, before the enterprise's own rules. */
  platform(values: PoliciesValues, platform: Platform, day: number): CompiledProfile
  effective(values: PoliciesValues, platform: Platform, day: number): CompiledProfile
}

/**
 * Lays offers over what the program brought, in the order of their days, each step remembered for as long as the values stay
 * the same. An offer, or a stored file of the enterprise, that fails at that is kept and has no effect: words from outside
 * must not keep a home locked.
 */
export function createRulesAt(shipped: ReadonlyMap<Platform, CompiledProfile>, note: NoteAside): RulesAt {
  let seen: readonly unknown[] = []
  let steps = new Map<string, CompiledProfile>()

  const remembered = (key: string, make: () => CompiledProfile): CompiledProfile => {
    const found = steps.get(key) ?? make()
    steps.set(key, found)
    return found
  }

  const orElse = (code: Parameters<NoteAside>[0], before: CompiledProfile, make: () => CompiledProfile) => {
    try {
      return make()
    } catch {
      note(code, 1)
      return before
    }
  }

  /** What the program brought, unless it begins later and another one holds until then (ZP-01). */
  const baseAt = ({ shipped: known, documents }: PoliciesValues, platform: Platform, day: number): CompiledProfile => {
    const newest = requireProfile(shipped, platform)
    if (beginOf(newest) <= day) return newest
    const former = known.findLast((one) => one.platform === platform && one.revision !== newest.revision)
    const document = former === undefined ? undefined : documents[former.revision]
    if (document === undefined) return newest
    return remembered(`${platform} former`, () =>
      orElse('former_failed', newest, () => compileProfile(laidOver(newest, document))),
    )
  }

  const withOffer = (before: CompiledProfile, { document, version }: HubOffer): CompiledProfile =>
    orElse('offer_failed', before, () => {
      const stricter = tightenDocument(before.document, document)
      return compileProfile({ ...stricter, policy: { ...stricter.policy, version: version.slice(0, 100) } })
    })

  const folded = (values: PoliciesValues, platform: Platform, day: number) => {
    const parts = [values.offers, values.enterprise, values.shipped]
    if (parts.some((part, index) => part !== seen[index])) {
      seen = parts
      steps = new Map()
    }
    const base = baseAt(values, platform, day)
    const offers = values.offers.filter((offer) => offer.platform === platform && offer.effective_at <= day)
    const key = `${platform} ${base.revision} ${offers.length}`
    const profile = offers.reduce(
      (before, offer, index) => remembered(`${platform} ${base.revision} ${index + 1}`, () => withOffer(before, offer)),
      base,
    )
    return { key, profile }
  }

  return {
    platform: (values, platform, day) => folded(values, platform, day).profile,
    effective: (values, platform, day) => {
      const { key, profile } = folded(values, platform, day)
      const own = values.enterprise.find((one) => one.platform === platform)
      if (own === undefined) return profile
      return remembered(`${key} enterprise`, () =>
        orElse('enterprise_failed', profile, () => compileProfile(tightenDocument(profile.document, own.document))),
      )
    },
  }
}
