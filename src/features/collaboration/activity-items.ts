import type { ActivityRow } from '@shared/domain/collaboration.ts'
import type { LedgerRow } from '@shared/domain/views.ts'

export const activityKinds = ['all', 'move', 'note', 'scorecard', 'interview', 'message', 'view'] as const
export type ActivityKind = (typeof activityKinds)[number]

export type ActivityItem =
  | { readonly kind: Exclude<ActivityRow['kind'], never>; readonly at: number; readonly row: ActivityRow }
  /** `times` looks of one account that follow each other; `at` and `entry` are the last of them. */
  | { readonly kind: 'view'; readonly at: number; readonly entry: LedgerRow; readonly times: number }

/** Entries of the log that say no more than a row of the work itself does. */
const told = new Set(['stage'])

const alike = (a: LedgerRow, b: LedgerRow): boolean =>
  a.action === b.action && a.account === b.account && a.outcome === b.outcome && a.outcome !== 'denied'

/** Neighbouring looks that say the same are one line; the log has each of them. */
const fold = (items: readonly ActivityItem[]): readonly ActivityItem[] =>
  items.reduce<ActivityItem[]>((lines, item) => {
    const before = lines.at(-1)
    if (item.kind === 'view' && before?.kind === 'view' && alike(before.entry, item.entry))
      lines[lines.length - 1] = { ...item, times: before.times + 1 }
    else lines.push(item)
    return lines
  }, [])

/** What was done and who looked, in one order, the oldest first; the last of all is the look that is being taken. */
export const activityItems = (
  rows: readonly ActivityRow[],
  entries: readonly LedgerRow[],
  kind: ActivityKind,
): readonly ActivityItem[] => {
  const looks = entries
    .filter(({ action }) => !told.has(action))
    .map((entry): ActivityItem => ({ kind: 'view', at: entry.at, entry, times: 1 }))
  const work = rows.map((row): ActivityItem => ({ kind: row.kind, at: row.at, row }))
  return fold([...work, ...looks].filter((item) => kind === 'all' || item.kind === kind).sort((a, b) => a.at - b.at))
}
