import { createHash } from 'node:crypto'
import { clocksOf, dueDate, type ApplicationFacts, type Clock, type Due } from '../../shared/retention/due-date.ts'
import type { Decision, JobStatus, Platform, RetentionReason } from '../../shared/domain/vocabulary.ts'
import type { ReadableDb, WritableDb } from '../store/database.ts'
import type { Profiles } from '../policy/profile/profile-set.ts'

type FactsRow = {
  readonly id: string
  readonly record_id: string
  readonly platform: Platform
  readonly policy_revision: string | null
  readonly at: number
  readonly decision: Decision | null
  readonly decided_at: number | null
  readonly status: JobStatus | null
  readonly status_at: number | null
  readonly last_activity_at: number | null
  readonly lock_reason: RetentionReason | null
  readonly locked_at: number | null
}

const factsSql = `
  SELECT a.id, a.record_id, c.platform, c.policy_revision, a.at, a.decision, a.decided_at, j.status, j.status_at, j.last_activity_at,
         c.lock_reason, c.locked_at
  FROM application a
  JOIN candidate c ON c.record_id = a.record_id
  LEFT JOIN job j ON j.id = a.job_id`

const factsOf = (row: FactsRow): ApplicationFacts => ({
  decision: row.decision,
  decidedAt: row.decided_at,
  job:
    row.status === null || row.status_at === null || row.last_activity_at === null
      ? null
      : { status: row.status, statusAt: row.status_at, lastActivityAt: row.last_activity_at },
  at: row.at,
  // A hire locks the person too, yet ends only its own application (D5).
  personEnd:
    row.lock_reason === null || row.locked_at === null || row.lock_reason === 'hired'
      ? null
      : { reason: row.lock_reason, at: row.locked_at },
})

const endOf = (profiles: Profiles, row: FactsRow): Due =>
  dueDate(factsOf(row), profiles.forRecord(row).document.retention, profiles.calendar)

const store = (db: WritableDb, profiles: Profiles, row: FactsRow): void => {
  const due = endOf(profiles, row)
  const { changes } = db.run(
    `UPDATE application SET due_at = ?, due_reason = ?, due_clause = ?
     WHERE id = ? AND (due_at IS NOT ? OR due_reason IS NOT ? OR due_clause IS NOT ?)`,
    due.at,
    due.reason,
    due.clause,
    row.id,
    due.at,
    due.reason,
    due.clause,
  )
  if (changes > 0) db.run('UPDATE candidate SET version = version + 1 WHERE record_id = ?', row.record_id)
}

/**
 * Whether an application has really come to its end. A job that somebody worked on since moves the ends of all its
 * applications; that is written down later, and nothing may be destroyed early because of it.
 */
export const hasEnded = (db: ReadableDb, profiles: Profiles, applicationId: string, now: number): boolean => {
  const row = db.get<FactsRow>(`${factsSql} WHERE a.id = ?`, applicationId)
  return row !== undefined && endOf(profiles, row).at <= now
}

/** Every clock of an application, the one that decides first. */
export const listClocks = (db: ReadableDb, profiles: Profiles, applicationId: string): Clock[] => {
  const row = db.get<FactsRow>(`${factsSql} WHERE a.id = ?`, applicationId)
  return row === undefined ? [] : clocksOf(factsOf(row), profiles.forRecord(row).document.retention, profiles.calendar)
}

/** Brings the clocks of these applications up to date, inside the caller's transaction. */
export const recomputeDue = (db: WritableDb, profiles: Profiles, applicationIds: readonly string[]): void => {
  for (const id of applicationIds) {
    const row = db.get<FactsRow>(`${factsSql} WHERE a.id = ?`, id)
    if (row !== undefined) store(db, profiles, row)
  }
}

/** The same for every application of a job, after its status or its last activity changed. */
export const recomputeDueOfJob = (db: WritableDb, profiles: Profiles, jobId: string): number => {
  const rows = db.all<FactsRow>(`${factsSql} WHERE a.job_id = ?`, jobId)
  for (const row of rows) store(db, profiles, row)
  return rows.length
}

/** The same for every application of a person, after what concerns the person changed. */
export const recomputeDueOfRecord = (db: WritableDb, profiles: Profiles, recordId: string): void => {
  for (const row of db.all<FactsRow>(`${factsSql} WHERE a.record_id = ?`, recordId)) store(db, profiles, row)
}

/**
 * Counts every clock anew when the numbers or the working days have changed since the last time: a profile that was tightened applies to what is
 * here already, from the first start with it.
 */
export const refreshDeadlines = (db: WritableDb, profiles: Profiles): void => {
  const retention = [...profiles.values()].map(({ id, document }) => [id, document.retention])
  const numbers = JSON.stringify([...retention, profiles.calendar.revision])
  const known = db.get<{ value: string }>("SELECT value FROM sync_state WHERE key = 'deadlines'")?.value
  const wanted = createHash('sha256').update(numbers).digest('hex')
  if (known === wanted) return
  db.transaction(() => {
    for (const row of db.all<FactsRow>(factsSql)) store(db, profiles, row)
    db.run(
      `INSERT INTO sync_state (key, value) VALUES ('deadlines', ?)
       ON CONFLICT (key) DO UPDATE SET value = excluded.value`,
      wanted,
    )
  })
}
