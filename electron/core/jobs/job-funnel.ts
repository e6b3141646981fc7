import { stage as stages, type Stage } from '../../shared/domain/vocabulary.ts'
import type { FunnelStage } from '../../shared/ipc/routes/jobs.ts'
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

type Tally = { readonly stage: Stage; readonly entered: number; readonly left: number; readonly stayed: number }

/**
 * What a job's stages looked like over its whole life, from counts that outlive those whom they counted, and how long those who
 * are here now have been where they are. Times of a group below five are not told.
 */
export const jobFunnel = (
  db: ReadableDb,
  jobId: string,
  now: number,
): { readonly funnel: FunnelStage[]; readonly came: number | null } => {
  const tallies = new Map(
    db
      .all<Tally>(
        `SELECT stage, sum(entered) AS entered, sum(left) AS left, sum(stayed_ms) AS stayed FROM stage_tally
         WHERE job_id = ? GROUP BY stage`,
        jobId,
      )
      .map((row) => [row.stage, row]),
  )
  const waiting = Map.groupBy(
    db.all<{ stage: Stage; since: number }>(
      `SELECT a.stage, a.stage_at AS since FROM application a
       JOIN candidate c ON c.record_id = a.record_id AND c.life = 'live' WHERE a.job_id = ?`,
      jobId,
    ),
    (row) => row.stage,
  )
  // Every move leaves one stage and enters another, so what was entered and never by a move is who came.
  const came = [...tallies.values()].reduce((sum, { entered, left }) => sum + entered - left, 0)
  const funnel = stages.options.map((stage): FunnelStage => {
    const { entered, left, stayed } = tallies.get(stage) ?? { entered: 0, left: 0, stayed: 0 }
    const ages = (waiting.get(stage) ?? []).map(({ since }) => Math.max(0, now - since))
    return {
      stage,
      entered: grouped(entered),
      share: came < leastGroup || (entered > 0 && entered < leastGroup) ? null : Math.min(1, entered / came),
      waiting: { count: grouped(ages.length), median_ms: ages.length < leastGroup ? null : medianOf(ages) },
      left: { count: grouped(left), mean_ms: left < leastGroup ? null : Math.round(stayed / left) },
    }
  })
  return { funnel, came: grouped(came) }
}
