import type { Figure, ReportInput } from '../../shared/domain/reports.ts'
import type { ReadableDb } from '../store/database.ts'
import { protect } from './protect.ts'

export type Tally = {
  readonly job_id: string
  readonly month: string
  readonly source: string
  readonly stage: string
  readonly entered: number
  readonly left: number
  readonly stayed_ms: number
}

export type Scope = Pick<ReportInput, 'job_id' | 'from' | 'to'>

/** Counts without anybody in them, of the months and jobs asked for. */
export const readTallies = (db: ReadableDb, { job_id: job, from, to }: Scope): Tally[] =>
  db.all<Tally>(
    `SELECT job_id, month, platform || ' ' || channel AS source, stage, entered, left, stayed_ms FROM stage_tally
     WHERE (? IS NULL OR job_id = ?) AND (? IS NULL OR month >= ?) AND (? IS NULL OR month <= ?)`,
    job ?? null,
    job ?? null,
    from ?? null,
    from ?? null,
    to ?? null,
    to ?? null,
  )

export type Measure = (tally: Tally) => number

/** Every move leaves one stage and enters another, so what was entered and never by a move is who came. */
export const came: Measure = ({ entered, left }) => entered - left
export const entered =
  (stage: string): Measure =>
  (tally) =>
    tally.stage === stage ? tally.entered : 0
export const left =
  (stage: string): Measure =>
  (tally) =>
    tally.stage === stage ? tally.left : 0

const add = (tallies: readonly Tally[], measure: Measure): number =>
  Math.max(
    0,
    tallies.reduce((total, tally) => total + measure(tally), 0),
  )

/** The ways in which reports tell the same people apart. */
const dimensions = ['job_id', 'month', 'source'] as const
type Dimension = (typeof dimensions)[number]

const without = (all: readonly Dimension[], one: Dimension): readonly Dimension[] => all.filter((name) => name !== one)

/**
 * A count of these tallies that gives away none of what the report of a single job, month or source would show, each of which
 * is looked at in the same way.
 */
export const count = (tallies: readonly Tally[], measure: Measure, apart: readonly Dimension[] = dimensions): Figure =>
  protect(
    add(tallies, measure),
    apart.map((dimension) =>
      [...Map.groupBy(tallies, (tally) => tally[dimension]).values()].map((part) =>
        count(part, measure, without(apart, dimension)),
      ),
    ),
  )
