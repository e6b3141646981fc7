import type { BackgroundScope, BackgroundState, BackgroundView } from '../../shared/domain/match-views.ts'
import { IpcError } from '../../shared/ipc/ipc-error.ts'
import type { ReadableDb, WritableDb } from '../store/database.ts'

export type BackgroundRow = {
  readonly id: string
  readonly application_id: string
  readonly state: BackgroundState
  readonly asked_at: number
  readonly answered_at: number | null
  readonly answered_by: 'platform' | 'colleague' | null
  readonly consent_until: number | null
  readonly provider: string
  readonly scope: string
  readonly reported_at: number | null
  readonly destroy_at: number | null
  readonly by: string
}

const columns = `id, application_id, state, asked_at, answered_at, answered_by, consent_until, provider, scope, reported_at,
  destroy_at, by`

/** Newest first. */
export const listChecks = (db: ReadableDb, applicationId: string): BackgroundRow[] =>
  db.all<BackgroundRow>(
    `SELECT ${columns} FROM background_check WHERE application_id = ? ORDER BY asked_at DESC, rowid DESC`,
    applicationId,
  )

/** @throws IpcError E_NOT_FOUND */
export const requireCheck = (
  db: ReadableDb,
  id: string,
): BackgroundRow & { readonly record_id: string; readonly job_id: string; readonly key_slot: string } => {
  const row = db.get<BackgroundRow & { record_id: string; job_id: string; key_slot: string }>(
    `SELECT ${columns.replaceAll(/\b(\w+)\b/g, 'b.$1')}, a.record_id, a.job_id, a.key_slot
     FROM background_check b JOIN application a ON a.id = b.application_id WHERE b.id = ?`,
    id,
  )
  if (row === undefined) throw new IpcError('E_NOT_FOUND', 'there is no such check (any more)')
  return row
}

/** What a check is now, whoever has not looked at it since its consent or its report ended. */
export const stateNow = (row: BackgroundRow, now: number): BackgroundState => {
  if (row.state !== 'consented' && row.state !== 'reported') return row.state
  if (row.consent_until !== null && row.consent_until <= now) return 'withdrawn'
  return row.state === 'reported' && row.destroy_at !== null && row.destroy_at <= now ? 'destroyed' : row.state
}

/** The one question that the stage and the section ask (ZP-57): may anything be checked for this application? */
export const hasConsented = (db: ReadableDb, applicationId: string, now: number): boolean =>
  listChecks(db, applicationId).some((row) => ['consented', 'reported'].includes(stateNow(row, now)))

export const viewOf = (row: BackgroundRow, now: number): BackgroundView => {
  const state = stateNow(row, now)
  return {
    id: row.id,
    state,
    provider: row.provider,
    scope: JSON.parse(row.scope) as BackgroundScope[],
    asked_at: row.asked_at,
    ...(row.answered_at === null ? {} : { answered_at: row.answered_at }),
    ...(row.answered_by === null ? {} : { answered_by: row.answered_by }),
    ...(row.reported_at === null ? {} : { reported_at: row.reported_at }),
    ...(row.destroy_at === null ? {} : { destroy_at: row.destroy_at }),
    by: row.by,
  }
}

type Answer = {
  readonly granted: boolean
  readonly at: number
  readonly until: number | null
  /** The only job that it is of; null = every one. */
  readonly job: string | null
}

/**
 * What the person told the platform, taken up by the checks that wait for it. A withdrawal closes what was open at once; the
 * report itself goes with the next look at what is due.
 */
export const takeUpAnswer = (db: WritableDb, recordId: string, { granted, at, until, job }: Answer): void => {
  const mine = 'application_id IN (SELECT id FROM application WHERE record_id = ? AND (? IS NULL OR job_id = ?))'
  db.run(
    `UPDATE background_check SET state = ?, answered_at = ?, answered_by = 'platform', consent_until = ?
     WHERE state = 'asked' AND ${mine}`,
    granted ? 'consented' : 'refused',
    at,
    until,
    recordId,
    job,
    job,
  )
  if (granted) return
  db.run(
    `UPDATE background_check SET state = 'withdrawn', answered_at = ?, answered_by = 'platform'
     WHERE state IN ('consented', 'reported') AND ${mine}`,
    at,
    recordId,
    job,
    job,
  )
}
