import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  addDays,
  dayStart,
  fromField,
  isOutsideWork,
  minuteOfDay,
  toField,
  usualStart,
  weekdayOf,
  weekStart,
} from '../../../../../src/features/interviews/interview-times.ts'

const at = (text: string): number => fromField(text) ?? Number.NaN

describe('times of the wall clock', () => {
  it('come back as they were typed, to the minute', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 4_000_000_000 }), (minute) => {
        const ms = minute * 60_000
        expect(fromField(toField(ms))).toBe(ms)
        expect(dayStart(ms) + minuteOfDay(ms) * 60_000).toBe(ms)
        expect(weekStart(ms)).toBe(addDays(dayStart(ms), -weekdayOf(ms)))
      }),
    )
    expect(toField(Date.UTC(2026, 10, 26, 16, 30))).toBe('2026-11-27T00:30')
    for (const text of ['', 'T10:00', '2026-11-27T', '2026-13-40T10:00', '10:00'])
      expect(fromField(text)).toBeUndefined()
  })

  it('begin weeks on Monday, and plan on a working day at ten', () => {
    expect(toField(weekStart(at('2026-11-29T23:59')))).toBe('2026-11-23T00:00')
    expect(toField(usualStart(at('2026-11-26T15:00')))).toBe('2026-11-27T10:00')
    expect(toField(usualStart(at('2026-11-27T15:00')))).toBe('2026-11-30T10:00')
  })

  it('hint at evenings and weekends', () => {
    expect(isOutsideWork(at('2026-11-27T17:30'), 30)).toBe(false)
    expect(isOutsideWork(at('2026-11-27T17:30'), 31)).toBe(true)
    expect(isOutsideWork(at('2026-11-27T08:45'), 30)).toBe(true)
    expect(isOutsideWork(at('2026-11-28T10:00'), 30)).toBe(true)
  })
})
