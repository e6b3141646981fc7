import type { Figure } from '../../shared/domain/reports.ts'

/** Smaller groups are told as "fewer than five" (ZP-64, LG-27). */
export const leastGroup = 5

const isSmall = (n: number): boolean => n > 0 && n < leastGroup

const sum = (numbers: readonly number[]): number => numbers.reduce((total, n) => total + n, 0)

/**
 * Whether a sum may stand beside its parts: what is left when the parts that are told are taken away must be a group of its
 * own, of several parts, none of which follows from it; and no part may itself be a sum that is kept back. An empty group has
 * nobody in it and hides nothing.
 */
const isSafe = (n: number, parts: readonly Figure[]): boolean => {
  const hidden = parts.filter((part) => part.n === null)
  if (hidden.length === 0) return true
  if (hidden.some(({ least }) => least !== undefined)) return false
  const rest = n - sum(parts.map((part) => part.n ?? 0))
  return hidden.length > 1 && rest >= leastGroup && rest > hidden.length && rest < hidden.length * (leastGroup - 1)
}

const toldOf = (parts: readonly Figure[]): number => sum(parts.map(({ n, least }) => n ?? least ?? 0))

/** A count as it may be told. `divisions`: the ways in which the same people are told apart elsewhere in the reports. */
export const protect = (n: number, divisions: ReadonlyArray<readonly Figure[]> = []): Figure => {
  if (isSmall(n)) return { n: null }
  const unsafe = divisions.filter((parts) => !isSafe(n, parts))
  if (unsafe.length === 0) return { n }
  // No more than anybody can add up from the parts that are told.
  return { n: null, least: Math.max(leastGroup, Math.min(...unsafe.map(toldOf))) }
}

/** A sum beside the figures that it is made of: told only where all of them are. */
export const totalOf = (figures: readonly Figure[]): Figure => {
  const hidden = figures.filter(({ n }) => n === null)
  const told = toldOf(figures)
  if (hidden.length === 0) return { n: told }
  return told < leastGroup ? { n: null } : { n: null, least: told }
}
