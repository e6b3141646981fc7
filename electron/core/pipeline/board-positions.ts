import { IpcError } from '../../shared/ipc/ipc-error.ts'
import { standingIn, type JobStep } from '../../shared/domain/job-steps.ts'
import type { Stage } from '../../shared/domain/vocabulary.ts'
import { liveOnly } from '../candidates/live-only.ts'
import type { ReadableDb } from '../store/database.ts'

/** Where one application stands, and since when. */
export type Position = {
  readonly application_id: string
  readonly record_id: string
  readonly step: string
  readonly since: number
}

type Row = {
  readonly id: string
  readonly record_id: string
  readonly stage: Stage
  readonly step: string | null
  readonly since: number
}

/**
 * Everybody of a job whose row may be shown, by where they stand. Places come from the store, so that a card is where it was
 * put before the index has caught up; who has a place comes from the index, which holds nobody whose row is hidden.
 */
export const listPositions = (
  store: ReadableDb,
  index: ReadableDb,
  jobId: string,
  steps: readonly JobStep[],
): readonly Position[] => {
  const listed = new Set(
    index
      .all<{ record_id: string }>(
        `SELECT lr.record_id FROM row_application ra JOIN list_row lr ON lr.id = ra.row_id
         WHERE ra.job_id = ? AND lr.id NOT IN (SELECT row_id FROM stale_row)`,
        jobId,
      )
      .map((row) => row.record_id),
  )
  return store
    .all<Row>(
      `SELECT a.id, a.record_id, a.stage, a.step, max(a.stage_at, coalesce((
         SELECT max(m.at) FROM stage_move m WHERE m.application_id = a.id AND m.undone_at IS NULL AND m.to_stage = a.stage
       ), 0)) AS since
       FROM application a WHERE a.job_id = ? AND ${liveOnly}`,
      jobId,
    )
    .filter((row) => listed.has(row.record_id))
    .map((row) => ({
      application_id: row.id,
      record_id: row.record_id,
      step: standingIn(steps, row.stage, row.step).id,
      since: row.since,
    }))
}

const decided: ReadonlySet<Stage> = new Set(['hired', 'rejected', 'withdrawn'])

/** Who waits longest comes first; of what is decided, the newest. */
const comparing =
  (stage: Stage) =>
  (a: Position, b: Position): number =>
    (decided.has(stage) ? b.since - a.since : a.since - b.since) ||
    (a.application_id === b.application_id ? 0 : a.application_id < b.application_id ? -1 : 1)

const encode = ({ since, application_id: id }: Position): string =>
  Buffer.from(JSON.stringify([since, id])).toString('base64url')

const decode = (cursor: string): Pick<Position, 'since' | 'application_id'> => {
  try {
    const [since, id] = JSON.parse(Buffer.from(cursor, 'base64url').toString()) as unknown[]
    if (typeof since === 'number' && typeof id === 'string') return { since, application_id: id }
  } catch {
    // Falls through to the one error for every cursor that is not ours.
  }
  throw new IpcError('E_INPUT', 'the cursor does not belong to this column', { fields: 'cursor' })
}

/** One page of a column by keyset; the cursor points behind its last card. */
export const pageOf = (
  positions: readonly Position[],
  step: JobStep,
  limit: number,
  cursor?: string,
): { readonly total: number; readonly page: readonly Position[]; readonly next: string | null } => {
  const compare = comparing(step.stage)
  const all = positions.filter((position) => position.step === step.id).sort(compare)
  const after = cursor === undefined ? undefined : decode(cursor)
  const rest = after === undefined ? all : all.filter((position) => compare(position, { ...position, ...after }) > 0)
  const page = rest.slice(0, limit)
  const last = page.at(-1)
  return { total: all.length, page, next: rest.length > limit && last !== undefined ? encode(last) : null }
}
