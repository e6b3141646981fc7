/** One line of the report: `figure` is a ratio, or milliseconds, kilobytes … as `what` says. */
export type Result = {
  readonly id: string
  readonly what: string
  readonly target: string
  readonly figure: number
  readonly ok: boolean
}

/** Three digits are more than a shared machine can tell. */
const rounded = (figure: number): number => Number(figure.toPrecision(3))

export const atMost = (id: string, what: string, limit: number, figure: number): Result => ({
  id,
  what,
  target: `≤ ${limit}`,
  figure: rounded(figure),
  ok: figure <= limit,
})

export const atLeast = (id: string, what: string, limit: number, figure: number): Result => ({
  id,
  what,
  target: `≥ ${limit}`,
  figure: rounded(figure),
  ok: figure >= limit,
})

/** The value below which this share of the figures lies, 0 < share ≤ 1. */
export const quantile = (figures: readonly number[], share: number): number => {
  const sorted = figures.toSorted((a, b) => a - b)
  return sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? NaN
}

export const median = (figures: readonly number[]): number => quantile(figures, 0.5)

/** Milliseconds that `work` takes. */
export const timed = (work: () => unknown): number => {
  const start = performance.now()
  work()
  return performance.now() - start
}

export const timedAsync = async (work: () => Promise<unknown>): Promise<number> => {
  const start = performance.now()
  await work()
  return performance.now() - start
}

/** Milliseconds of both, in turns and each first every other time, so that whatever else the machine does meets both alike. */
export const inTurns = (
  rounds: number,
  a: (round: number) => number,
  b: (round: number) => number,
): { readonly a: number[]; readonly b: number[] } => {
  const times: { readonly a: number[]; readonly b: number[] } = { a: [], b: [] }
  for (let round = 0; round < rounds; round += 1) {
    const order = round % 2 === 0 ? (['a', 'b'] as const) : (['b', 'a'] as const)
    for (const side of order) times[side].push(side === 'a' ? a(round) : b(round))
  }
  return times
}
