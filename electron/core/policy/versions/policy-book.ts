import { createHash } from 'node:crypto'
import type { PolicyUpdate, UpdateSource } from '../../../shared/domain/policy-views.ts'
import type { Platform } from '../../../shared/domain/vocabulary.ts'
import type { WorkingYear } from '../../../shared/domain/working-year.ts'
import { createWorkingCalendar, type WorkingCalendar } from '../../../shared/retention/working-days.ts'
import type { CompiledProfile } from '../profile/compile-profile.ts'
import type { Profile } from '../profile/profile-schema.ts'
import { ProfileSet, type Profiles } from '../profile/profile-set.ts'
import { requireProfile } from '../profile/require-profile.ts'
import { listUpdates } from './list-updates.ts'
import { noPolicies, type HubOffer, type PoliciesValues } from './policies-record.ts'
import { prunePolicies } from './prune-policies.ts'
import { beginOf, countingOffers, createRulesAt, laidOver, type NoteAside } from './rules-at.ts'
import { parseTightening } from './tighten-profile.ts'

export type OfferDraft = Omit<HubOffer, 'account' | 'received_at'>

/** Where the book is kept; memory alone while the vault is locked. */
export type PolicyKeeping = {
  readonly read: () => PoliciesValues
  readonly write: (values: PoliciesValues) => void
  /** Told of what was left aside. */
  readonly note?: NoteAside
}

/** The rules of this home: which are in force, which were, which are announced. Whatever fails leaves them as they were. */
export type PolicyBook = {
  /** In force now; the same set for as long as core runs. */
  readonly profiles: Profiles
  readonly shipped: (platform: Platform) => CompiledProfile
  /** The enterprise's own rules over a platform's, as they were written. */
  enterpriseText(platform: Platform): string | undefined
  /** Names the rules of all platforms together: what a person accepts. */
  rulesVersion(): string
  /**
   * Goes on with what is kept in the home. True when the rules in force changed by it. Nothing that came from outside makes it
   * fail. @throws IpcError E_DAMAGED, E_DISK, of the keeping
   */
  open(keeping: PolicyKeeping, now: number): boolean
  /** Everything that one account's hub offers at present. True when the rules in force changed. */
  setOffers(account: string, offers: readonly OfferDraft[], now: number): boolean
  /**
   * All working days that one account's hub names at present; they count for years that the program does not know itself. True
   * when deadlines are counted otherwise by it.
   */
  setYears(account: string, years: readonly WorkingYear[]): boolean
  /**
   * Lays the enterprise's own rules over a platform's; an empty text takes them away. `record` is told the revision that comes
   * by it before anything changes, so that no rule holds that the log does not know.
   * @throws ProfileError naming line and rule; whatever `record` throws
   */
  setEnterprise(platform: Platform, text: string, now: number, record?: (revision: string) => void): boolean
  /** Lets what was announced come into force on its day. True when something did; cheap when nothing begins. */
  refresh(now: number): boolean
  /** Newest first: what is announced, then what came into force after `since`. */
  listUpdates(since: number, now: number): PolicyUpdate[]
}

const lastOf = <T extends { readonly platform: Platform }>(list: readonly T[], platform: Platform): T | undefined =>
  list.findLast((one) => one.platform === platform)

/** Many times the longest profile of any platform. */
const mostCharacters = 200_000

/** Years that one hub may name. */
const mostYears = 12

/** A document that nests without end cannot be written, and must not keep the others from it; nor may one fill the disk. */
const isWritable = ({ document }: OfferDraft): boolean => {
  try {
    return JSON.stringify(document).length <= mostCharacters
  } catch {
    return false
  }
}

/** Values with what they make of the rules. */
type Settled = {
  readonly values: PoliciesValues
  readonly profiles: readonly CompiledProfile[]
  readonly changed: boolean
}

/**
 * @param clauses ids that a rule may cite
 * @param years working days that came with the program
 */
export const createPolicyBook = (
  shipped: ReadonlyMap<Platform, CompiledProfile>,
  clauses?: ReadonlySet<string>,
  years: readonly WorkingYear[] = [],
): PolicyBook => {
  let values: PoliciesValues = noPolicies
  let keeping: PolicyKeeping = { read: () => noPolicies, write: () => undefined }
  /** When the next announced version begins. */
  let nextBegin = Infinity
  const note: NoteAside = (code, count) => keeping.note?.(code, count)
  const rules = createRulesAt(shipped, note)

  const documentOf = (platform: Platform, revision: string): Profile | undefined => {
    const found = Object.hasOwn(values.documents, revision) ? values.documents[revision] : undefined
    return found === undefined ? undefined : laidOver(requireProfile(shipped, platform), found)
  }
  const profiles = new ProfileSet(shipped.values(), {
    find: documentOf,
    list: (platform) =>
      Object.values(values.documents)
        .filter((document) => document.id === platform)
        .map((document) => laidOver(requireProfile(shipped, platform), document)),
  })

  const calendarOf = (): WorkingCalendar =>
    createWorkingCalendar([...years, ...values.years.map(({ arrangement }) => arrangement)])
  profiles.calendar = calendarOf()

  /** An offer whose day has come since the last change, or what the program brought. */
  const sourceOf = (offers: readonly HubOffer[], platform: Platform, since: number, now: number): UpdateSource =>
    offers.some(
      (offer) =>
        offer.platform === platform &&
        offer.effective_at <= now &&
        Math.max(offer.effective_at, offer.received_at) > since,
    )
      ? 'hub'
      : 'program'

  /** What values come to, with what came into force by them written down. `why` is known where somebody just did it. */
  const settle = (from: PoliciesValues, now: number, why?: UpdateSource): Settled => {
    let next = from
    let changed = false
    for (const [platform, brought] of shipped) {
      if (lastOf(next.shipped, platform)?.revision === brought.revision) continue
      next = {
        ...next,
        shipped: [...next.shipped, { platform, revision: brought.revision, at: now }],
        documents: { ...next.documents, [brought.revision]: brought.document },
      }
    }
    const settled = [...shipped.keys()].map((platform) => {
      const profile = rules.effective(next, platform, now)
      return { platform, profile, last: lastOf(next.in_force, platform) }
    })
    for (const { platform, profile, last } of settled) {
      if (last?.revision === profile.revision) continue
      const { version } = profile.document.policy
      const source = why ?? sourceOf(next.offers, platform, last?.at ?? now, now)
      next = {
        ...next,
        in_force: [...next.in_force, { platform, revision: profile.revision, at: now, source, version }],
        documents: { ...next.documents, [profile.revision]: profile.document },
      }
      changed ||= last !== undefined
    }
    return { values: prunePolicies(next), profiles: settled.map(({ profile }) => profile), changed }
  }

  /** Takes settled values up once they are written: what cannot be kept does not hold either. */
  const take = (settled: Settled, now: number): boolean => {
    if (settled.values !== values) keeping.write(settled.values)
    values = settled.values
    profiles.calendar = calendarOf()
    profiles.forget()
    for (const profile of settled.profiles) {
      if (profiles.get(profile.id)?.revision !== profile.revision) profiles.put(profile)
    }
    const begins = [...values.offers.map((offer) => offer.effective_at), ...[...shipped.values()].map(beginOf)]
    nextBegin = Math.min(...begins.filter((at) => at > now))
    return settled.changed
  }

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
    open: (from, now) => {
      const closed = { keeping, values }
      try {
        keeping = from
        values = from.read()
        const offers = countingOffers(values.offers, note)
        const same = offers.length === values.offers.length && offers.every((one, i) => one === values.offers[i])
        return take(settle(same ? values : { ...values, offers }, now), now)
      } catch (error) {
        keeping = closed.keeping
        values = closed.values
        throw error
      }
    },
    setOffers: (account, offers, now) => {
      const known = new Map(values.offers.map((offer) => [`${offer.account} ${offer.id}`, offer]))
      const writable = offers.filter(isWritable)
      if (writable.length < offers.length) note('offer_failed', offers.length - writable.length)
      const own = writable.map((offer) => ({
        ...offer,
        account,
        received_at: known.get(`${account} ${offer.id}`)?.received_at ?? now,
      }))
      const next = countingOffers([...values.offers.filter((offer) => offer.account !== account), ...own], note)
      if (JSON.stringify(next) === JSON.stringify(values.offers)) return false
      return take(settle({ ...values, offers: next }, now, 'hub'), now)
    },
    setYears: (account, named) => {
      const own = named.slice(0, mostYears).map((arrangement) => ({ account, arrangement }))
      const next = { ...values, years: [...values.years.filter((one) => one.account !== account), ...own] }
      if (JSON.stringify(next.years) === JSON.stringify(values.years)) return false
      keeping.write(next)
      values = next
      const before = profiles.calendar.revision
      profiles.calendar = calendarOf()
      return profiles.calendar.revision !== before
    },
    setEnterprise: (platform, text, now, record) => {
      const others = values.enterprise.filter((one) => one.platform !== platform)
      const before = rules.platform(values, platform, now)
      const document = parseTightening(text, before, 'enterprise.yaml', clauses) as Record<string, unknown>
      const own = text.trim() === '' ? [] : [{ platform, text, document, at: now }]
      const settled = settle({ ...values, enterprise: [...others, ...own] }, now, 'enterprise')
      record?.(settled.profiles.find(({ id }) => id === platform)?.revision ?? before.revision)
      return take(settled, now)
    },
    refresh: (now) => now >= nextBegin && take(settle(values, now), now),
    listUpdates: (since, now) => listUpdates({ values, shipped, profiles, rules, documentOf }, since, now),
  }
}
