import { standingIn } from '../../shared/domain/job-steps.ts'
import type { JobView } from '../../shared/domain/views.ts'
import type { Stage } from '../../shared/domain/vocabulary.ts'
import { IpcError } from '../../shared/ipc/ipc-error.ts'
import type { JobDetail } from '../../shared/ipc/routes/jobs.ts'
import { liveOnly } from '../candidates/live-only.ts'
import { readSteps } from '../pipeline/read-steps.ts'
import type { ReadableDb } from '../store/database.ts'
import { jobFunnel } from './job-funnel.ts'
import { readRequirements } from './read-requirements.ts'

type Row = {
  readonly owner_id: string | null
  readonly members: string | null
  readonly requirements: string | null
  readonly steps: string | null
  readonly call_in: number
}

const membersOf = (
  { owner_id: owner, members }: Row,
  own: string | undefined,
  nameOf: (id: string) => string,
): JobDetail['members'] =>
  [
    ...new Set([...(owner === null ? [] : [owner]), ...(members === null ? [] : (JSON.parse(members) as string[]))]),
  ].map((id) => ({ id, name: nameOf(id), own: id === own }))

/** How many live people stand in each step. */
const countStanding = (db: ReadableDb, jobId: string, steps: string | null): Record<string, number> => {
  const list = readSteps(steps)
  const counts: Record<string, number> = {}
  for (const { stage, step, n } of db.all<{ stage: Stage; step: string | null; n: number }>(
    `SELECT a.stage, a.step, count(*) AS n FROM application a WHERE a.job_id = ? AND ${liveOnly} GROUP BY a.stage, a.step`,
    jobId,
  )) {
    const { id } = standingIn(list, stage, step)
    counts[id] = (counts[id] ?? 0) + n
  }
  return counts
}

/**
 * Everything there is to say of one job.
 *
 * @param own the hub's id of whoever asks
 * @param nameOf what an account is called
 * @throws IpcError E_NOT_FOUND
 */
export const jobDetail = (
  db: ReadableDb,
  job: JobView | undefined,
  own: string | undefined,
  nameOf: (id: string) => string,
  now: number,
): JobDetail => {
  const row =
    job === undefined
      ? undefined
      : db.get<Row>('SELECT owner_id, members, requirements, steps, call_in FROM job WHERE id = ?', job.id)
  if (job === undefined || row === undefined) throw new IpcError('E_NOT_FOUND', 'there is no such job')
  return {
    ...job,
    members: membersOf(row, own, nameOf),
    requirements: readRequirements(row.requirements),
    call_in: row.call_in === 1,
    steps: row.steps === null ? null : [...readSteps(row.steps)],
    standing: countStanding(db, job.id, row.steps),
    ...jobFunnel(db, job.id, now),
  }
}
