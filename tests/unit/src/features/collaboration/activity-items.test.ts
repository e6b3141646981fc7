import { describe, expect, test } from 'vitest'
import type { ActivityRow } from '../../../../../electron/shared/domain/collaboration.ts'
import type { LedgerRow } from '../../../../../electron/shared/domain/views.ts'
import { activityItems } from '../../../../../src/features/collaboration/activity-items.ts'

const look = (i: number, change: Partial<LedgerRow> = {}): LedgerRow => ({
  i,
  at: i,
  action: 'view',
  outcome: 'shown',
  account: 'hr@sandbox',
  role: 'hr',
  ...change,
})
const note = (at: number): ActivityRow => ({ kind: 'note', at, by: '林晓', edited: false })
const shapeOf = (rows: readonly ActivityRow[], entries: readonly LedgerRow[]): string[] =>
  activityItems(rows, entries, 'all').map((item) =>
    item.kind === 'view' ? `${item.entry.action}×${item.times}@${item.at}` : `${item.kind}@${item.at}`,
  )

describe('one line of work and looks', () => {
  test('is in the order of time, and neighbouring looks that say the same are one line with their number', () => {
    expect(shapeOf([note(3)], [look(5), look(1), look(4), look(2)])).toEqual(['view×2@2', 'note@3', 'view×2@5'])
  })
  test.each([
    ['another account', { account: 'admin@sandbox' }],
    ['another action', { action: 'reveal' }],
    ['a refusal', { outcome: 'denied' }],
  ] as const)('keeps %s apart', (_, change) => {
    expect(shapeOf([], [look(1), look(2, change)])).toHaveLength(2)
  })
  test('never folds refusals, and leaves out what the work itself says', () => {
    const denied = { outcome: 'denied' } as const
    expect(shapeOf([], [look(1, denied), look(2, denied), look(3, { action: 'stage' })])).toHaveLength(2)
  })
  test('shows one kind alone', () => {
    expect(activityItems([note(1)], [look(2)], 'note').map(({ kind }) => kind)).toEqual(['note'])
  })
})
