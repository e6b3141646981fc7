import type { ActivityRow } from '@shared/domain/collaboration.ts'
import type { LedgerRow } from '@shared/domain/views.ts'

export const activityKinds = ['all', 'move', 'note', 'scorecard', 'interview', 'message', 'view'] as const
export type ActivityKind = (typeof activityKinds)[number]

export type ActivityItem =
  | { readonly kind: Exclude<ActivityRow['kind'], never>; readonly at: number; readonly row: ActivityRow }
  | { readonly kind: 'view'; readonly at: number; readonly entry: LedgerRow }

/** Entries of the log that say no more than a row of the work itself does. */
const told = new Set(['stage'])

/** What was done and who looked, in one order, the oldest first; the last of all is the look that is being taken. */
export const activityItems = (
  rows: readonly ActivityRow[],
  entries: readonly LedgerRow[],
  kind: ActivityKind,
): readonly ActivityItem[] => {
  const looks = entries
    .filter(({ action }) => !told.has(action))
    .map((entry): ActivityItem => ({ kind: 'view', at: entry.at, entry }))
  const work = rows.map((row): ActivityItem => ({ kind: row.kind, at: row.at, row }))
  return [...work, ...looks].filter((item) => kind === 'all' || item.kind === kind).sort((a, b) => a.at - b.at)
}
