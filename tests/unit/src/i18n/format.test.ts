import { describe, expect, test } from 'vitest'
import { daysUntil, exactTime, fileSize, relativeTime, shortDate } from '../../../../src/i18n/format.ts'

const now = Date.parse('2026-11-21T09:43:00+08:00')
const at = (iso: string): number => Date.parse(`${iso}+08:00`)

describe('times are those of Shanghai, whatever the machine says', () => {
  test('just before and after midnight there are different days', () => {
    expect(daysUntil(at('2026-11-21T23:59:59'), now)).toBe(0)
    expect(daysUntil(at('2026-11-22T00:00:00'), now)).toBe(1)
    expect(daysUntil(at('2026-11-20T23:59:59'), now)).toBe(-1)
  })
  test.each([
    ['2026-11-21T09:41:00', '今天 09:41', 'Today 09:41'],
    ['2026-11-20T18:20:00', '昨天 18:20', 'Yesterday 18:20'],
    ['2026-11-22T00:05:00', '明天 00:05', 'Tomorrow 00:05'],
    ['2026-11-25T18:00:00', '周三 18:00', 'Wed 18:00'],
    ['2026-11-14T08:00:00', '11-14 08:00', '11-14 08:00'],
    ['2025-12-31T08:00:00', '2025-12-31 08:00', '2025-12-31 08:00'],
  ])('%s', (iso, zh, en) => {
    expect(relativeTime(at(iso), now, 'zh-CN')).toBe(zh)
    expect(relativeTime(at(iso), now, 'en-US')).toBe(en)
  })
  test('exact and short forms', () => {
    expect(exactTime(at('2026-11-21T00:00:07'))).toBe('2026-11-21 00:00:07')
    expect(shortDate(at('2027-01-01T00:00:00'), now)).toBe('2027-01-01')
  })
  test('sizes', () => {
    expect([fileSize(10), fileSize(312_000), fileSize(1_400_000)]).toEqual(['1 KB', '312 KB', '1.4 MB'])
  })
})
