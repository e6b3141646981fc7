import { createHash } from 'node:crypto'
import type { Channel, Platform, Role } from '../../shared/domain/vocabulary.ts'
import { IpcError } from '../../shared/ipc/ipc-error.ts'
import type { Keystore } from '../keys/keystore-port.ts'
import { aad } from '../keys/sealed-columns.ts'
import type { CompiledCell } from '../policy/profile/compile-profile.ts'
import type { Profiles } from '../policy/profile/profile-set.ts'
import type { ReadableDb, WritableDb } from '../store/database.ts'
import type { HubClient } from './hub-client.ts'

/** Bytes a request and a sealed chunk. */
export const chunkSize = 1024 * 1024
/** A resume is no film; larger ones stay at the platform. */
const largest = 64 * 1024 * 1024

type AttachmentRow = {
  readonly id: string
  readonly size: number
  readonly sha256: string
  readonly fetched: number
  readonly key_slot: string
  readonly platform: Platform
  readonly channel: Channel
}

export type AttachmentPlace = {
  readonly store: WritableDb
  readonly keystore: Keystore
  readonly profiles: Profiles
  readonly role: Role
}

const chunkAad = (id: string, seq: number): string => aad('attachment_chunk', 'sealed', `${id}/${seq}`)

const shows = (cell: CompiledCell | null): boolean =>
  cell !== null && (cell.decision.state !== 'absent' || shows(cell.otherwise))

/** Files that are not whole yet, of live records that some cell could show to this role (D2: never for cards). */
const listWanted = ({ store, profiles, role }: AttachmentPlace): AttachmentRow[] =>
  store
    .all<AttachmentRow>(
      `SELECT t.id, t.size, t.sha256, t.fetched, a.key_slot, c.platform, a.channel
       FROM attachment t JOIN application a ON a.id = t.application_id JOIN candidate c ON c.record_id = t.record_id
       WHERE t.fetched < t.size AND t.size <= ? AND a.attachment_state = 'present' AND c.life = 'live'
       ORDER BY a.evidence_at DESC, t.id`,
      largest,
    )
    .filter(({ platform, channel }) => {
      const cells = profiles.get(platform)?.cells[role === 'headhunter' ? 'headhunter' : 'hr']
      return cells !== undefined && shows(cells.attachment[channel])
    })

const storeChunk = (
  place: AttachmentPlace,
  row: AttachmentRow,
  seq: number,
  from: number,
  bytes: Uint8Array,
): boolean =>
  place.store.transaction(() => {
    // Destroyed or replaced while its bytes were on the way.
    const now = place.store.get<{ sha256: string; fetched: number }>(
      'SELECT sha256, fetched FROM attachment WHERE id = ?',
      row.id,
    )
    if (now === undefined || now.sha256 !== row.sha256 || now.fetched !== from) return false
    place.store.run(
      'INSERT OR REPLACE INTO attachment_chunk (attachment_id, seq, sealed) VALUES (?, ?, ?)',
      row.id,
      seq,
      place.keystore.seal(row.key_slot, chunkAad(row.id, seq), bytes),
    )
    place.store.run('UPDATE attachment SET fetched = ? WHERE id = ?', from + bytes.length, row.id)
    return true
  })

const startAgain = (store: WritableDb, id: string): void => {
  store.transaction(() => {
    store.run('DELETE FROM attachment_chunk WHERE attachment_id = ?', id)
    store.run('UPDATE attachment SET fetched = 0 WHERE id = ?', id)
  })
}

/** The file's bytes in order. @throws IpcError E_NOT_FOUND (not whole, key gone), E_DAMAGED */
export const readAttachment = (store: ReadableDb, keystore: Keystore, id: string): Uint8Array => {
  const row = store.get<{ size: number; fetched: number; key_slot: string }>(
    `SELECT t.size, t.fetched, a.key_slot FROM attachment t JOIN application a ON a.id = t.application_id WHERE t.id = ?`,
    id,
  )
  if (row === undefined || row.fetched < row.size) throw new IpcError('E_NOT_FOUND', 'the file has not been fetched')
  const chunks = store.all<{ seq: number; sealed: Uint8Array }>(
    'SELECT seq, sealed FROM attachment_chunk WHERE attachment_id = ? ORDER BY seq',
    id,
  )
  return Buffer.concat(chunks.map(({ seq, sealed }) => keystore.open(row.key_slot, chunkAad(id, seq), sealed)))
}

const fetchOne = async (
  place: AttachmentPlace,
  hub: HubClient,
  row: AttachmentRow,
  signal?: AbortSignal,
): Promise<boolean> => {
  let from = row.fetched
  while (from < row.size) {
    const to = Math.min(from + chunkSize, row.size) - 1
    const piece = await hub.attachment(row.id, from, to, signal)
    // The hub has another file by now; its own change tells which.
    if (piece.sha256 !== null && piece.sha256 !== row.sha256) return false
    if (piece.bytes.length === 0) return false
    if (!storeChunk(place, row, Math.floor(from / chunkSize), from, piece.bytes)) return false
    // A shorter piece would leave a gap between chunks: begin again rather than keep a file that cannot be read.
    if (piece.bytes.length < to - from + 1) {
      startAgain(place.store, row.id)
      return false
    }
    from += piece.bytes.length
  }
  const whole = createHash('sha256')
    .update(readAttachment(place.store, place.keystore, row.id))
    .digest('hex')
  if (whole === row.sha256) return true
  startAgain(place.store, row.id)
  return false
}

export type FetchResult = { readonly fetched: number; readonly failed: number }

/**
 * Fetches the files that may be shown, piece by piece; a stopped run goes on where it was. A file whose hash is not the
 * announced one is thrown away and tried again in the next run.
 *
 * @throws IpcError of the hub client when the hub is out of reach, busy, or has revoked the session
 */
export const fetchAttachments = async (
  place: AttachmentPlace,
  hub: HubClient,
  onProgress: (done: number, total: number) => void,
  signal?: AbortSignal,
): Promise<FetchResult> => {
  const wanted = listWanted(place)
  let fetched = 0
  let failed = 0
  for (const row of wanted) {
    try {
      if (await fetchOne(place, hub, row, signal)) fetched += 1
      else failed += 1
    } catch (error) {
      // One file that is gone or refused does not stop the others.
      if (!(error instanceof IpcError) || !['E_NOT_FOUND', 'E_HUB_ANSWER', 'E_ROLE'].includes(error.code)) throw error
      failed += 1
    }
    onProgress(fetched + failed, wanted.length)
  }
  return { fetched, failed }
}
