import { describe, expect, test } from 'vitest'
import { dueWords } from '../../../../../src/features/candidates/due-words.ts'
import { isOpen, nextStage } from '../../../../../src/features/candidates/stages.ts'

const now = Date.parse('2026-11-21T09:43:00+08:00')
const due = (iso: string, more: object = {}) => ({
  at: Date.parse(`${iso}+08:00`),
  reason: 'rejected' as const,
  clause: 'D4',
  held: false,
  ...more,
})

describe('how long a record may be kept', () => {
  test.each([
    [due('2026-11-21T18:00:00'), 'today', true],
    [due('2026-11-22T00:10:00'), 'tomorrow', true],
    [due('2026-11-27T09:00:00'), 'days', true],
    [due('2026-12-20T09:00:00'), 'days', false],
    [due('2026-11-21T09:00:00'), 'over', true],
    [due('2026-11-21T18:00:00', { reason: 'card_cache' }), 'cache', false],
    [due('2026-11-20T09:00:00', { held: true }), 'held', false],
    [undefined, 'none', false],
  ] as const)('%o → %s', (given, key, soon) => {
    expect(dueWords(given, now)).toMatchObject({ key, soon })
  })
})

test('advancing ends at the hire, and a decision is not advanced', () => {
  expect(['new', 'reviewed', 'interview', 'offer'].map((stage) => nextStage(stage as 'new'))).toEqual([
    'interview',
    'interview',
    'offer',
    'hired',
  ])
  expect([nextStage('hired'), nextStage('rejected'), nextStage('withdrawn')]).toEqual([undefined, undefined, undefined])
  expect([isOpen('hired'), isOpen('rejected'), isOpen('offer')]).toEqual([false, false, true])
})
