import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterEach, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { workingYear } from '../../../../electron/shared/domain/working-year.ts'
import {
  addWorkingDays,
  createWorkingCalendar,
  weekdaysOnly,
} from '../../../../electron/shared/retention/working-days.ts'

const shipped = z
  .array(workingYear)
  .parse(JSON.parse(readFileSync(join(import.meta.dirname, '../../../../resources/working-days.json'), 'utf8')))
const calendar = createWorkingCalendar(shipped)
const day = 86_400_000
/** A moment in Asia/Shanghai. */
const china = (text: string): number => Date.parse(`${text}+08:00`)
const dayIn = (at: number): number => Math.floor((at + 8 * 3_600_000) / day)
const end = (from: string, count: number) => addWorkingDays(calendar, china(from), count)
/** The same by the plainest means: dates as texts, one day after the other. */
const naive = (start: number, count: number): number => {
  const off = new Set(shipped.flatMap((one) => one.off))
  const work = new Set(shipped.flatMap((one) => one.work))
  const inChina = new Intl.DateTimeFormat('en-CA', { timeZone: 'Asia/Shanghai', dateStyle: 'short' })
  const weekday = new Intl.DateTimeFormat('en-US', { timeZone: 'Asia/Shanghai', weekday: 'short' })
  let at = start
  for (let left = count; left > 0;) {
    at += day
    const date = inChina.format(at)
    const rests = ['Sat', 'Sun'].includes(weekday.format(at))
    if (work.has(date) || (!rests && !off.has(date))) left -= 1
  }
  return at
}

describe('working days', () => {
  const zone = process.env['TZ']
  afterEach(() => {
    if (zone === undefined) delete process.env['TZ']
    else process.env['TZ'] = zone
  })

  it.each(shipped.map((one) => [one.year, one] as const))(
    'of %i are as many as the law leaves',
    (year, { off, work }) => {
      // 365 days, 104 on weekends, 13 public holidays since 2025; swapped days move and take none away.
      const days = Array.from({ length: 365 }, (_, i) => Date.UTC(year, 0, 1) / day + i)
      expect(days.filter((at) => calendar.isWorked(at))).toHaveLength(365 - 104 - 13)
      expect(new Set([...off, ...work]).size).toBe(off.length + work.length)
    },
  )

  it('[D7] [D13] leave out holidays and count the Saturdays and Sundays that are worked instead', () => {
    // The day before the Spring Festival of 2026 is a Saturday that is worked; the Festival lasts until the 23rd.
    expect(end('2026-02-13T15:00', 1)).toEqual({ at: china('2026-02-14T15:00'), known: true })
    expect(end('2026-02-14T15:00', 1)).toEqual({ at: china('2026-02-24T15:00'), known: true })
    expect(end('2026-09-30T18:30', 1)).toEqual({ at: china('2026-10-08T18:30'), known: true })
    expect(end('2026-10-08T09:00', 2)).toEqual({ at: china('2026-10-10T09:00'), known: true })
    // Over the October holiday: 28, 29, 30 September, 8, 9, 10, 12 … October.
    expect(end('2026-09-25T09:00', 15)).toEqual({ at: china('2026-10-22T09:00'), known: true })
    expect(end('2026-09-25T09:00', 0)).toEqual({ at: china('2026-09-25T09:00'), known: true })
  })

  it('count from the day in China, wherever the machine believes to be', () => {
    for (const name of ['America/New_York', 'Asia/Shanghai', 'Pacific/Kiritimati', 'UTC']) {
      process.env['TZ'] = name
      // Friday 23:30 in China, and half an hour later it is Saturday.
      expect(end('2026-03-06T23:30', 1).at).toBe(china('2026-03-09T23:30'))
      expect(end('2026-03-07T00:00', 1).at).toBe(china('2026-03-09T00:00'))
    }
  })

  it('of a year that nobody named are Monday to Friday, and say so', () => {
    expect(end('2031-10-01T09:00', 1)).toEqual({ at: china('2031-10-02T09:00'), known: false })
    expect(end('2026-12-31T09:00', 1)).toEqual({ at: china('2027-01-01T09:00'), known: false })
    expect(addWorkingDays(weekdaysOnly, china('2026-02-13T15:00'), 1).known).toBe(false)
  })

  it('agree with counting one day after the other', () => {
    const moment = fc.integer({ min: china('2024-12-20T00:00'), max: china('2027-01-20T00:00') })
    fc.assert(
      fc.property(moment, fc.integer({ min: 0, max: 40 }), (start, count) => {
        expect(addWorkingDays(calendar, start, count).at).toBe(naive(start, count))
      }),
      { numRuns: 300 },
    )
  })

  it('never end on an earlier day for a later start or for more of them, and always on a day that is worked', () => {
    const moment = fc.integer({ min: china('2025-01-01T00:00'), max: china('2026-12-01T00:00') })
    fc.assert(
      fc.property(
        moment,
        fc.integer({ min: 0, max: 20 * day }),
        fc.integer({ min: 1, max: 20 }),
        (start, later, count) => {
          const { at } = addWorkingDays(calendar, start, count)
          expect(dayIn(addWorkingDays(calendar, start + later, count).at)).toBeGreaterThanOrEqual(dayIn(at))
          expect(addWorkingDays(calendar, start, count + 1).at).toBeGreaterThan(at)
          expect(calendar.isWorked(dayIn(at))).toBe(true)
          // In parts it is as long as in one go.
          const half = addWorkingDays(calendar, start, Math.floor(count / 2)).at
          expect(addWorkingDays(calendar, half, Math.ceil(count / 2)).at).toBe(at)
        },
      ),
      { numRuns: 300 },
    )
  })
})

describe('an arrangement of a year from outside', () => {
  const good = { year: 2027, off: ['2027-01-01'], work: ['2027-01-02'] }
  const long = Array.from({ length: 14 }, (_, i) =>
    new Date(Date.UTC(2027, 2, 1 + i)).toISOString().slice(0, 10),
  ).filter((date) => ![0, 6].includes(new Date(date).getUTCDay()))
  it.each([
    ['another year', { ...good, off: ['2026-01-01'] }],
    ['a Saturday off', { ...good, off: ['2027-01-02'] }],
    ['a Monday worked', { ...good, work: ['2027-01-04'] }],
    ['no day', { ...good, off: ['2027-02-30'] }],
    ['weeks without work', { ...good, off: [...long, '2027-03-15', '2027-03-16'] }],
  ])('is refused for %s', (_, arrangement) => {
    expect(workingYear.safeParse(good).success).toBe(true)
    expect(workingYear.safeParse(arrangement).success).toBe(false)
  })
})
