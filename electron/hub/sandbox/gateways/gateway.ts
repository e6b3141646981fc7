import type { Change } from '../../../shared/domain/sync-records.ts'
import type { LedgerEntry } from '../../../shared/domain/ledger-entry.ts'
import type { Platform } from '../../../shared/domain/vocabulary.ts'
import { HubProblem } from '../../hub-problem.ts'
import { seededRandom } from '../random.ts'
import { readGatewayRules, toldAction, type GatewayRules, type ToldAction } from './gateway-rules.ts'

/** What one person was told by the platform. */
export type Told = {
  readonly candidate_id: string
  readonly action: ToldAction
  readonly via: string
  readonly text: string
  /** When it happened, not when it was told: somebody may have looked offline. */
  readonly at: number
}

/** A sandbox that plays one platform: its words, its quirks, and what is wrong with it just now. */
export type Gateway = {
  readonly platform: Platform
  readonly rules: GatewayRules
  /** Whatever the next calls meet; `times` of them. */
  readonly state: { limited: number; banned: boolean; odd: boolean; skewMs: number }
  /** @throws HubProblem 429, 403 */
  admit(now: number): void
  /** A page as this platform sends it. */
  shape(changes: readonly Change[]): Change[]
  /** Takes a pushed entry of a view log and tells the person (ZP-32). */
  tell(entry: LedgerEntry, candidateId: string): void
  readonly told: readonly Told[]
}

const ordered = (changes: readonly Change[], order: GatewayRules['order']): Change[] => {
  if (order === 'reversed') return changes.toReversed()
  if (order === 'duplicated') return [...changes, ...changes.slice(0, 5)].slice(0, 1000)
  const random = seededRandom(`page ${changes.length}`)
  return random.sample(changes, changes.length)
}

export const createGateway = (platform: Platform): Gateway => {
  const rules = readGatewayRules(platform)
  const state: Gateway['state'] = { limited: 0, banned: false, odd: false, skewMs: 0 }
  const told: Told[] = []

  const dressed = (change: Change): Change => {
    const extra = rules.extra[change.type]
    if (change.op === 'delete' || typeof change.data !== 'object' || change.data === null) return change
    const stage = (change.data as { readonly stage?: string }).stage
    const label = stage === undefined ? undefined : rules.stage_labels[stage]
    return {
      ...change,
      data: { ...change.data, ...extra, ...(label === undefined ? {} : { stage_label: label }) },
    }
  }
  /** A type and a value that nobody knows, as a newer platform sends them. */
  const oddities = (changes: readonly Change[]): Change[] => {
    const { unknown_type: type, unknown_value: value } = rules
    const like = changes.find((one) => one.type === value.type && one.op === 'upsert')
    const now = changes.at(-1)
    if (now === undefined) return []
    const odd = { op: 'upsert' as const, rev: now.rev, at: now.at }
    return [
      { ...odd, type: type.type, id: `odd-${type.type}`, data: type.data },
      ...(like === undefined
        ? []
        : [{ ...like, id: `odd-${like.id}`, data: { ...(like.data as object), [value.field]: value.value } }]),
    ]
  }

  return {
    platform,
    rules,
    state,
    told,
    admit: (now) => {
      if (state.banned) throw new HubProblem(403, 'banned', 'the account was banned for automation')
      if (state.limited === 0) return
      state.limited -= 1
      const { retry_after_s: seconds, as } = rules.rate_limit
      const after = as === 'seconds' ? String(seconds) : new Date(now + seconds * 1000).toUTCString()
      throw new HubProblem(429, 'rate_limited', 'too many calls', { 'retry-after': after })
    },
    shape: (changes) => {
      const page = ordered(changes.map(dressed), rules.order)
      if (!state.odd || page.length === 0) return page
      state.odd = false
      return [...oddities(page), ...page].slice(0, 1000)
    },
    tell: (entry, candidateId) => {
      const action = toldAction.safeParse(entry.action)
      const words = action.success ? rules.told.words[action.data] : undefined
      if (!action.success || words === undefined || entry.outcome === 'denied') return
      const text = `${entry.actor.employer}${words}`
      told.push({ candidate_id: candidateId, action: action.data, via: rules.told.via, text, at: entry.at })
    },
  }
}
