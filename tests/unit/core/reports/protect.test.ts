import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Figure } from '../../../../electron/shared/domain/reports.ts'
import { protect, totalOf } from '../../../../electron/core/reports/protect.ts'
import { came, count, type Tally } from '../../../../electron/core/reports/tallies.ts'

/** Whether somebody who reads a figure may take it for this number. */
const fits = (figure: Figure, n: number): boolean =>
  figure.n !== null ? figure.n === n : figure.least !== undefined ? n >= figure.least : n > 0 && n < 5

const told = (figure: Figure): string =>
  figure.n === null ? (figure.least === undefined ? '<5' : `≥${figure.least}`) : String(figure.n)

describe('figures of groups', () => {
  it('[ZP-64] [LG-27] prints no group of one to four', () => {
    expect([0, 1, 4, 5, 12].map((n) => told(protect(n)))).toEqual(['0', '<5', '<5', '5', '12'])
    expect(told(totalOf([{ n: 12 }, { n: 8 }]))).toBe('20')
    expect(told(totalOf([{ n: 12 }, { n: null }]))).toBe('≥12')
    expect(told(totalOf([{ n: null }, { n: null }]))).toBe('<5')
  })

  it('[ZP-64] [LG-27] tells no sum from which a hidden part follows', () => {
    const parts = (...all: readonly number[]): Figure[] => all.map((n) => protect(n))
    expect(told(protect(14, [parts(11, 3)]))).toBe('≥11')
    expect(told(protect(14, [parts(8, 3, 3)]))).toBe('14')
    // All ones, all fours, and too few together.
    expect(told(protect(10, [parts(8, 1, 1)]))).toBe('≥8')
    expect(told(protect(16, [parts(8, 4, 4)]))).toBe('≥8')
    expect(told(protect(5, [parts(1, 1, 1, 1, 1)]))).toBe('≥5')
  })

  it('[ZP-64] [LG-27] leaves several readings of every hidden part, whatever the parts are', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(9), { minLength: 1, maxLength: 5 }), (parts) => {
        const total = parts.reduce((all, part) => all + part, 0)
        const figures = parts.map((part) => protect(part))
        for (const sum of [protect(total, [figures]), totalOf(figures)]) {
          expect(fits(sum, total) || (sum.n === null && sum.least === undefined)).toBe(true)
          const hidden = figures.flatMap((figure, at) => (figure.n === null ? [at] : []))
          const readings = hidden.map(() => new Set<number>())
          const guess = (at: number, values: readonly number[]): void => {
            if (at < hidden.length) {
              for (const value of [1, 2, 3, 4]) guess(at + 1, [...values, value])
              return
            }
            const shown = figures.reduce((all, { n }) => all + (n ?? 0), 0)
            if (sum.n !== null && shown + values.reduce((all, value) => all + value, 0) !== sum.n) return
            values.forEach((value, index) => readings[index]?.add(value))
          }
          guess(0, [])
          for (const values of readings) expect(values.size).toBeGreaterThan(1)
        }
      }),
      { numRuns: 300 },
    )
  })

  it('[ZP-64] [LG-27] keeps them hidden from whoever takes the reports of single jobs, months or sources from that of all', () => {
    const values = { job_id: ['j1', 'j2', 'j3'], month: ['2026-10', '2026-11'], source: ['s1', 's2'] } as const
    const places = values.job_id.flatMap((job) =>
      values.month.flatMap((month) => values.source.map((source) => ({ job_id: job, month, source }))),
    )
    fc.assert(
      fc.property(fc.array(fc.nat(12), { minLength: places.length, maxLength: places.length }), (numbers) => {
        const tallies: Tally[] = places.map((place, at) => ({
          ...place,
          stage: 'new',
          entered: numbers[at] ?? 0,
          left: 0,
          stayed_ms: 0,
        }))
        const whole = count(tallies, came)
        if (whole.n === null) return
        for (const dimension of ['job_id', 'month', 'source'] as const) {
          const apart = (['job_id', 'month', 'source'] as const).filter((name) => name !== dimension)
          const parts = values[dimension].map((value) =>
            count(
              tallies.filter((tally) => tally[dimension] === value),
              came,
              apart,
            ),
          )
          const hidden = parts.filter(({ n }) => n === null)
          const rest = whole.n - parts.reduce((all, { n }) => all + (n ?? 0), 0)
          // Nothing is left, or a group of several parts none of which can be named.
          if (hidden.length === 0) expect(rest).toBe(0)
          else {
            expect(hidden.length).toBeGreaterThan(1)
            expect(rest).toBeGreaterThanOrEqual(5)
            expect(hidden.every(({ least }) => least === undefined)).toBe(true)
          }
        }
      }),
      { numRuns: 2000 },
    )
  })
})
