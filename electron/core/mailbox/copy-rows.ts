import type { ApplicationId, RecordId } from '../../shared/domain/ids.ts'
import type { MailAside, MailCopy } from '../../shared/domain/mailbox.ts'
import type { ReadableDb, WritableDb } from '../store/database.ts'

/** Where one mail lies. */
export type MailPlace = {
  readonly mailboxId: string
  readonly folder: string
  readonly uidValidity: string
  readonly uid: number
}

export type CopyResult = 'imported' | 'merged' | 'quarantined' | 'asked' | 'refused' | 'waiting' | 'aside'
export type CopyState = 'kept' | 'to_move' | 'moved' | 'to_delete' | 'deleted' | 'gone'

export type CopyRow = {
  readonly id: string
  readonly mailbox_id: string
  readonly folder: string
  readonly uid_validity: string
  readonly uid: number | null
  readonly mail_at: number | null
  readonly size: number
  readonly mail_key: string | null
  readonly message_hash: string | null
  readonly result: CopyResult
  readonly reason: string | null
  readonly attempts: number
  readonly record_id: string | null
  readonly application_id: string | null
  readonly quarantine_id: string | null
  readonly state: CopyState
  readonly problem: string | null
  readonly person_gone_at: number | null
}

const columns = `id, mailbox_id, folder, uid_validity, uid, mail_at, size, mail_key, message_hash, result, reason, attempts,
  record_id, application_id, quarantine_id, state, problem, person_gone_at`

/** States in which the mail still lies somewhere. */
const lies = "state IN ('kept', 'to_move', 'moved', 'to_delete')"

export const getCopy = (db: ReadableDb, id: string): CopyRow | undefined =>
  db.get<CopyRow>(`SELECT ${columns} FROM mail_copy WHERE id = ?`, id)

/** What is known of a mail, wherever it lay: who came of it first, then whoever came of it at all. */
export const findByKey = (db: ReadableDb, key: string): CopyRow[] =>
  db.all<CopyRow>(`SELECT ${columns} FROM mail_copy WHERE mail_key = ? ORDER BY at, id`, key)

export const findAtPlace = (db: ReadableDb, { mailboxId, folder, uidValidity, uid }: MailPlace): CopyRow | undefined =>
  db.get<CopyRow>(
    `SELECT ${columns} FROM mail_copy WHERE mailbox_id = ? AND folder = ? AND uid = ? AND uid_validity = ?`,
    mailboxId,
    folder,
    uid,
    uidValidity,
  )

/** Mails of a folder that shall be tried again. */
export const listWaiting = (db: ReadableDb, mailboxId: string, folder: string, uidValidity: string): CopyRow[] =>
  db.all<CopyRow>(
    `SELECT ${columns} FROM mail_copy WHERE mailbox_id = ? AND folder = ? AND result = 'waiting' AND uid_validity = ?
     ORDER BY uid`,
    mailboxId,
    folder,
    uidValidity,
  )

/** Copies with which something is still to be done on the server. */
export const listOpen = (db: ReadableDb, mailboxId: string): CopyRow[] =>
  db.all<CopyRow>(
    `SELECT ${columns} FROM mail_copy WHERE mailbox_id = ? AND state IN ('to_move', 'to_delete') AND problem IS NULL
     ORDER BY folder, uid`,
    mailboxId,
  )

export type NewCopy = Omit<CopyRow, 'attempts' | 'problem' | 'person_gone_at'> & {
  readonly at: number
  readonly attempts?: number
  readonly person_gone_at?: number | null
}

export const insertCopy = (db: WritableDb, row: NewCopy): void => {
  db.run(
    `INSERT INTO mail_copy (id, mailbox_id, folder, uid_validity, uid, mail_at, size, mail_key, message_hash, result, reason,
       attempts, at, record_id, application_id, quarantine_id, state, person_gone_at)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    row.id,
    row.mailbox_id,
    row.folder,
    row.uid_validity,
    row.uid,
    row.mail_at,
    row.size,
    row.mail_key,
    row.message_hash,
    row.result,
    row.reason,
    row.attempts ?? 0,
    row.at,
    row.record_id,
    row.application_id,
    row.quarantine_id,
    row.state,
    row.person_gone_at ?? null,
  )
}

/** Takes over what an earlier transaction knew of the same mail at another number of the same folder. */
export const moveCopy = (
  db: WritableDb,
  id: string,
  place: Pick<MailPlace, 'folder' | 'uidValidity'>,
  uid: number | null,
) => {
  db.run(
    'UPDATE mail_copy SET folder = ?, uid_validity = ?, uid = ? WHERE id = ?',
    place.folder,
    place.uidValidity,
    uid,
    id,
  )
}

/** A copy that lies nowhere any more keeps its row: this mail was here and never comes in again (D11). */
export const setCopyState = (db: WritableDb, id: string, state: CopyState, problem: string | null = null): void => {
  db.run('UPDATE mail_copy SET state = ?, problem = ? WHERE id = ?', state, problem, id)
}

export const deleteCopy = (db: WritableDb, id: string): void => {
  db.run('DELETE FROM mail_copy WHERE id = ?', id)
}

/** Mails of a record that lie in a mailbox. */
export const countCopies = (db: ReadableDb, recordId: string): number =>
  db.get<{ n: number }>(`SELECT count(*) AS n FROM mail_copy WHERE record_id = ? AND ${lies}`, recordId)?.n ?? 0

/** Whether a mailbox is, or ever was, read here. */
export const hasMailbox = (db: ReadableDb): boolean => db.get('SELECT 1 FROM mailbox LIMIT 1') !== undefined

type Named = CopyRow & { readonly settings: string; readonly at: number }
const withBox = columns.replaceAll(/\b([a-z_]+)\b/g, 'c.$1')
const boxOf = (settings: string): string => (JSON.parse(settings) as { readonly user: string }).user
const placeOf = (row: Named) => ({
  id: row.id,
  mailbox_id: row.mailbox_id,
  mailbox: boxOf(row.settings),
  folder: row.folder,
  size: row.size,
  ...(row.uid === null ? {} : { uid: row.uid }),
  ...(row.mail_at === null ? {} : { mail_at: row.mail_at }),
})

/** Copies of one record, or those of people who were destroyed. */
export const listCopies = (db: ReadableDb, recordId: string | undefined): MailCopy[] => {
  const of = recordId === undefined ? 'c.person_gone_at IS NOT NULL' : 'c.record_id = ?'
  return db
    .all<Named>(
      `SELECT ${withBox}, c.at, m.settings FROM mail_copy c JOIN mailbox m ON m.id = c.mailbox_id
       WHERE ${of} AND c.${lies} ORDER BY c.mail_at DESC, c.id LIMIT 1000`,
      ...(recordId === undefined ? [] : [recordId]),
    )
    .map((row) => ({
      ...placeOf(row),
      state: row.state as MailCopy['state'],
      ...(row.record_id === null ? {} : { record_id: row.record_id as RecordId }),
      ...(row.application_id === null ? {} : { application_id: row.application_id as ApplicationId }),
      ...(row.person_gone_at === null ? {} : { person_gone_at: row.person_gone_at }),
      ...(row.problem === null ? {} : { problem: row.problem as NonNullable<MailCopy['problem']> }),
    }))
}

export const listAside = (db: ReadableDb): MailAside[] =>
  db
    .all<Named>(
      `SELECT ${withBox}, c.at, m.settings FROM mailbox m JOIN mail_copy c ON c.mailbox_id = m.id
       WHERE c.result = 'aside' ORDER BY c.at DESC LIMIT 1000`,
    )
    .map((row) => ({ ...placeOf(row), reason: row.reason === 'too_large' ? 'too_large' : 'unreadable', at: row.at }))

const month12 = 365 * 86_400_000

/** Twelve months after a destruction nothing of a mail that lies nowhere is remembered (D11). */
export const forgetOld = (db: WritableDb, now: number): void => {
  db.run("DELETE FROM mail_copy WHERE person_gone_at < ? AND state IN ('deleted', 'gone')", now - month12)
}
