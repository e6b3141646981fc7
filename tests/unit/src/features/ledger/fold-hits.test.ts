import { describe, expect, test } from 'vitest'
import type { LedgerRow } from '../../../../../electron/shared/domain/views.ts'
import { foldHits } from '../../../../../src/features/ledger/fold-hits.ts'

const MINUTE = 60_000
const at = 1_000 * MINUTE
const row = (i: number, change: Partial<LedgerRow> = {}): LedgerRow => ({
  i,
  at,
  action: 'search_hit',
  outcome: 'shown',
  account: 'hr@sandbox',
  role: 'hr',
  ...change,
})
const shapeOf = (rows: readonly LedgerRow[]): string[] =>
  foldHits(rows).map((line) => (line.kind === 'hits' ? line.rows.map(({ i }) => i).join('+') : String(line.row.i)))

describe('folding what one look at a list has logged', () => {
  test('puts neighbours of one account and minute together and keeps every entry', () => {
    expect(shapeOf([row(9), row(8), row(7)])).toEqual(['9+8+7'])
  })
  test('leaves a single one as it is', () => {
    expect(shapeOf([row(9, { action: 'view' }), row(8), row(7, { action: 'reveal' })])).toEqual(['9', '8', '7'])
  })
  test('never folds anything but hits, however alike', () => {
    expect(shapeOf([row(9, { action: 'view' }), row(8, { action: 'view' })])).toEqual(['9', '8'])
  })
  test.each([
    ['another account', { account: 'admin@sandbox' }],
    ['another role', { role: 'admin' }],
    ['the next minute', { at: at + MINUTE }],
    ['a refusal', { outcome: 'denied' }],
  ] as const)('begins anew at %s', (_what, change) => {
    expect(shapeOf([row(9), row(8), row(7, change), row(6, change)])).toEqual(['9+8', '7+6'])
  })
  test('does not fold across what stands between', () => {
    expect(shapeOf([row(9), row(8), row(7, { action: 'view' }), row(6), row(5)])).toEqual(['9+8', '7', '6+5'])
  })
  test('makes nothing of nothing', () => {
    expect(foldHits([])).toEqual([])
  })
})
