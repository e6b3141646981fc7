import { describe, expect, test } from 'vitest'
import type { PolicyUpdate, ProfileChange } from '../../../../../electron/shared/domain/policy-views.ts'
import {
  announcedOf,
  countChanges,
  countLines,
  firstLines,
  groupChanges,
} from '../../../../../src/features/rules/change-groups.ts'

const cell = (channel: ProfileChange['channel'], more: Partial<ProfileChange> = {}): ProfileChange => ({
  part: 'cell',
  path: `cells.phone.${channel}.hr`,
  field: 'phone',
  ...(channel === undefined ? {} : { channel }),
  role: 'hr',
  before: 'reveal',
  after: 'VN',
  direction: 'stricter',
  clause: 'ZP-21',
  ...more,
})
const days: ProfileChange = {
  part: 'number',
  path: 'retention.rejected_days',
  before: '30',
  after: '60',
  direction: 'looser',
  clause: 'D4',
}

describe('[ZP-106] the differences of an update', () => {
  test('stand in three groups, the stricter first, and empty ones are left out', () => {
    const groups = groupChanges([days, cell('delivered')])
    expect(groups.map(({ direction, count }) => [direction, count])).toEqual([
      ['stricter', 1],
      ['looser', 1],
    ])
  })
  test('cells that change alike make one line with their channels, and still count one by one', () => {
    const [group] = groupChanges([cell('delivered'), cell('emailed'), cell('direct', { after: 'absent' })])
    expect(group?.count).toBe(3)
    expect(group?.lines.map((line) => line.channels)).toEqual([['delivered', 'emailed'], ['direct']])
  })
  test('another role, clause or direction is another line', () => {
    expect(countLines([cell('delivered'), cell('emailed', { role: 'headhunter' })])).toBe(2)
    expect(countLines([cell('delivered'), cell('emailed', { clause: 'ZP-30' })])).toBe(2)
  })
  test('only so many lines are shown at first, and no group without lines', () => {
    const groups = groupChanges([cell('delivered'), cell('direct', { after: 'absent' }), days])
    expect(firstLines(groups, 2).map(({ direction, lines }) => [direction, lines.length])).toEqual([['stricter', 2]])
    expect(firstLines(groups, Infinity)).toEqual(groups)
  })
  test('are counted for the banner', () => {
    const changes = [cell('delivered'), cell('emailed'), days]
    expect([countChanges(changes, 'stricter'), countChanges(changes, 'looser')]).toEqual([2, 1])
  })
})

test('[ZP-01] the next announced update is the one with the nearest day', () => {
  const update = (id: string, effective_at: number, in_force: boolean): PolicyUpdate => ({
    id,
    platform: 'zhaopin',
    source: 'hub',
    version: '2',
    from_version: '1',
    received_at: 0,
    effective_at,
    in_force,
    changes: [],
  })
  const all = [update('late', 30, false), update('done', 5, true), update('soon', 10, false)]
  expect(announcedOf(all).map(({ id }) => id)).toEqual(['soon', 'late'])
})
