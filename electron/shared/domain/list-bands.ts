import { z } from 'zod'

/** Bands that lists are filtered by. Each goes from its number up to, and without, the number of the next. */
export type Band<N extends string = string> = { readonly name: N; readonly from: number; readonly to: number }

const bandsOf = <const N extends string>(starts: ReadonlyArray<readonly [N, number]>): ReadonlyArray<Band<N>> =>
  starts.map(([name, from], i) => ({ name, from, to: starts[i + 1]?.[1] ?? Number.MAX_SAFE_INTEGER }))

const namesOf = <N extends string>(bands: ReadonlyArray<Band<N>>) => z.enum(bands.map(({ name }) => name))

/** Full years of work. */
export const yearsBands = bandsOf([
  ['0', 0],
  ['1-2', 1],
  ['3-4', 3],
  ['5-9', 5],
  ['10+', 10],
])

/** Thousands of yuan a month, lower end of what is expected; the numbers are yuan. */
export const salaryBands = bandsOf([
  ['0-5', 0],
  ['5-10', 5000],
  ['10-15', 10_000],
  ['15-20', 15_000],
  ['20-30', 20_000],
  ['30-50', 30_000],
  ['50+', 50_000],
])

/** Active days of the last thirty, as the platform reports them (ZP-62). */
export const activityBands = bandsOf([
  ['0', 0],
  ['1-9', 1],
  ['10-19', 10],
  ['20+', 20],
])

/** 0 to 100 against a job's requirements. */
export const scoreBands = bandsOf([
  ['0-39', 0],
  ['40-59', 40],
  ['60-79', 60],
  ['80+', 80],
])

export const yearsBand = namesOf(yearsBands)
export const salaryBand = namesOf(salaryBands)
export const activityBand = namesOf(activityBands)
export const scoreBand = namesOf(scoreBands)

/** The band that a number lies in; undefined below the first. */
export const bandAt = (bands: readonly Band[], value: number): string | undefined =>
  bands.find(({ from, to }) => value >= from && value < to)?.name
