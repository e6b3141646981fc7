import { IpcError } from '../../shared/ipc/ipc-error.ts'
import type { Decision, RejectReason, Stage } from '../../shared/domain/vocabulary.ts'
import type { EntryDraft } from '../../shared/domain/ledger-entry.ts'
import type { WriterCall } from '../handler.ts'
import { requireHuman } from '../ai/model-actor.ts'
import { lockRecord } from '../retention/lock-record.ts'
import { recomputeDueOfJob, recomputeDueOfRecord } from '../retention/due.ts'
import type { ReadableDb } from '../store/database.ts'
import { entersCheckClosed } from './check-step.ts'

export type MovingRow = {
  readonly id: string
  readonly record_id: string
  readonly job_id: string
  readonly stage: Stage
  readonly step: string | null
  readonly stage_at: number
  readonly decision: Decision | null
  readonly decided_at: number | null
  readonly platform: string
  readonly platform_id: string
  readonly origin: 'hub' | 'local'
  readonly life: string
}

/** @throws IpcError E_NOT_FOUND, E_LOCKED */
export const requireMoving = (db: ReadableDb, id: string): MovingRow => {
  const row = db.get<MovingRow>(
    `SELECT a.id, a.record_id, a.job_id, a.stage, a.step, a.stage_at, a.decision, a.decided_at, c.platform, c.platform_id,
            c.origin, c.life
     FROM application a JOIN candidate c ON c.record_id = a.record_id WHERE a.id = ?`,
    id,
  )
  if (row === undefined) throw new IpcError('E_NOT_FOUND', 'there is no such application (any more)')
  if (row.life !== 'live') throw new IpcError('E_LOCKED', 'the record is locked')
  return row
}

const decisionOf = (stage: Stage): Decision | null =>
  stage === 'hired' || stage === 'rejected' || stage === 'withdrawn' ? stage : null

export type Target = {
  readonly stage: Stage
  readonly step?: string | null | undefined
  readonly reason?: RejectReason | undefined
}

/** What follows every move: the version that the index catches up to, clocks, and word to the hub. */
const settle = (call: WriterCall, row: MovingRow, stage: Stage): void => {
  call.store.run('UPDATE candidate SET version = version + 1 WHERE record_id = ?', row.record_id)
  call.store.run('UPDATE job SET last_activity_at = ? WHERE id = ?', call.now, row.job_id)
  recomputeDueOfRecord(call.store, call.core.profiles, row.record_id)
  if (row.origin === 'hub' && stage !== row.stage) {
    call.account.outbox.enqueue(
      call.store,
      { kind: 'stage', body: { application_id: row.id, stage }, applicationId: row.id },
      call.now,
    )
  }
}

/** Clocks of a job's other applications, once for all that was moved in it. */
export const settleJobs = (call: WriterCall, jobIds: ReadonlySet<string>): void => {
  for (const id of jobIds) recomputeDueOfJob(call.store, call.core.profiles, id)
}

/** Moves one application, inside the caller's transaction, and notes where it came from. Returns the entries to write. */
export const moveApplication = (call: WriterCall, row: MovingRow, to: Target, batch: string): readonly EntryDraft[] => {
  requireHuman()
  const decision = decisionOf(to.stage)
  call.store.run(
    `INSERT INTO stage_move (id, application_id, batch, at, by, from_stage, from_step, from_stage_at, from_decision,
                             from_decided_at, to_stage, to_step, reason)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    crypto.randomUUID(),
    row.id,
    batch,
    call.now,
    call.account.view.id,
    row.stage,
    row.step,
    row.stage_at,
    row.decision,
    row.decided_at,
    to.stage,
    to.step ?? null,
    to.reason ?? null,
  )
  call.store.run(
    // The same decision once more must not start its clock anew (D4).
    // Going from step to step within a stage does not begin the stage anew, so that the time in it stays true.
    `UPDATE application SET stage = ?, step = ?, stage_at = iif(stage = ?, stage_at, ?),
       decided_at = iif(decision IS ?, decided_at, ?), decision = ?
     WHERE id = ?`,
    to.stage,
    to.step ?? null,
    to.stage,
    call.now,
    decision,
    decision === null ? null : call.now,
    decision,
    row.id,
  )
  // A hire closes the record at once; the personnel file is built elsewhere (D5).
  const locks = decision === 'hired' ? lockRecord(call.store, call.core.profiles, row.record_id, 'hired', call.now) : []
  settle(call, row, to.stage)
  return [
    {
      action: 'stage',
      outcome: 'done',
      subject: { platform: row.platform, id: row.platform_id },
      job: row.job_id,
      detail: [row.stage, to.stage, ...(to.reason === undefined ? [] : [to.reason])].join(' '),
    },
    ...locks,
  ]
}

type MoveRow = {
  readonly id: string
  readonly application_id: string
  readonly from_stage: Stage
  readonly from_step: string | null
  readonly from_stage_at: number
  readonly from_decision: Decision | null
  readonly from_decided_at: number | null
  readonly to_stage: Stage
  readonly to_step: string | null
}

/** The moves of a batch that nobody has taken back. */
export const listMoves = (db: ReadableDb, batch: string): MoveRow[] =>
  db.all<MoveRow>('SELECT * FROM stage_move WHERE batch = ? AND undone_at IS NULL', batch)

/** Whether an application still stands where a move put it; what was moved on since is not pulled back. */
const isStill = (call: WriterCall, move: MoveRow): boolean =>
  call.store.get(
    `SELECT 1 FROM application a WHERE a.id = ? AND a.stage = ? AND a.step IS ? AND NOT EXISTS (
       SELECT 1 FROM stage_move m WHERE m.application_id = a.id AND m.undone_at IS NULL AND m.rowid >
         (SELECT rowid FROM stage_move WHERE id = ?))`,
    move.application_id,
    move.to_stage,
    move.to_step,
    move.id,
  ) !== undefined

/** Counts that say nothing of a move which did not stand. */
const uncount = (call: WriterCall, row: MovingRow, move: MoveRow, movedAt: number): void => {
  if (move.from_stage === move.to_stage) return
  const month = "strftime('%Y-%m', ? / 1000, 'unixepoch', '+8 hours')"
  const where = `job_id = ? AND platform = ? AND channel = (SELECT channel FROM application WHERE id = ?) AND month = ${month}`
  const count = (set: string, stage: Stage, at: number): void => {
    call.store.run(
      `UPDATE stage_tally SET ${set} WHERE stage = ? AND ${where}`,
      stage,
      row.job_id,
      row.platform,
      row.id,
      at,
    )
  }
  // Both the move and the way back were counted by the triggers.
  count('entered = max(0, entered - 1)', move.to_stage, movedAt)
  count(
    `left = max(0, left - 1), stayed_ms = max(0, stayed_ms - ${Math.max(0, movedAt - move.from_stage_at)})`,
    move.from_stage,
    movedAt,
  )
  count('entered = max(0, entered - 1)', move.from_stage, move.from_stage_at)
  count('left = max(0, left - 1)', move.to_stage, move.from_stage_at)
}

/** Takes one move back, clock and all. Null when the application has gone on, or is locked or gone. */
export const undoMove = (call: WriterCall, move: MoveRow): readonly [MovingRow, EntryDraft] | null => {
  if (!isStill(call, move)) return null
  let row: MovingRow
  try {
    row = requireMoving(call.store, move.application_id)
  } catch (error) {
    if (error instanceof IpcError && (error.code === 'E_NOT_FOUND' || error.code === 'E_LOCKED')) return null
    throw error
  }
  // A way back into a check is a way in: the consent may have gone meanwhile.
  if (entersCheckClosed(call, row, { stage: move.from_stage, step: move.from_step })) return null
  call.store.run(
    'UPDATE application SET stage = ?, step = ?, stage_at = ?, decision = ?, decided_at = ? WHERE id = ?',
    move.from_stage,
    move.from_step,
    move.from_stage_at,
    move.from_decision,
    move.from_decided_at,
    row.id,
  )
  uncount(call, row, move, row.stage_at)
  call.store.run('UPDATE stage_move SET undone_at = ? WHERE id = ?', call.now, move.id)
  settle(call, row, move.from_stage)
  return [
    row,
    {
      action: 'stage',
      outcome: 'done',
      subject: { platform: row.platform, id: row.platform_id },
      job: row.job_id,
      detail: `${move.to_stage} ${move.from_stage} undone`,
    },
  ]
}
