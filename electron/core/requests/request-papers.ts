import type { ProofKind } from '../../shared/domain/request-views.ts'
import { IpcError } from '../../shared/ipc/ipc-error.ts'
import type { Keystore } from '../keys/keystore-port.ts'
import { aad, fromSealable, toSealable } from '../keys/sealed-columns.ts'
import type { ReadableDb, WritableDb } from '../store/database.ts'

export type PaperRow = {
  readonly id: string
  readonly request_id: string
  /** `mail`: what a request came by, which shows nothing of who asks. */
  readonly kind: ProofKind | 'mail'
  readonly media_type: 'image/png' | 'image/jpeg' | 'message/rfc822'
  readonly size: number
  readonly at: number
  readonly by: string
  readonly key_slot: string
  readonly record_id: string | null
}

type Place = { readonly store: WritableDb; readonly keystore: Keystore }
type Reading = { readonly store: ReadableDb; readonly keystore: Keystore }

const columns = 'id, request_id, kind, media_type, size, at, by, key_slot, record_id'

/** Whether it is a picture that shows who asks. */
export const isProof = (
  row: PaperRow,
): row is PaperRow & { readonly kind: ProofKind; readonly media_type: 'image/png' | 'image/jpeg' } =>
  row.kind !== 'mail' && row.media_type !== 'message/rfc822'

export const listPapers = (db: ReadableDb, requestId: string): PaperRow[] =>
  db.all<PaperRow>(`SELECT ${columns} FROM request_paper WHERE request_id = ? ORDER BY at, id`, requestId)

/** @throws IpcError E_NOT_FOUND */
export const requirePaper = (db: ReadableDb, id: string): PaperRow => {
  const row = db.get<PaperRow>(`SELECT ${columns} FROM request_paper WHERE id = ?`, id)
  if (row === undefined) throw new IpcError('E_NOT_FOUND', 'there is no such paper (any more)')
  return row
}

/** What a picture is, by its first bytes; undefined for everything else. */
export const pictureType = (bytes: Uint8Array): Exclude<PaperRow['media_type'], 'message/rfc822'> | undefined => {
  const head = Buffer.from(bytes.subarray(0, 8)).toString('hex')
  if (head === '89504e470d0a1a0a') return 'image/png'
  return head.startsWith('ffd8ff') ? 'image/jpeg' : undefined
}

const recordSlot = (db: ReadableDb, recordId: string | null): string | undefined =>
  recordId === null
    ? undefined
    : db.get<{ key_slot: string }>('SELECT key_slot FROM candidate WHERE record_id = ?', recordId)?.key_slot

/**
 * Sealed under a key of its own, and around that under the person's: it ends with whichever of both goes first, in every backup
 * too (D13).
 */
export const insertPaper = (
  { store, keystore }: Place,
  paper: Omit<PaperRow, 'key_slot'>,
  name: string,
  bytes: Uint8Array,
): void => {
  // A file under a key of its own, as in quarantine: no release needs to tell the two apart.
  const slot = keystore.create('quarantine')
  const outer = recordSlot(store, paper.record_id)
  const box = (column: 'sealed_name' | 'sealed', plain: Uint8Array): Uint8Array => {
    const inner = keystore.seal(slot, aad('request_paper', column, paper.id), plain)
    return outer === undefined ? inner : keystore.seal(outer, aad('request_paper', `${column}_outer`, paper.id), inner)
  }
  store.run(
    `INSERT INTO request_paper (${columns}, sealed_name, sealed) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    paper.id,
    paper.request_id,
    paper.kind,
    paper.media_type,
    paper.size,
    paper.at,
    paper.by,
    slot,
    outer === undefined ? null : paper.record_id,
    box('sealed_name', toSealable(name)),
    box('sealed', bytes),
  )
}

/** @throws IpcError E_NOT_FOUND once a key is gone */
export const openPaper = ({ store, keystore }: Reading, row: PaperRow): { name: string; bytes: Uint8Array } => {
  const boxes = store.get<{ sealed_name: Uint8Array; sealed: Uint8Array }>(
    'SELECT sealed_name, sealed FROM request_paper WHERE id = ?',
    row.id,
  )
  if (boxes === undefined) throw new IpcError('E_NOT_FOUND', 'there is no such paper (any more)')
  const outer = row.record_id === null ? undefined : (recordSlot(store, row.record_id) ?? '')
  const open = (column: 'sealed_name' | 'sealed'): Uint8Array => {
    const inner =
      outer === undefined
        ? boxes[column]
        : keystore.open(outer, aad('request_paper', `${column}_outer`, row.id), boxes[column])
    return keystore.open(row.key_slot, aad('request_paper', column, row.id), inner)
  }
  return { name: String(fromSealable(open('sealed_name'))), bytes: open('sealed') }
}
