import { IpcError } from '../../shared/ipc/ipc-error.ts'
import type { InterviewDraft, InterviewKind, InterviewState } from '../../shared/domain/interviews.ts'
import type { LifeState, Stage } from '../../shared/domain/vocabulary.ts'
import { aad, fromSealable, toSealable } from '../keys/sealed-columns.ts'
import type { Keystore } from '../keys/keystore-port.ts'
import type { ReadableDb, WritableDb } from '../store/database.ts'

export type InterviewRow = {
  readonly id: string
  readonly application_id: string
  readonly job_id: string
  readonly starts_at: number
  readonly minutes: number
  readonly kind: InterviewKind
  readonly state: InterviewState
  readonly sequence: number
  readonly remind_minutes: number | null
  readonly created_at: number
  readonly by: string
  readonly sealed: Uint8Array
  readonly record_id: string
  readonly number: number
  readonly platform: string
  readonly platform_id: string
  readonly life: LifeState
  readonly stage: Stage
  readonly key_slot: string
  readonly job_title: string | null
}

/** Where, with whom, and words about it. */
export type InterviewWords = Pick<InterviewDraft, 'place' | 'link' | 'interviewers' | 'words'>

/** What an undo puts back. */
export type Before = InterviewWords & Pick<InterviewRow, 'starts_at' | 'minutes' | 'kind' | 'state' | 'remind_minutes'>

/** What lies sealed in `interview.sealed`, under the application's key. */
type Sealed = InterviewWords & { readonly before: Before | null }

const select = `
  SELECT i.*, a.record_id, a.key_slot, a.stage, c.rowid AS number, c.platform, c.platform_id, c.life, j.title AS job_title
  FROM interview i JOIN application a ON a.id = i.application_id JOIN candidate c ON c.record_id = a.record_id
  LEFT JOIN job j ON j.id = i.job_id`

/** @throws IpcError E_NOT_FOUND */
export const requireInterview = (db: ReadableDb, id: string): InterviewRow => {
  const row = db.get<InterviewRow>(`${select} WHERE i.id = ?`, id)
  if (row === undefined) throw new IpcError('E_NOT_FOUND', 'there is no such interview (any more)')
  return row
}

/** More than a calendar of a month holds; nobody reads further. */
const most = 500

export const listBetween = (db: ReadableDb, from: number, until: number): InterviewRow[] =>
  db.all<InterviewRow>(
    `${select} WHERE i.starts_at >= ? AND i.starts_at < ? ORDER BY i.starts_at, i.id LIMIT ${most}`,
    from,
    until,
  )

export const listOfRecord = (db: ReadableDb, recordId: string): InterviewRow[] =>
  db.all<InterviewRow>(`${select} WHERE a.record_id = ? ORDER BY i.starts_at, i.id LIMIT ${most}`, recordId)

/** Longer than any interview may be, so that the index on the start finds every one that reaches into a time. */
const longest = 600 * 60_000

/** Planned ones that share a moment with `[from, until)`. */
export const listOverlapping = (db: ReadableDb, from: number, until: number): InterviewRow[] =>
  db.all<InterviewRow>(
    `${select} WHERE i.state = 'planned' AND i.starts_at < ? AND i.starts_at > ? AND i.starts_at + i.minutes * 60000 > ?
     ORDER BY i.starts_at, i.id`,
    until,
    from - longest,
    from,
  )

/** @throws IpcError E_NOT_FOUND when the application's key is gone, E_DAMAGED */
export const openWords = (keystore: Keystore, row: InterviewRow): Sealed =>
  fromSealable(keystore.open(row.key_slot, aad('interview', 'sealed', row.id), row.sealed)) as Sealed

const seal = (keystore: Keystore, slot: string, id: string, words: Sealed): Uint8Array =>
  keystore.seal(slot, aad('interview', 'sealed', id), toSealable(words))

const wordsOf = ({ place, link, interviewers, words }: InterviewWords): InterviewWords => ({
  place,
  link,
  interviewers,
  words,
})

export type NewInterview = InterviewDraft & {
  readonly id: string
  readonly application_id: string
  readonly job_id: string
  readonly key_slot: string
  readonly by: string
  readonly at: number
}

export const insertInterview = (db: WritableDb, keystore: Keystore, draft: NewInterview): void => {
  db.run(
    `INSERT INTO interview (id, application_id, job_id, starts_at, minutes, kind, state, remind_minutes, created_at, by, sealed)
     VALUES (?, ?, ?, ?, ?, ?, 'planned', ?, ?, ?, ?)`,
    draft.id,
    draft.application_id,
    draft.job_id,
    draft.starts_at,
    draft.minutes,
    draft.kind,
    draft.remind_minutes,
    draft.at,
    draft.by,
    seal(keystore, draft.key_slot, draft.id, { ...wordsOf(draft), before: null }),
  )
}

const put = (db: WritableDb, keystore: Keystore, row: InterviewRow, next: Before, before: Before | null): number => {
  const sequence = row.sequence + 1
  const moved = next.starts_at !== row.starts_at || next.remind_minutes !== row.remind_minutes
  db.run(
    `UPDATE interview SET starts_at = ?, minutes = ?, kind = ?, state = ?, remind_minutes = ?, sequence = ?,
       reminded_at = iif(?, NULL, reminded_at), sealed = ? WHERE id = ?`,
    next.starts_at,
    next.minutes,
    next.kind,
    next.state,
    next.remind_minutes,
    sequence,
    moved ? 1 : 0,
    seal(keystore, row.key_slot, row.id, { ...wordsOf(next), before }),
    row.id,
  )
  return sequence
}

/** Changes what is named, keeps what it was for an undo, and answers the new sequence. */
export const updateInterview = (
  db: WritableDb,
  keystore: Keystore,
  row: InterviewRow,
  change: Partial<Before>,
): number => {
  const { starts_at, minutes, kind, state, remind_minutes } = row
  const before = {
    ...wordsOf(openWords(keystore, row)),
    starts_at,
    minutes,
    kind,
    state,
    remind_minutes,
  }
  return put(db, keystore, row, { ...before, ...change }, before)
}

/** Puts the last change back; false where there is none to put back, and the interview is new. */
export const revertInterview = (db: WritableDb, keystore: Keystore, row: InterviewRow): boolean => {
  const { before } = openWords(keystore, row)
  if (before === null) return false
  put(db, keystore, row, before, null)
  return true
}

export const destroyInterview = (db: WritableDb, id: string): void =>
  void db.run('DELETE FROM interview WHERE id = ?', id)
