import { IpcError } from '../../shared/ipc/ipc-error.ts'
import type { Keystore } from '../keys/keystore-port.ts'
import { aad, fromSealable, toSealable } from '../keys/sealed-columns.ts'
import type { ReadableDb, WritableDb } from '../store/database.ts'

export type ApprovalKind = 'hold' | 'handover'

export type ApprovalRow = {
  readonly id: string
  readonly rev: number
  readonly kind: ApprovalKind
  readonly record_id: string
  readonly application_id: string | null
  readonly asked_by: string
  readonly asked_at: number
  readonly state: 'pending' | 'granted' | 'refused' | 'used'
  readonly decided_by: string | null
  readonly decided_at: number | null
  /** A hold's end; else until when what was granted may be used. */
  readonly until: number | null
  readonly legal_basis: string | null
  readonly sealed: Uint8Array
}

type Place = { readonly store: WritableDb; readonly keystore: Keystore }
type Asked = Omit<ApprovalRow, 'sealed'> & { readonly reason: string; readonly keySlot: string }

/** @throws IpcError E_NOT_FOUND */
export const requireApproval = (db: ReadableDb, id: string, kind: ApprovalKind): ApprovalRow => {
  const row = db.get<ApprovalRow>('SELECT * FROM approval WHERE id = ? AND kind = ?', id, kind)
  if (row === undefined) throw new IpcError('E_NOT_FOUND', 'there is no such request (any more)')
  return row
}

/** What was asked for and not decided yet, of one record. */
export const getPending = (db: ReadableDb, recordId: string, kind: ApprovalKind): ApprovalRow | undefined =>
  db.get<ApprovalRow>("SELECT * FROM approval WHERE record_id = ? AND kind = ? AND state = 'pending'", recordId, kind)

/** Writes a request, or what the hub says of it, inside the caller's transaction; what was used stays used. */
export const putApproval = ({ store, keystore }: Place, asked: Asked): void => {
  store.run(
    `INSERT INTO approval (id, rev, kind, record_id, application_id, asked_by, asked_at, state, decided_by, decided_at, until,
       legal_basis, sealed)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
     ON CONFLICT (id) DO UPDATE SET rev = excluded.rev, until = excluded.until,
       state = iif(state = 'used', state, excluded.state), decided_by = excluded.decided_by,
       decided_at = coalesce(decided_at, excluded.decided_at)
     WHERE excluded.rev >= rev`,
    asked.id,
    asked.rev,
    asked.kind,
    asked.record_id,
    asked.application_id,
    asked.asked_by,
    asked.asked_at,
    asked.state,
    asked.decided_by,
    asked.decided_at,
    asked.until,
    asked.legal_basis,
    keystore.seal(asked.keySlot, aad('approval', 'sealed', asked.id), toSealable(asked.reason)),
  )
}

export const decideRow = (db: WritableDb, id: string, state: 'granted' | 'refused', by: string, at: number): void => {
  db.run('UPDATE approval SET state = ?, decided_by = ?, decided_at = ? WHERE id = ?', state, by, at, id)
}

/** Why, in words; undefined once the person's key is gone. */
export const approvalWords = (keystore: Keystore, keySlot: string, row: ApprovalRow): string | undefined =>
  keystore.state(keySlot) === 'live'
    ? String(fromSealable(keystore.open(keySlot, aad('approval', 'sealed', row.id), row.sealed)))
    : undefined
