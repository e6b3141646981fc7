import type { MessageAuthor, MessageKind, MessageState } from '../../shared/domain/messages.ts'
import type { Keystore } from '../keys/keystore-port.ts'
import { aad, fromSealable, toSealable } from '../keys/sealed-columns.ts'
import type { ReadableDb, WritableDb } from '../store/database.ts'

export type MessageRow = {
  readonly id: string
  readonly application_id: string
  readonly at: number
  readonly kind: MessageKind
  readonly author: MessageAuthor
  readonly account: string | null
  readonly state: MessageState
  readonly read_at: number | null
  /** JSON of `DisclosedNote`; null where there is nothing to note. */
  readonly disclosed: string | null
  readonly sealed: Uint8Array
}

export type MessageDraft = Omit<MessageRow, 'disclosed' | 'sealed' | 'read_at'> & { readonly text: string }

const aadOf = (id: string): string => aad('message', 'sealed', id)

/** Puts a message under its application's key. One that is here already keeps its kind and its author. */
export const putMessage = (db: WritableDb, keystore: Keystore, slot: string, draft: MessageDraft): void => {
  db.run(
    `INSERT INTO message (id, application_id, at, kind, author, account, state, sealed) VALUES (?, ?, ?, ?, ?, ?, ?, ?)
     ON CONFLICT (id) DO UPDATE SET at = excluded.at, state = excluded.state, sealed = excluded.sealed,
       disclosed = NULL`,
    draft.id,
    draft.application_id,
    draft.at,
    draft.kind,
    draft.author,
    draft.account,
    draft.state,
    keystore.seal(slot, aadOf(draft.id), toSealable({ text: draft.text })),
  )
}

/** @throws IpcError E_NOT_FOUND once the key is destroyed, E_DAMAGED */
export const openText = (keystore: Keystore, slot: string, row: Pick<MessageRow, 'id' | 'sealed'>): string =>
  (fromSealable(keystore.open(slot, aadOf(row.id), row.sealed)) as { readonly text: string }).text

export const getMessage = (db: ReadableDb, id: string): MessageRow | undefined =>
  db.get<MessageRow>('SELECT * FROM message WHERE id = ?', id)

/** Oldest first. */
export const listMessages = (db: ReadableDb, applicationId: string): MessageRow[] =>
  db.all<MessageRow>('SELECT * FROM message WHERE application_id = ? ORDER BY at, id', applicationId)

/** What became of a message that waited for the hub. */
export const settleMessage = (db: WritableDb, id: string, state: 'sent' | 'refused'): void => {
  db.run(`UPDATE message SET state = ? WHERE id = ? AND state = 'queued'`, state, id)
}
