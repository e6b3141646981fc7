import type {
  Channel,
  Decision,
  LegalBasis,
  LifeState,
  Platform,
  RetentionReason,
  Stage,
  Visibility,
} from '../../shared/domain/vocabulary.ts'
import type { AttachmentState } from '../../shared/domain/vocabulary.ts'
import { IpcError } from '../../shared/ipc/ipc-error.ts'
import type { ReadableDb } from '../store/database.ts'

/** What the candidate set, as the platform reports it; the JSON of `candidate.flags`. */
export type CandidateFlags = {
  readonly blocked?: boolean
  readonly allow_call?: boolean
  readonly insights_opt_out?: boolean
  readonly ai_refused?: boolean
  readonly do_not_contact?: boolean
  /** The person said so to somebody here, or came in again after having said so (MM-17); never the platform's word. */
  readonly no_contact_here?: boolean
  /** The person asked for its processing to be restricted, or relatives of a deceased person disagree; never the platform's word. */
  readonly restricted_here?: boolean
  readonly virtual_number?: boolean
  /** The platform says that its own model reworded the text, as the person wished (ZP-15). */
  readonly ai_polished?: boolean
  readonly guardian_consent?: boolean
  readonly self_supporting?: boolean
  readonly public_fields?: readonly string[]
}

export type CandidateRecord = {
  readonly record_id: string
  /** SQLite's own number: what a locked record is called instead of a name. */
  readonly number: number
  readonly platform: Platform
  readonly platform_id: string
  readonly origin: 'hub' | 'local'
  readonly life: LifeState
  readonly lock_reason: RetentionReason | null
  readonly visibility: Visibility
  readonly flags: string
  readonly age_confirmed_at: number | null
  readonly received_at: number
  readonly checked_at: number
  readonly key_slot: string
  readonly version: number
  /** The rules under which it came (ZP-01). */
  readonly policy_revision: string | null
}

export type ApplicationRecord = {
  readonly id: string
  readonly record_id: string
  readonly job_id: string
  readonly channel: Channel
  readonly evidence_at: number
  readonly stage: Stage
  readonly step: string | null
  readonly at: number
  readonly decision: Decision | null
  readonly attachment_state: AttachmentState
  readonly key_slot: string
  readonly due_at: number | null
  readonly due_reason: RetentionReason | null
  readonly due_clause: string | null
  readonly held_until: number | null
  readonly job_title: string | null
  readonly job_status: string | null
  /** JSON list of the job's own steps. */
  readonly job_steps: string | null
  readonly job_owner: string | null
  /** JSON list of account ids. */
  readonly job_members: string | null
  /** JSON list of the accounts that were asked to look at it. */
  readonly assignees: string | null
}

const candidateColumns = `record_id, rowid AS number, platform, platform_id, origin, life, lock_reason, visibility, flags,
  age_confirmed_at, received_at, checked_at, key_slot, version, policy_revision`

export const getCandidate = (db: ReadableDb, recordId: string): CandidateRecord | undefined =>
  db.get<CandidateRecord>(`SELECT ${candidateColumns} FROM candidate WHERE record_id = ?`, recordId)

/** @throws IpcError E_NOT_FOUND */
export const requireCandidate = (db: ReadableDb, recordId: string): CandidateRecord => {
  const row = getCandidate(db, recordId)
  if (row === undefined) throw new IpcError('E_NOT_FOUND', 'there is no such record (any more)')
  return row
}

/** The sealed half, read only when somebody opens the record or the index is made. */
export const requireSealed = (db: ReadableDb, recordId: string): Uint8Array => {
  const row = db.get<{ sealed: Uint8Array }>('SELECT sealed FROM candidate WHERE record_id = ?', recordId)
  if (row === undefined) throw new IpcError('E_NOT_FOUND', 'there is no such record (any more)')
  return row.sealed
}

/** Newest first. */
export const listApplications = (db: ReadableDb, recordId: string): ApplicationRecord[] =>
  db.all<ApplicationRecord>(
    `SELECT a.id, a.record_id, a.job_id, a.channel, a.evidence_at, a.stage, a.step, a.at, a.decision, a.attachment_state, a.key_slot,
            a.due_at, a.due_reason, a.due_clause, a.held_until, j.title AS job_title, j.status AS job_status, j.steps AS job_steps,
            j.owner_id AS job_owner, j.members AS job_members,
            (SELECT json_group_array(s.account) FROM assignment s WHERE s.application_id = a.id) AS assignees
     FROM application a LEFT JOIN job j ON j.id = a.job_id WHERE a.record_id = ? ORDER BY a.at DESC, a.id`,
    recordId,
  )

/** Another job that a record may be used for, and on what basis (ZP-08). */
export type PurposeRecord = {
  readonly job_id: string
  readonly legal_basis: LegalBasis
  readonly at: number
  readonly job_title: string | null
}

export const listPurposes = (db: ReadableDb, recordId: string): PurposeRecord[] =>
  db.all<PurposeRecord>(
    `SELECT p.job_id, p.legal_basis, p.at, j.title AS job_title FROM purpose p LEFT JOIN job j ON j.id = p.job_id
     WHERE p.record_id = ? AND (j.status IS NULL OR j.status IN ('open', 'paused')) ORDER BY p.at DESC`,
    recordId,
  )

/** Whether a consent of the person stands now; asked each time, so that one that ends or is withdrawn ends what it opened. */
export type Consented = (purpose: 'cross_border' | 'guardian' | 'purpose', scopes?: readonly string[]) => boolean

export const consentsOf =
  (db: ReadableDb, candidate: Pick<CandidateRecord, 'platform' | 'platform_id'>, now: number): Consented =>
  (purpose, scopes) =>
    db
      .all<{ scope: string | null }>(
        `SELECT scope FROM consent WHERE platform = ? AND platform_id = ? AND purpose = ? AND granted = 1
           AND (until IS NULL OR until > ?)`,
        candidate.platform,
        candidate.platform_id,
        purpose,
        now,
      )
      .some(({ scope }) => scopes === undefined || (scope !== null && scopes.includes(scope)))

/** When the insights of a person were fetched, if any are held (ZP-62). */
export const insightsAt = (db: ReadableDb, platformId: string): number | null =>
  db.get<{ at: number }>("SELECT at FROM aside_change WHERE type = 'insights' AND id = ?", platformId)?.at ?? null

export const flagsOf = (candidate: CandidateRecord): CandidateFlags => JSON.parse(candidate.flags) as CandidateFlags

export const lastSuccessAt = (db: ReadableDb): number | null => {
  const row = db.get<{ value: string }>("SELECT value FROM sync_state WHERE key = 'last_success_at'")
  return row === undefined ? null : Number(row.value)
}
