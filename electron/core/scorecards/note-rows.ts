import { createHash } from 'node:crypto'
import { IpcError } from '../../shared/ipc/ipc-error.ts'
import { aad } from '../keys/sealed-columns.ts'
import type { Keystore, SlotId } from '../keys/keystore-port.ts'
import type { ReadableDb, WritableDb } from '../store/database.ts'

export type NoteRow = {
  readonly id: string
  readonly record_id: string
  readonly application_id: string
  readonly at: number
  /** A name as it was known when it was written; the id counts where there is one. */
  readonly author: string
  readonly author_id: string | null
  readonly edited_at: number | null
  readonly sealed: Uint8Array
}

const columns = 'id, record_id, application_id, at, author, author_id, edited_at, sealed'

export const getNote = (db: ReadableDb, id: string): NoteRow | undefined =>
  db.get<NoteRow>(`SELECT ${columns} FROM note WHERE id = ?`, id)

/** @throws IpcError E_NOT_FOUND */
export const requireNote = (db: ReadableDb, id: string): NoteRow => {
  const row = getNote(db, id)
  if (row === undefined) throw new IpcError('E_NOT_FOUND', 'there is no such note (any more)')
  return row
}

/** Newest first. */
export const listNotes = (db: ReadableDb, applicationId: string): NoteRow[] =>
  db.all<NoteRow>(`SELECT ${columns} FROM note WHERE application_id = ? ORDER BY at DESC, id`, applicationId)

/** Written anew or over what is there; the mentions follow it. */
export const putNote = (db: WritableDb, row: NoteRow): void => {
  db.run(
    `INSERT INTO note (${columns}) VALUES (?, ?, ?, ?, ?, ?, ?, ?)
     ON CONFLICT (id) DO UPDATE SET edited_at = excluded.edited_at, sealed = excluded.sealed`,
    row.id,
    row.record_id,
    row.application_id,
    row.at,
    row.author,
    row.author_id,
    row.edited_at,
    row.sealed,
  )
}

export const removeNote = (db: WritableDb, id: string): void => {
  db.run('DELETE FROM mention WHERE note_id = ?', id)
  db.run('DELETE FROM note WHERE id = ?', id)
}

export const sealNote = (keystore: Keystore, slot: SlotId, id: string, text: string): Uint8Array =>
  keystore.seal(slot, aad('note', 'sealed', id), new TextEncoder().encode(text))

export const openNote = (keystore: Keystore, slot: SlotId, row: Pick<NoteRow, 'id' | 'sealed'>): string =>
  new TextDecoder().decode(keystore.open(slot, aad('note', 'sealed', row.id), row.sealed))

/**
 * The number of a note that is written now: the same one when a write that was tried before the hub took it is done again, and
 * nothing of its words. A UUID (RFC 9562, version 8) of the hash.
 */
export const noteIdOf = (applicationId: string, author: string, now: number): string => {
  const hash = createHash('sha256').update(`note\n${applicationId}\n${author}\n${now}`).digest()
  hash[6] = ((hash[6] ?? 0) & 0x0f) | 0x80
  hash[8] = ((hash[8] ?? 0) & 0x3f) | 0x80
  const hex = hash.toString('hex')
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20, 32)].join('-')
}

export type MentionRow = {
  readonly note_id: string
  readonly account: string
  readonly application_id: string
  readonly at: number
  readonly seen_at: number | null
}

export const listMentionsOf = (db: ReadableDb, noteId: string): MentionRow[] =>
  db.all<MentionRow>('SELECT * FROM mention WHERE note_id = ? ORDER BY account', noteId)

/** Who is spoken to in a note; whoever has read it once is not told again. */
export const putMentions = (
  db: WritableDb,
  note: Pick<NoteRow, 'id' | 'application_id'>,
  accounts: readonly string[],
  at: number,
): void => {
  const wanted = new Set(accounts)
  for (const { account } of listMentionsOf(db, note.id)) {
    if (!wanted.has(account)) db.run('DELETE FROM mention WHERE note_id = ? AND account = ?', note.id, account)
  }
  for (const account of wanted) {
    db.run(
      `INSERT INTO mention (note_id, account, application_id, at) VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING`,
      note.id,
      account,
      note.application_id,
      at,
    )
  }
}
