import type { KeyObject } from 'node:crypto'
import {
  mailboxRun,
  mailboxSecret,
  mailboxSettings,
  type MailboxRun,
  type MailboxSecret,
  type MailboxSettings,
} from '../../shared/domain/mailbox.ts'
import { IpcError } from '../../shared/ipc/ipc-error.ts'
import { openBox, sealBox } from '../keys/sealed-box.ts'
import { aad, fromSealable, toSealable } from '../keys/sealed-columns.ts'
import type { ReadableDb, WritableDb } from '../store/database.ts'

type Row = {
  readonly id: string
  readonly switched_on: number
  readonly settings: string
  readonly secret: Uint8Array | null
  readonly last_run: string | null
}

export type Mailbox = {
  readonly id: string
  readonly on: boolean
  readonly settings: MailboxSettings
  readonly sealedSecret: Uint8Array | null
  readonly lastRun: MailboxRun | undefined
}

const columns = 'id, switched_on, settings, secret, last_run'

const mailboxOf = (row: Row): Mailbox => {
  const run = row.last_run === null ? undefined : mailboxRun.safeParse(JSON.parse(row.last_run)).data
  return {
    id: row.id,
    on: row.switched_on === 1,
    settings: mailboxSettings.parse(JSON.parse(row.settings)),
    sealedSecret: row.secret,
    lastRun: run,
  }
}

/** Those that were not removed, oldest first. */
export const listMailboxes = (db: ReadableDb): Mailbox[] =>
  db.all<Row>(`SELECT ${columns} FROM mailbox WHERE removed_at IS NULL ORDER BY at, id`).map(mailboxOf)

export const getMailbox = (db: ReadableDb, id: string): Mailbox | undefined => {
  const row = db.get<Row>(`SELECT ${columns} FROM mailbox WHERE id = ? AND removed_at IS NULL`, id)
  return row === undefined ? undefined : mailboxOf(row)
}

/** @throws IpcError E_NOT_FOUND */
export const requireMailbox = (db: ReadableDb, id: string): Mailbox => {
  const found = getMailbox(db, id)
  if (found === undefined) throw new IpcError('E_NOT_FOUND', 'there is no such mailbox (any more)')
  return found
}

const secretName = (id: string): string => aad('mailbox', 'secret', id)

export const sealSecret = (key: KeyObject, id: string, secret: MailboxSecret): Uint8Array =>
  sealBox(key, secretName(id), toSealable(secret))

/** @throws IpcError E_DAMAGED */
export const openSecret = (key: KeyObject, { id, sealedSecret }: Mailbox): MailboxSecret =>
  sealedSecret === null ? {} : mailboxSecret.parse(fromSealable(openBox(key, secretName(id), sealedSecret)))

export const insertMailbox = (
  db: WritableDb,
  row: {
    readonly id: string
    readonly at: number
    readonly by: string
    readonly on: boolean
    readonly settings: MailboxSettings
    readonly secret: Uint8Array
  },
): void => {
  db.run(
    'INSERT INTO mailbox (id, at, by, switched_on, settings, secret) VALUES (?, ?, ?, ?, ?, ?)',
    row.id,
    row.at,
    row.by,
    row.on ? 1 : 0,
    JSON.stringify(row.settings),
    row.secret,
  )
}

export const updateMailbox = (
  db: WritableDb,
  id: string,
  change: { readonly on?: boolean; readonly settings?: MailboxSettings; readonly secret?: Uint8Array | null },
): void => {
  if (change.on !== undefined) db.run('UPDATE mailbox SET switched_on = ? WHERE id = ?', change.on ? 1 : 0, id)
  if (change.settings !== undefined)
    db.run('UPDATE mailbox SET settings = ? WHERE id = ?', JSON.stringify(change.settings), id)
  if (change.secret !== undefined) db.run('UPDATE mailbox SET secret = ? WHERE id = ?', change.secret, id)
}

export const setLastRun = (db: WritableDb, id: string, run: MailboxRun): void => {
  db.run('UPDATE mailbox SET last_run = ? WHERE id = ?', JSON.stringify(run), id)
}

/** The password goes at once; the row stays as long as somebody's mail is known to lie there. */
export const removeMailbox = (db: WritableDb, id: string, now: number): void => {
  db.run('UPDATE mailbox SET removed_at = ?, switched_on = 0, secret = NULL, last_run = NULL WHERE id = ?', now, id)
  db.run('DELETE FROM mailbox_folder WHERE mailbox_id = ?', id)
  // What nobody is behind is forgotten; what was to be done there cannot be done any more.
  db.run("DELETE FROM mail_copy WHERE mailbox_id = ? AND result IN ('waiting', 'aside')", id)
  db.run("UPDATE mail_copy SET state = 'kept' WHERE mailbox_id = ? AND state IN ('to_move', 'to_delete')", id)
  db.run('DELETE FROM mailbox WHERE id = ? AND NOT EXISTS (SELECT 1 FROM mail_copy WHERE mailbox_id = mailbox.id)', id)
}

export type FolderCursor = {
  readonly uidValidity: string
  readonly nextUid: number
  readonly failedUid: number | null
  readonly failures: number
}

export const getCursor = (db: ReadableDb, mailboxId: string, path: string): FolderCursor | undefined => {
  const row = db.get<{ uid_validity: string; next_uid: number; failed_uid: number | null; failures: number }>(
    'SELECT uid_validity, next_uid, failed_uid, failures FROM mailbox_folder WHERE mailbox_id = ? AND path = ?',
    mailboxId,
    path,
  )
  return row === undefined
    ? undefined
    : { uidValidity: row.uid_validity, nextUid: row.next_uid, failedUid: row.failed_uid, failures: row.failures }
}

/** In the transaction of what was done with the mails before it. */
export const setCursor = (
  db: WritableDb,
  mailboxId: string,
  path: string,
  uidValidity: string,
  nextUid: number,
): void => {
  db.run(
    `INSERT INTO mailbox_folder (mailbox_id, path, uid_validity, next_uid) VALUES (?, ?, ?, ?)
     ON CONFLICT (mailbox_id, path) DO UPDATE SET uid_validity = excluded.uid_validity, next_uid = excluded.next_uid,
       failed_uid = NULL, failures = 0`,
    mailboxId,
    path,
    uidValidity,
    nextUid,
  )
}

/** Notes that the connection broke at a mail; how often it has now. */
export const noteFailure = (db: WritableDb, mailboxId: string, path: string, uid: number): number => {
  db.run(
    `UPDATE mailbox_folder SET failures = iif(failed_uid = ?, failures, 0) + 1, failed_uid = ?
     WHERE mailbox_id = ? AND path = ?`,
    uid,
    uid,
    mailboxId,
    path,
  )
  return getCursor(db, mailboxId, path)?.failures ?? 0
}
