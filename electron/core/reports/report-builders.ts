import type { Figure, Report, ReportInput, ReportRow } from '../../shared/domain/reports.ts'
import { liveOnly } from '../candidates/live-only.ts'
import type { ReadableDb } from '../store/database.ts'
import { protect, totalOf } from './protect.ts'
import { came, count, entered, left, readTallies, type Measure } from './tallies.ts'

type Built = Omit<Report, 'kind' | 'now'>
type Builder = (db: ReadableDb, scope: Omit<ReportInput, 'kind'>, now: number) => Built

const day = 86_400_000
const shift = 8 * 3_600_000
const week = 7 * day

/** The Monday, in Shanghai, of the week that a moment lies in. */
export const mondayOf = (at: number): string => {
  const today = Math.floor((at + shift) / day)
  return new Date((today - ((((today + 3) % 7) + 7) % 7)) * day).toISOString().slice(0, 10)
}

const sums = (rows: readonly ReportRow[], columns: number): Figure[] =>
  Array.from({ length: columns }, (_, at) => totalOf(rows.map(({ cells }) => cells[at] ?? { n: 0 })))

const isNobody = (figures: readonly Figure[]): boolean => figures.every(({ n }) => n === 0)

const built = (columns: readonly string[], rows: readonly ReportRow[], totals?: readonly Figure[]): Built => ({
  columns: [...columns],
  rows: [...rows],
  totals: [...(totals ?? sums(rows, columns.length))],
  empty: rows.every(({ cells }) => isNobody(cells)),
})

const funnel: Builder = (db, scope) => {
  const tallies = readTallies(db, scope)
  const measures: ReadonlyArray<readonly [string, Measure]> = [
    ['came', came],
    ...['reviewed', 'interview', 'offer', 'hired', 'rejected', 'withdrawn'].map(
      (stage) => [stage, entered(stage)] as const,
    ),
  ]
  const rows = measures.map(([key, measure]) => ({ key, cells: [count(tallies, measure)] }))
  // Steps of the same people: there is nothing to add up.
  return built(['people'], rows, [])
}

const sources: Builder = (db, scope) => {
  const tallies = readTallies(db, scope)
  const measures = [came, entered('interview'), entered('hired')]
  const rows = [...Map.groupBy(tallies, ({ source }) => source)]
    .map(([key, part]) => ({ key, cells: measures.map((measure) => count(part, measure)) }))
    .filter(({ cells }) => !isNobody(cells))
    .sort((a, b) => (b.cells[0]?.n ?? -1) - (a.cells[0]?.n ?? -1) || a.key.localeCompare(b.key))
  // The same figures as in the funnel, and no sharper ones.
  const totals = measures.map((measure) => count(tallies, measure))
  return built(['came', 'interview', 'hired'], rows, totals)
}

const time: Builder = (db, scope) => {
  const tallies = readTallies(db, scope)
  const rows = ['new', 'reviewed', 'interview', 'offer'].map((stage) => {
    const of = tallies.filter((tally) => tally.stage === stage)
    const moved = of.reduce((total, tally) => total + tally.left, 0)
    const stayed = of.reduce((total, tally) => total + tally.stayed_ms, 0)
    const figure = count(tallies, left(stage))
    // Of a number that is not told no mean is told either; by the hour, so that no single stay can be worked out of two.
    const hours = Math.round(stayed / Math.max(1, moved) / 3_600_000)
    return { key: stage, cells: [figure], mean_ms: figure.n === null || figure.n === 0 ? null : hours * 3_600_000 }
  })
  return built(['left'], rows, [])
}

const openStages = ['new', 'reviewed', 'interview', 'offer'] as const

const workload: Builder = (db, { job_id: job }) => {
  const counts = db.all<{ job_id: string; title: string; stage: string; n: number }>(
    `SELECT a.job_id, coalesce(j.title, '') AS title, a.stage, count(*) AS n FROM application a LEFT JOIN job j ON j.id = a.job_id
     WHERE ${liveOnly} AND a.stage IN ('new', 'reviewed', 'interview', 'offer') AND (? IS NULL OR a.job_id = ?)
     GROUP BY a.job_id, a.stage`,
    job ?? null,
    job ?? null,
  )
  const rows = [...Map.groupBy(counts, (row) => row.job_id).values()]
    .map((part) => {
      const stages = openStages.map((stage) => protect(part.find((row) => row.stage === stage)?.n ?? 0))
      return { title: part[0]?.title ?? '', cells: [...stages, totalOf(stages)] }
    })
    .sort((a, b) => {
      const size = ({ n, least }: Figure): number => n ?? least ?? 1
      return size(b.cells[4] ?? { n: 0 }) - size(a.cells[4] ?? { n: 0 }) || a.title.localeCompare(b.title)
    })
    .map((row, at) => ({ key: String(at + 1), ...row }))
  return built([...openStages, 'total'], rows)
}

const weeksFrom = (first: number, many: number): string[] =>
  Array.from({ length: many }, (_, at) => mondayOf(first + at * week))

/** How much was decided in each of the last twelve weeks, of those who are still here. */
const pace: Builder = (db, { job_id: job }, now) => {
  const weeks = weeksFrom(now - 11 * week, 12)
  const moves = db.all<{ at: number; to_stage: string }>(
    `SELECT m.at, m.to_stage FROM stage_move m JOIN application a ON a.id = m.application_id
     WHERE m.undone_at IS NULL AND m.at >= ? AND (? IS NULL OR a.job_id = ?)`,
    Date.parse(`${weeks[0] ?? ''}T00:00:00+08:00`),
    job ?? null,
    job ?? null,
  )
  const ends = new Set(['rejected', 'withdrawn'])
  const rows = weeks.map((key) => {
    const own = moves.filter(({ at }) => mondayOf(at) === key)
    const ended = own.filter(({ to_stage: stage }) => ends.has(stage)).length
    return { key, cells: [protect(own.length - ended), protect(ended)] }
  })
  return built(['advanced', 'ended'], rows)
}

/** What ends in each of the next twelve weeks, and why; what is overdue ends this week. */
const retention: Builder = (db, { job_id: job }, now) => {
  const weeks = weeksFrom(now, 12)
  const dues = db.all<{ due_at: number; due_reason: string }>(
    `SELECT max(due_at, ?) AS due_at, coalesce(due_reason, 'requested') AS due_reason FROM application
     WHERE due_at IS NOT NULL AND due_at < ? AND (? IS NULL OR job_id = ?)`,
    now,
    Date.parse(`${weeks.at(-1) ?? ''}T00:00:00+08:00`) + week,
    job ?? null,
    job ?? null,
  )
  const reasons = [...new Set(dues.map((row) => row.due_reason))].sort()
  const rows = weeks.map((key) => {
    const own = dues.filter(({ due_at: at }) => mondayOf(at) === key)
    const cells = reasons.map((reason) => protect(own.filter((row) => row.due_reason === reason).length))
    return { key, cells: [...cells, totalOf(cells)] }
  })
  return built([...reasons, 'total'], rows)
}

export const builders: Readonly<Record<Report['kind'], Builder>> = { funnel, sources, time, workload, pace, retention }
