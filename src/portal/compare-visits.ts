import type { Disclosure } from '@shared/ledger/disclosure.ts'
import type { LedgerCrypto } from '@shared/ledger/ledger-crypto.ts'
import type { BrowserMemory } from './browser-memory.ts'
import { findGrowth, headOf, rowsOf, showsAllOf, type Growth, type RememberedHead } from './check-growth.ts'

/** What a visit shows beside the one before it. */
export type Comparison =
  /** `since`: when the oldest of the compared heads was seen; null on a first visit, or where nothing is kept. */
  | { readonly verdict: 'continues'; readonly since: number | null; readonly kept: boolean }
  | {
      readonly verdict: 'broken'
      readonly what: Exclude<Growth, 'first' | 'same' | 'grown'> | 'missing'
      readonly where: string
      /** The log's sizes then and now, and when it was seen then; `now` is null for a log that is not shown any more. */
      readonly before: Pick<RememberedHead, 'size' | 'seenAt'> | undefined
      readonly now: number | null
    }

/**
 * Holds a statement against what this browser saw before, and remembers it if it follows. What does not follow changes nothing
 * that is kept: the next visit finds it again.
 */
export const compareVisits = async (
  crypto: LedgerCrypto,
  memory: BrowserMemory,
  { link, disclosure, now }: { readonly link: string; readonly disclosure: Disclosure; readonly now: number },
  askProof: (origin: string, from: number, to: number) => Promise<readonly string[]>,
): Promise<Comparison> => {
  const heads: Record<string, RememberedHead> = {}
  const shown = new Map(disclosure.logs.map((log) => [log.origin, log]))
  let since: number | null = null
  for (const log of disclosure.logs) {
    const head = headOf(log, now)
    const before = memory.head(log.origin)
    const growth = await findGrowth(crypto, before, head, (from, to) => askProof(log.origin, from, to))
    if (growth !== 'first' && growth !== 'same' && growth !== 'grown') {
      return { verdict: 'broken', what: growth, where: log.origin, before, now: head.size }
    }
    if (before !== undefined) since = Math.min(since ?? Infinity, before.seenAt)
    heads[log.origin] = head
  }
  for (const [origin, rows] of Object.entries(memory.rows(link))) {
    const log = shown.get(origin)
    if (log === undefined || !showsAllOf(crypto, rows, log)) {
      return {
        verdict: 'broken',
        what: 'missing',
        where: origin,
        before: memory.head(origin),
        now: heads[origin]?.size ?? null,
      }
    }
  }
  const rows = Object.fromEntries(
    disclosure.logs.map((log) => [log.origin, rowsOf(crypto, log, heads[log.origin]?.size ?? 0)]),
  )
  memory.remember(link, heads, rows)
  return { verdict: 'continues', since, kept: memory.keeps }
}
