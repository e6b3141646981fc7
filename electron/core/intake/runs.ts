import type { IntakeItemView, IntakeResult, IntakeRunView, IntakeWay } from '../../shared/domain/intake-runs.ts'
import { intakeResult } from '../../shared/domain/intake-runs.ts'
import type { RecordId } from '../../shared/domain/ids.ts'
import { IpcError } from '../../shared/ipc/ipc-error.ts'
import type { ReadableDb, WritableDb } from '../store/database.ts'
import { extensionOf, sha256, type Arrival, type Taken } from './arrival.ts'

/** Reports older than this go: they say what was done, and by then it is known. */
const keptFor = 180 * 86_400_000

type RunRow = Omit<IntakeRunView, 'counts' | 'read' | 'ended_at' | 'total'> &
  Readonly<Record<IntakeResult, number>> & { readonly ended_at: number | null; readonly total: number | null }

const runView = (row: RunRow): IntakeRunView => {
  const counts = Object.fromEntries(intakeResult.options.map((result) => [result, row[result]])) as Record<
    IntakeResult,
    number
  >
  return {
    id: row.id,
    way: row.way,
    state: row.state,
    started_at: row.started_at,
    by: row.by,
    read: Object.values(counts).reduce((sum, count) => sum + count, 0),
    counts,
    ...(row.ended_at === null ? {} : { ended_at: row.ended_at }),
    ...(row.total === null ? {} : { total: row.total }),
  }
}

/** Starts a run; every file that it brings is counted in it. Returns its id. */
export const beginRun = (
  db: WritableDb,
  run: { readonly way: IntakeWay; readonly by: string; readonly now: number; readonly total?: number | undefined },
): string => {
  const id = crypto.randomUUID()
  for (const { id: old } of db.all<{ id: string }>(
    "SELECT id FROM intake_run WHERE started_at < ? AND state <> 'running' LIMIT 50",
    run.now - keptFor,
  )) {
    db.run('DELETE FROM intake_item WHERE run_id = ?', old)
    db.run('DELETE FROM intake_run WHERE id = ?', old)
  }
  db.run(
    "INSERT INTO intake_run (id, way, state, started_at, by, total) VALUES (?, ?, 'running', ?, ?, ?)",
    id,
    run.way,
    run.now,
    run.by,
    run.total ?? null,
  )
  return id
}

/** Goes on with a run that was stopped or interrupted. @throws IpcError E_NOT_FOUND, also while it runs */
export const resumeRun = (db: WritableDb, id: string): void => {
  const { changes } = db.run(
    `UPDATE intake_run SET state = 'running', ended_at = NULL,
       resumed_after = (SELECT coalesce(max(seq), 0) FROM intake_item WHERE run_id = intake_run.id)
     WHERE id = ? AND state <> 'running'`,
    id,
  )
  if (changes === 0) throw new IpcError('E_NOT_FOUND', 'there is no such run')
}

export const endRun = (db: WritableDb, id: string, state: 'done' | 'stopped', now: number): void => {
  const { changes } = db.run(
    "UPDATE intake_run SET state = ?, ended_at = ? WHERE id = ? AND state = 'running'",
    state,
    now,
    id,
  )
  // Only a run that may go on has to know its files again.
  if (changes > 0 && state === 'done') db.run('UPDATE intake_item SET mark = NULL WHERE run_id = ?', id)
}

/** Runs of a program that ended before them; called when an account is opened. */
export const markInterrupted = (db: WritableDb, now: number): void => {
  db.run("UPDATE intake_run SET state = 'interrupted', ended_at = ? WHERE state = 'running'", now)
}

export const isRunning = (db: ReadableDb, id: string): boolean =>
  db.get("SELECT 1 FROM intake_run WHERE id = ? AND state = 'running'", id) !== undefined

/** Whether a run that goes on has had this file already. */
export const hadBefore = (db: ReadableDb, runId: string, bytes: Uint8Array): boolean =>
  db.get(
    `SELECT 1 FROM intake_run r JOIN intake_item i ON i.run_id = r.id
     WHERE r.id = ? AND i.mark = ? AND i.seq <= r.resumed_after`,
    runId,
    sha256(bytes),
  ) !== undefined

/** What is counted: an archive is not, what was in it is. */
type Counted = Exclude<Taken, { result: 'unpacked' }>

const reasonOf = (taken: Counted): { readonly reason?: string; readonly clause?: string } => {
  switch (taken.result) {
    case 'quarantined':
      return { reason: taken.reason }
    case 'refused':
      return { reason: taken.rule, clause: taken.clause }
    case 'asked':
      return { reason: taken.asks }
    case 'merged':
      return 'reason' in taken ? { reason: taken.reason } : {}
    case 'imported':
      return {}
  }
}

/** What is counted of a file. */
export type CountedFile = Pick<Arrival, 'runId' | 'way' | 'name'> & {
  readonly size: number
  readonly mark: string | null
}

/** Counts one file in its run, inside the transaction that takes it in. */
export const noteItem = (db: WritableDb, file: CountedFile, taken: Counted, now: number): void => {
  const { runId } = file
  if (runId === undefined) return
  const { reason, clause } = reasonOf(taken)
  db.run(
    `INSERT INTO intake_item (run_id, seq, at, way, extension, size, result, reason, clause, record_id, quarantine_id, dropped, mark)
     SELECT ?, coalesce(max(seq), 0) + 1, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ? FROM intake_item WHERE run_id = ?`,
    runId,
    now,
    file.way,
    extensionOf(file.name),
    file.size,
    taken.result,
    reason ?? null,
    clause ?? null,
    'recordId' in taken ? taken.recordId : null,
    'quarantineId' in taken ? taken.quarantineId : null,
    'dropped' in taken ? taken.dropped : 0,
    // Of whom nothing may stay, not even the hash of a file stays.
    taken.result === 'refused' ? null : file.mark,
    runId,
  )
  db.run(`UPDATE intake_run SET ${taken.result} = ${taken.result} + 1 WHERE id = ?`, runId)
}

export const listRuns = (db: ReadableDb, limit: number): IntakeRunView[] =>
  db.all<RunRow>('SELECT * FROM intake_run ORDER BY started_at DESC LIMIT ?', limit).map(runView)

/** @throws IpcError E_NOT_FOUND */
export const requireRun = (db: ReadableDb, id: string): IntakeRunView => {
  const row = db.get<RunRow>('SELECT * FROM intake_run WHERE id = ?', id)
  if (row === undefined) throw new IpcError('E_NOT_FOUND', 'there is no such run')
  return runView(row)
}

type ItemRow = Omit<IntakeItemView, 'label' | 'reason' | 'clause' | 'record_id' | 'quarantine_id'> & {
  readonly extension: string
  readonly reason: string | null
  readonly clause: string | null
  readonly record_id: string | null
  readonly quarantine_id: string | null
}

/** What a run did, file by file, from the newest; `before` is the number that the last page ended with. */
export const listItems = (db: ReadableDb, runId: string, limit: number, before?: number): IntakeItemView[] =>
  db
    .all<ItemRow>(
      `SELECT seq, at, way, extension, size, result, reason, clause, record_id, quarantine_id, dropped FROM intake_item
       WHERE run_id = ? AND seq < ? ORDER BY seq DESC LIMIT ?`,
      runId,
      before ?? Number.MAX_SAFE_INTEGER,
      limit,
    )
    .map(({ extension, reason, clause, record_id: record, quarantine_id: aside, ...row }) => ({
      ...row,
      label: extension === '' ? '?' : extension,
      ...(reason === null ? {} : { reason }),
      ...(clause === null ? {} : { clause }),
      ...(record === null ? {} : { record_id: record as RecordId }),
      ...(aside === null ? {} : { quarantine_id: aside }),
    }))
