import { createHash } from 'node:crypto'
import type { PolicyUpdate, ProfileChange, UpdateSource } from '../../../shared/domain/policy-views.ts'
import type { Platform } from '../../../shared/domain/vocabulary.ts'
import type { CompiledProfile } from '../profile/compile-profile.ts'
import { compileProfile } from '../profile/compile-profile.ts'
import { diffProfiles } from './diff-profiles.ts'
import { noPolicies, type HubOffer, type PoliciesValues } from './policies-file.ts'
import { ProfileSet, type Profiles } from '../profile/profile-set.ts'
import type { Profile } from '../profile/profile-schema.ts'
import { requireProfile } from '../profile/require-profile.ts'
import { parseTightening, tightenProfile } from './tighten-profile.ts'

export type OfferDraft = Omit<HubOffer, 'account' | 'received_at'>

/** Where the book is kept; memory alone while the vault is locked. */
export type PolicyKeeping = {
  readonly read: () => PoliciesValues
  readonly write: (values: PoliciesValues) => void
}

/** The rules of this home: which are in force, which were, which are announced. */
export type PolicyBook = {
  /** In force now; the same set for as long as core runs. */
  readonly profiles: Profiles
  readonly shipped: (platform: Platform) => CompiledProfile
  /** The enterprise's own rules over a platform's, as they were written. */
  enterpriseText(platform: Platform): string | undefined
  /** Names the rules of all platforms together: what a person accepts. */
  rulesVersion(): string
  /** Goes on with what is kept in the home. True when the rules in force changed by it. */
  open(keeping: PolicyKeeping, now: number): boolean
  /** Everything that one account's hub offers at present. True when the rules in force changed. */
  setOffers(account: string, offers: readonly OfferDraft[], now: number): boolean
  /**
   * Lays the enterprise's own rules over a platform's; an empty text takes them away.
   * @throws ProfileError naming line and rule
   */
  setEnterprise(platform: Platform, text: string, now: number): boolean
  /** Lets what was announced come into force on its day. True when something did. */
  refresh(now: number): boolean
  /** Newest first: what is announced, then what came into force after `since`. */
  listUpdates(since: number, now: number): PolicyUpdate[]
}

/** When a shipped profile begins: the day that its text names, in China. */
const beginOf = ({ document }: CompiledProfile): number => {
  const { effective } = document.policy
  return effective === undefined ? 0 : Date.parse(`${effective}T00:00:00+08:00`)
}

/** `clauses`: ids that a rule may cite. */
export const createPolicyBook = (
  shipped: ReadonlyMap<Platform, CompiledProfile>,
  clauses?: ReadonlySet<string>,
): PolicyBook => {
  let values: PoliciesValues = noPolicies
  let keep: (values: PoliciesValues) => void = () => undefined
  /** When the next announced version begins. */
  let nextBegin = Infinity

  /** A document of this or another release; what the other one did not know is as it is today. */
  const documentOf = (platform: Platform, revision: string): Profile | undefined => {
    const found = values.documents[revision]
    const today = shipped.get(platform)?.document
    return found === undefined || today === undefined ? undefined : ({ ...today, ...found } as Profile)
  }
  const profiles = new ProfileSet(shipped.values(), documentOf)

  /** What the program brought, unless it begins later and another one holds until then (ZP-01). */
  const baseAt = (platform: Platform, now: number): CompiledProfile => {
    const newest = requireProfile(shipped, platform)
    if (beginOf(newest) <= now) return newest
    const former = values.shipped.filter((one) => one.platform === platform && one.revision !== newest.revision).at(-1)
    const document = former === undefined ? undefined : documentOf(platform, former.revision)
    return document === undefined ? newest : compileProfile(document)
  }

  const offersAt = (platform: Platform, now: number): HubOffer[] =>
    values.offers
      .filter((offer) => offer.platform === platform && offer.effective_at <= now)
      .sort((a, b) => a.effective_at - b.effective_at || (a.id < b.id ? -1 : 1))

  /** What the platform asks for, before the enterprise's own rules. */
  const platformAt = (platform: Platform, now: number): CompiledProfile =>
    offersAt(platform, now).reduce(
      (profile, { document, version }) => {
        const { profile: stricter } = tightenProfile(profile, document)
        return compileProfile({ ...stricter.document, policy: { ...stricter.document.policy, version } })
      },
      baseAt(platform, now),
    )

  const effectiveAt = (platform: Platform, now: number): CompiledProfile => {
    const withHub = platformAt(platform, now)
    const own = values.enterprise.find((one) => one.platform === platform)
    return own === undefined ? withHub : tightenProfile(withHub, own.document).profile
  }

  const lastOf = <T extends { readonly platform: Platform }>(list: readonly T[], platform: Platform): T | undefined =>
    list.filter((one) => one.platform === platform).at(-1)

  /** An offer whose day has come since the last change, or what the program brought. */
  const sourceOf = (platform: Platform, since: number, now: number): UpdateSource =>
    offersAt(platform, now).some((offer) => Math.max(offer.effective_at, offer.received_at) > since) ? 'hub' : 'program'

  /** Takes up what the values say; writes down what came into force by it. `why` is known where somebody just did it. */
  const settle = (now: number, why?: UpdateSource): boolean => {
    let next = values
    let changed = false
    for (const [platform, brought] of shipped) {
      if (lastOf(next.shipped, platform)?.revision !== brought.revision) {
        next = {
          ...next,
          shipped: [...next.shipped, { platform, revision: brought.revision, at: now }],
          documents: { ...next.documents, [brought.revision]: brought.document },
        }
      }
    }
    values = next
    for (const platform of shipped.keys()) {
      const profile = effectiveAt(platform, now)
      const last = lastOf(next.in_force, platform)
      if (last?.revision !== profile.revision) {
        const { version } = profile.document.policy
        const source = why ?? sourceOf(platform, last?.at ?? now, now)
        next = {
          ...next,
          in_force: [...next.in_force, { platform, revision: profile.revision, at: now, source, version }],
          documents: { ...next.documents, [profile.revision]: profile.document },
        }
        changed ||= last !== undefined
      }
      if (profiles.get(platform)?.revision !== profile.revision) profiles.put(profile)
    }
    nextBegin = Math.min(
      ...[...values.offers.map((offer) => offer.effective_at), ...[...shipped.values()].map(beginOf)].filter(
        (at) => at > now,
      ),
    )
    const grown = next !== values || values.in_force.length !== next.in_force.length
    values = next
    if (grown || why !== undefined) keep(values)
    return changed
  }

  /** The label of a version is in the heading already. */
  const changesOf = (before: Profile | undefined, after: Profile | undefined): ProfileChange[] =>
    before === undefined || after === undefined
      ? []
      : diffProfiles(before, after).filter(({ path }) => path !== 'policy.version')

  /** What will hold on the day on which the next announced version begins. */
  const listAnnounced = (now: number): PolicyUpdate[] =>
    [...shipped.keys()].flatMap((platform) => {
      const days = [
        ...values.offers.filter((offer) => offer.platform === platform).map((offer) => offer.effective_at),
        beginOf(requireProfile(shipped, platform)),
      ].filter((day) => day > now)
      const current = requireProfile(profiles, platform)
      return [...new Set(days)].flatMap((day) => {
        const then = effectiveAt(platform, day)
        const offer = values.offers.find((one) => one.platform === platform && one.effective_at === day)
        if (then.revision === current.revision) return []
        return [
          {
            id: `${platform}/${then.revision}`,
            platform,
            source: offer === undefined ? ('program' as const) : ('hub' as const),
            version: then.document.policy.version,
            from_version: current.document.policy.version,
            received_at: offer?.received_at ?? lastOf(values.shipped, platform)?.at ?? now,
            effective_at: day,
            in_force: false,
            changes: changesOf(current.document, then.document),
          },
        ]
      })
    })

  const listDone = (since: number): PolicyUpdate[] =>
    values.in_force.flatMap((entry, index) => {
      const before = values.in_force.slice(0, index).findLast((one) => one.platform === entry.platform)
      if (before === undefined || entry.at <= since) return []
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

  return {
    profiles,
    shipped: (platform) => requireProfile(shipped, platform),
    enterpriseText: (platform) => values.enterprise.find((one) => one.platform === platform)?.text,
    rulesVersion: () =>
      createHash('sha256')
        .update(
          [...profiles.values()]
            .map(({ id, revision }) => `${id}:${revision}`)
            .sort()
            .join('\n'),
        )
        .digest('hex')
        .slice(0, 12),
    open: (keeping, now) => {
      values = keeping.read()
      keep = keeping.write
      return settle(now)
    },
    setOffers: (account, offers, now) => {
      const known = new Map(values.offers.map((offer) => [`${offer.account} ${offer.id}`, offer]))
      const own = offers.map((offer) => ({
        ...offer,
        account,
        received_at: known.get(`${account} ${offer.id}`)?.received_at ?? now,
      }))
      const next = [...values.offers.filter((offer) => offer.account !== account), ...own]
      if (JSON.stringify(next) === JSON.stringify(values.offers)) return false
      values = { ...values, offers: next }
      return settle(now, 'hub')
    },
    setEnterprise: (platform, text, now) => {
      const others = values.enterprise.filter((one) => one.platform !== platform)
      const document = parseTightening(text, platformAt(platform, now), 'enterprise.yaml', clauses) as Record<
        string,
        unknown
      >
      const own = text.trim() === '' ? [] : [{ platform, text, document, at: now }]
      values = { ...values, enterprise: [...others, ...own] }
      return settle(now, 'enterprise')
    },
    refresh: (now) => now >= nextBegin && settle(now),
    listUpdates: (since, now) => [
      ...listAnnounced(now).sort((a, b) => a.effective_at - b.effective_at),
      ...listDone(since).reverse(),
    ],
  }
}
