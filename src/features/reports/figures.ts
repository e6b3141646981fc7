import type { Figure } from '@shared/domain/reports.ts'

/** `1,204`, `<5`, `≥19`: a number of people as a report may tell it. */
export const toldFigure = ({ n, least }: Figure, number: (n: number) => string): string =>
  n === null ? (least === undefined ? '<5' : `≥${number(least)}`) : number(n)

/** How long a bar is: what is told, or a short piece for what is not. */
export const sizeOf = ({ n, least }: Figure): number => n ?? least ?? 0
export const isHidden = ({ n }: Figure): boolean => n === null

export const reportPeriods = ['month', 'quarter', 'year', 'all'] as const
export type ReportPeriod = (typeof reportPeriods)[number]

const months: Readonly<Record<ReportPeriod, number>> = { month: 1, quarter: 3, year: 12, all: 0 }

/** The first month of a period that ends with this one; nothing for all of them. Months are those of Shanghai. */
export const monthsOf = (period: ReportPeriod, now: number): { from?: string } => {
  const many = months[period]
  if (many === 0) return {}
  const today = new Date(now + 8 * 3_600_000)
  const first = new Date(Date.UTC(today.getUTCFullYear(), today.getUTCMonth() - many + 1, 1))
  return { from: first.toISOString().slice(0, 7) }
}
