import type { EntryDraft } from '../../shared/domain/ledger-entry.ts'
import type { z } from 'zod'
import type { orderedReason, Platform, RetentionReason } from '../../shared/domain/vocabulary.ts'
import type { Profiles } from '../policy/profile/profile-set.ts'
import { requireProfile } from '../policy/profile/require-profile.ts'
import type { ReadableDb, WritableDb } from '../store/database.ts'
import { hasMembership } from '../pool/pool-rows.ts'
import { listOthers } from './destruction-rows.ts'

export type DueApplication = {
  readonly id: string
  readonly record_id: string
  readonly platform: Platform
  readonly platform_id: string
  readonly job_id: string
  readonly key_slot: string
  readonly record_slot: string
  readonly due_at: number | null
  readonly due_reason: RetentionReason | null
  readonly due_clause: string | null
}

const select = `
  SELECT a.id, a.record_id, a.job_id, a.key_slot, a.due_at, a.due_reason, a.due_clause, c.platform, c.platform_id,
         c.key_slot AS record_slot
  FROM application a JOIN candidate c ON c.record_id = a.record_id`

/** A destruction that already runs for this application; a second intent would only repeat it. */
const notYet = 'NOT EXISTS (SELECT 1 FROM destruction_part p WHERE p.application_id = a.id)'

/** Applications whose time is up and that no legal hold keeps (QY-36). */
export const listDue = (db: ReadableDb, now: number, limit: number): DueApplication[] =>
  db.all<DueApplication>(
    `${select} WHERE a.due_at <= ? AND (a.held_until IS NULL OR a.held_until <= ?) AND ${notYet}
     ORDER BY a.due_at, a.id LIMIT ?`,
    now,
    now,
    limit,
  )

/** The named applications, without those that a legal hold keeps or that are on their way already. */
export const listChosen = (db: ReadableDb, ids: readonly string[], now: number): DueApplication[] =>
  ids.flatMap((id) => {
    const row = db.get<DueApplication>(
      `${select} WHERE a.id = ? AND (a.held_until IS NULL OR a.held_until <= ?) AND ${notYet}`,
      id,
      now,
    )
    return row === undefined ? [] : [row]
  })

/** What goes together: one person's applications, with the key of the record when nothing of the person is left by then. */
export type PlannedDestruction = {
  readonly recordId: string
  readonly recordSlot: string | null
  readonly rows: readonly DueApplication[]
}

export const planDestructions = (db: ReadableDb, applications: readonly DueApplication[]): PlannedDestruction[] =>
  [...Map.groupBy(applications, (row) => row.record_id)].map(([recordId, rows]) => {
    const others = listOthers(db, recordId).filter((other) => !rows.some((row) => row.id === other.application_id))
    const kept = others.length > 0 || hasMembership(db, recordId)
    return { recordId, recordSlot: kept ? null : (rows[0]?.record_slot ?? null), rows }
  })

type Ground = { readonly reason: RetentionReason; readonly clause: string }

/** The ground that an order has for the people of a platform. */
export type GroundOf = (platform: Platform) => Ground

/** Why somebody orders a destruction before its time. */
export type OrderedReason = z.infer<typeof orderedReason>

/** The ground of an order for people of one platform. */
export const orderedGround = (profiles: Profiles, platform: Platform, ordered: OrderedReason = 'requested'): Ground =>
  ordered === 'requested'
    ? onRequest
    : { reason: ordered, clause: requireProfile(profiles, platform).document.requests.deletion_clause }

const onRequest: Ground = { reason: 'requested', clause: 'ZP-84' }

/** An end that was only foreseen is no ground when somebody destroys before it: then it is that person's order (ZP-84). */
const groundOf = (row: DueApplication, now: number, order: GroundOf | undefined): Ground => {
  const { due_reason: reason, due_clause: clause } = row
  const foreseen = reason === null || clause === null || (reason === 'job_idle' && (row.due_at ?? 0) > now)
  if (order !== undefined) return order(row.platform)
  return foreseen ? onRequest : { reason, clause }
}

/**
 * Writes the intent to destroy these applications, inside the caller's transaction: one job a person. The candidate's own key
 * goes with the last application (`architecture.md`, "Destruction"). Returns the `destroy_begin` entries; the caller puts
 * them into the same transaction.
 *
 * @param order the ground that somebody gave for all of them; without it each has that of its own clock
 */
export const beginDestruction = (
  db: WritableDb,
  applications: readonly DueApplication[],
  now: number,
  newId: () => string,
  order?: GroundOf,
): EntryDraft[] =>
  planDestructions(db, applications).flatMap(({ recordId, recordSlot, rows }) => {
    const first = rows.reduce((a, b) => ((b.due_at ?? now) < (a.due_at ?? now) ? b : a))
    const { reason, clause } = groundOf(first, now, order)
    const jobId = newId()
    db.run(
      `INSERT INTO destruction_job (id, platform, platform_id, record_id, record_slot, reason, clause, due_at, state, started_at)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, 'intent', ?)`,
      jobId,
      first.platform,
      first.platform_id,
      recordId,
      recordSlot,
      reason,
      clause,
      first.due_at ?? now,
      now,
    )
    for (const row of rows) {
      db.run(
        'INSERT INTO destruction_part (job_id, application_id, key_slot) VALUES (?, ?, ?)',
        jobId,
        row.id,
        row.key_slot,
      )
    }
    return [
      {
        action: 'destroy_begin',
        outcome: 'done',
        subject: { platform: first.platform, id: first.platform_id },
        ...(rows.length === 1 ? { job: first.job_id } : {}),
        detail: `${reason} ${clause} due ${new Date(first.due_at ?? now).toISOString()}`,
      } satisfies EntryDraft,
    ]
  })
