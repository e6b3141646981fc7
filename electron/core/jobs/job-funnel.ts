import { stage as stages, type Stage } from '../../shared/domain/vocabulary.ts'
import type { FunnelStage } from '../../shared/ipc/routes/jobs.ts'
import { liveOnly } from '../candidates/live-only.ts'
import type { ReadableDb } from '../store/database.ts'

/** Smaller groups are told as "fewer than five" (ZP-64). */
const leastGroup = 5

const grouped = (n: number): number | null => (n === 0 ? 0 : n < leastGroup ? null : n)

const medianOf = (values: readonly number[]): number => {
  const sorted = [...values].sort((a, b) => a - b)
  const middle = sorted.length >> 1
  const high = sorted[middle] ?? 0
  return Math.round(sorted.length % 2 === 1 ? high : ((sorted[middle - 1] ?? 0) + high) / 2)
}

type Tally = { readonly stage: Stage; readonly left: number; readonly stayed: number }

/** The way that leads to a hire; the other stages are outcomes, which end it anywhere. */
const way = ['new', 'reviewed', 'interview', 'offer', 'hired'] as const satisfies readonly Stage[]
const placeOn = (stage: Stage): number => way.findIndex((one) => one === stage)

type Journey = { readonly stage: Stage; readonly passed: string | null }

/** How far somebody came: where they stand, or the furthest that they ever stood. Whoever is here was new once. */
const furthest = ({ stage, passed }: Journey): number =>
  Math.max(0, placeOn(stage), ...(passed ?? '').split(' ').map((one) => placeOn(one as Stage)))

/** Who came how far, of all whose record is still here. */
const countReached = (
  db: ReadableDb,
  jobId: string,
): { readonly came: number; readonly reached: Map<Stage, number> } => {
  const journeys = db.all<Journey>(
    `SELECT a.stage, (SELECT group_concat(m.from_stage || ' ' || m.to_stage, ' ') FROM stage_move m
       WHERE m.application_id = a.id AND m.undone_at IS NULL) AS passed
     FROM application a WHERE a.job_id = ?`,
    jobId,
  )
  const places = journeys.map(furthest)
  return {
    came: journeys.length,
    reached: new Map(
      stages.options.map((stage) => {
        const place = placeOn(stage)
        const there = place >= 0 ? places.filter((one) => one >= place) : journeys.filter((one) => one.stage === stage)
        return [stage, there.length]
      }),
    ),
  }
}

/**
 * How far people came in a job, how long those who are here have been where they are, and how long those who left a stage had
 * been in it; the last from counts that outlive those whom they counted. Nothing is told of a group below five.
 */
export const jobFunnel = (
  db: ReadableDb,
  jobId: string,
  now: number,
): { readonly funnel: FunnelStage[]; readonly came: number | null } => {
  const tallies = new Map(
    db
      .all<Tally>(
        'SELECT stage, sum(left) AS left, sum(stayed_ms) AS stayed FROM stage_tally WHERE job_id = ? GROUP BY stage',
        jobId,
      )
      .map((row) => [row.stage, row]),
  )
  const waiting = Map.groupBy(
    db.all<{ stage: Stage; since: number }>(
      `SELECT a.stage, a.stage_at AS since FROM application a WHERE a.job_id = ? AND ${liveOnly}`,
      jobId,
    ),
    (row) => row.stage,
  )
  const { came, reached } = countReached(db, jobId)
  const funnel = stages.options.map((stage): FunnelStage => {
    const { left, stayed } = tallies.get(stage) ?? { left: 0, stayed: 0 }
    const count = reached.get(stage) ?? 0
    const ages = (waiting.get(stage) ?? []).map(({ since }) => Math.max(0, now - since))
    return {
      stage,
      reached: grouped(count),
      share: came < leastGroup || (count > 0 && count < leastGroup) ? null : count / came,
      waiting: { count: grouped(ages.length), median_ms: ages.length < leastGroup ? null : medianOf(ages) },
      left: { count: grouped(left), mean_ms: left < leastGroup ? null : Math.round(stayed / left) },
    }
  })
  return { funnel, came: grouped(came) }
}
