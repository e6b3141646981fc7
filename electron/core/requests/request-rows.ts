import type { KeyObject } from 'node:crypto'
import type { z } from 'zod'
import type { Freeze, Kinship, Proof, RequestOutcome, RequestVia } from '../../shared/domain/request-views.ts'
import type { requester, requestKind } from '../../shared/domain/sync-atoms.ts'
import type { Platform } from '../../shared/domain/vocabulary.ts'
import { IpcError } from '../../shared/ipc/ipc-error.ts'
import { openBox, sealBox } from '../keys/sealed-box.ts'
import { aad, fromSealable, toSealable } from '../keys/sealed-columns.ts'
import type { Keystore } from '../keys/keystore-port.ts'
import type { ReadableDb, WritableDb } from '../store/database.ts'

export type RequestRecord = {
  readonly id: string
  readonly rev: number
  readonly via: RequestVia
  readonly kind: z.infer<typeof requestKind>
  readonly requester: z.infer<typeof requester>
  readonly kinship: Kinship | null
  readonly platform: Platform | null
  readonly platform_id: string | null
  readonly person_hash: string | null
  readonly received_at: number
  readonly noted_at: number
  readonly hub_due_at: number | null
  readonly state: 'open' | 'closed'
  readonly identity: 'open' | 'verified' | 'failed'
  readonly identity_at: number | null
  readonly identity_by: string | null
  readonly proofs: string
  readonly freezes: string
  readonly searched_at: number | null
  readonly carried_out_at: number | null
  readonly outcome: RequestOutcome | null
  readonly closed_at: number | null
  readonly closed_by: string | null
  readonly warned_at: number | null
  readonly alarmed_at: number | null
  readonly record_id: string | null
  readonly sealed: Uint8Array
}

/** What people typed about a request; sealed, and gone with the person. */
export type RequestWords = {
  /** What is asked for. */
  readonly detail?: string | undefined
  /** Which mail, call or letter it came by. */
  readonly source?: string | undefined
  /** Who asks, where it is somebody else. */
  readonly who?: string | undefined
  /** How whoever asks would be reached: an address, a number, or what else they say (WZ-41). */
  readonly contact?: string | undefined
  /** Why it was not simply done. */
  readonly reason?: string | undefined
  /** What the relatives disagree about, and what ended it. */
  readonly dispute?: string | undefined
  readonly resolution?: string | undefined
}

export type RequestPlace = { readonly store: WritableDb; readonly keystore: Keystore; readonly asideKey: KeyObject }
export type RequestReading = Omit<RequestPlace, 'store'> & { readonly store: ReadableDb }

export const proofsOf = (row: Pick<RequestRecord, 'proofs'>): Proof[] => JSON.parse(row.proofs) as Proof[]
export const freezesOf = (row: Pick<RequestRecord, 'freezes'>): Freeze[] => JSON.parse(row.freezes) as Freeze[]
export const isDisputed = (row: Pick<RequestRecord, 'freezes'>): boolean =>
  freezesOf(row).some(({ to }) => to === undefined)

export const getRequest = (db: ReadableDb, id: string): RequestRecord | undefined =>
  db.get<RequestRecord>('SELECT * FROM subject_request WHERE id = ?', id)

/** @throws IpcError E_NOT_FOUND */
export const requireRequest = (db: ReadableDb, id: string): RequestRecord => {
  const row = getRequest(db, id)
  if (row === undefined) throw new IpcError('E_NOT_FOUND', 'there is no such request (any more)')
  return row
}

/** @throws IpcError E_NOT_FOUND, E_CONFLICT once it is answered */
export const requireOpenRequest = (db: ReadableDb, id: string): RequestRecord => {
  const row = requireRequest(db, id)
  if (row.state === 'closed') throw new IpcError('E_CONFLICT', 'this request is answered already', { reason: 'closed' })
  return row
}

/** Oldest first: what came first is due first. Those that are answered newest first. */
export const listRequests = (db: ReadableDb, state: 'open' | 'closed'): RequestRecord[] =>
  state === 'open'
    ? db.all<RequestRecord>("SELECT * FROM subject_request WHERE state = 'open' ORDER BY received_at, id")
    : db.all<RequestRecord>(
        "SELECT * FROM subject_request WHERE state = 'closed' ORDER BY received_at DESC, id LIMIT 500",
      )

const aadOf = (id: string): string => aad('subject_request', 'sealed', id)

const slotOf = (db: ReadableDb, recordId: string | null): string | undefined =>
  recordId === null
    ? undefined
    : db.get<{ key_slot: string }>('SELECT key_slot FROM candidate WHERE record_id = ?', recordId)?.key_slot

/** Nothing once the key is gone. */
export const requestWords = (
  { store, keystore, asideKey }: RequestReading,
  row: Pick<RequestRecord, 'id' | 'record_id' | 'sealed'>,
): RequestWords => {
  if (row.sealed.length === 0) return {}
  if (row.record_id === null) return fromSealable(openBox(asideKey, aadOf(row.id), row.sealed)) as RequestWords
  const slot = slotOf(store, row.record_id)
  if (slot === undefined || keystore.state(slot) !== 'live') return {}
  return fromSealable(keystore.open(slot, aadOf(row.id), row.sealed)) as RequestWords
}

/** Words under the person's key where the person is here, else under the home's until the request is old. */
export const sealWords = (
  { store, keystore, asideKey }: RequestPlace,
  id: string,
  recordId: string | null,
  words: RequestWords,
): { readonly record_id: string | null; readonly sealed: Uint8Array } => {
  const slot = slotOf(store, recordId)
  const plain = toSealable(words)
  if (slot === undefined || keystore.state(slot) !== 'live')
    return { record_id: null, sealed: sealBox(asideKey, aadOf(id), plain) }
  return { record_id: recordId, sealed: keystore.seal(slot, aadOf(id), plain) }
}

/** Adds words to those that are there, inside the caller's transaction. */
export const addWords = (place: RequestPlace, row: RequestRecord, words: RequestWords): void => {
  const next = sealWords(place, row.id, row.record_id, { ...requestWords(place, row), ...words })
  place.store.run(
    'UPDATE subject_request SET record_id = ?, sealed = ? WHERE id = ?',
    next.record_id,
    next.sealed,
    row.id,
  )
}

export type NewRequest = Pick<
  RequestRecord,
  | 'id'
  | 'rev'
  | 'via'
  | 'kind'
  | 'requester'
  | 'kinship'
  | 'platform'
  | 'platform_id'
  | 'person_hash'
  | 'received_at'
  | 'noted_at'
  | 'hub_due_at'
> & {
  readonly proofs: readonly Proof[]
  readonly recordId: string | null
  readonly words: RequestWords
}

/** Inside the caller's transaction. */
export const insertRequest = (place: RequestPlace, row: NewRequest): void => {
  const { record_id: recordId, sealed } = sealWords(place, row.id, row.recordId, row.words)
  place.store.run(
    `INSERT INTO subject_request (id, rev, via, kind, requester, kinship, platform, platform_id, person_hash, received_at,
       noted_at, hub_due_at, proofs, record_id, sealed)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    row.id,
    row.rev,
    row.via,
    row.kind,
    row.requester,
    row.kinship,
    row.platform,
    row.platform_id,
    row.person_hash,
    row.received_at,
    row.noted_at,
    row.hub_due_at,
    JSON.stringify(row.proofs),
    recordId,
    sealed,
  )
}

/** When the last dispute that runs began or ended. */
export const setFreezes = (db: WritableDb, id: string, freezes: readonly Freeze[]): void => {
  db.run('UPDATE subject_request SET freezes = ? WHERE id = ?', JSON.stringify(freezes), id)
}

export const setProofs = (db: WritableDb, id: string, proofs: readonly Proof[]): void => {
  db.run('UPDATE subject_request SET proofs = ? WHERE id = ?', JSON.stringify(proofs), id)
}
