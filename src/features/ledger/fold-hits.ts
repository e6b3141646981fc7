import type { LedgerRow } from '@shared/domain/views.ts'

/** One line of the log's page: an entry, or entries that one look at a list has left. */
export type LedgerLine =
  | { readonly kind: 'entry'; readonly row: LedgerRow }
  | { readonly kind: 'hits'; readonly row: LedgerRow; readonly rows: readonly LedgerRow[] }

const MINUTE_MS = 60_000

const together = (a: LedgerRow, b: LedgerRow): boolean =>
  a.action === 'search_hit' &&
  b.action === 'search_hit' &&
  a.account === b.account &&
  a.role === b.role &&
  a.outcome === b.outcome &&
  Math.floor(a.at / MINUTE_MS) === Math.floor(b.at / MINUTE_MS)

/**
 * Folds neighbouring "seen in a list" entries of one account and minute into one line; every other entry keeps its own.
 * Nothing is left out: `rows` of a folded line holds each entry in its order.
 */
export const foldHits = (rows: readonly LedgerRow[]): readonly LedgerLine[] => {
  const groups: LedgerRow[][] = []
  for (const row of rows) {
    const last = groups.at(-1)
    if (last?.[0] && together(last[0], row)) last.push(row)
    else groups.push([row])
  }
  return groups.flatMap((group): readonly LedgerLine[] => {
    const [row] = group
    if (!row) return []
    return [group.length === 1 ? { kind: 'entry', row } : { kind: 'hits', row, rows: group }]
  })
}
