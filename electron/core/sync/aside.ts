import type { KeyObject } from 'node:crypto'
import { aad, fromSealable, toSealable } from '../keys/sealed-columns.ts'
import type { Keystore } from '../keys/keystore-port.ts'
import { openBox, sealBox } from '../keys/sealed-box.ts'
import type { ReadableDb, WritableDb } from '../store/database.ts'

export type AsideWhy = 'waiting' | 'stored' | 'unknown' | 'invalid'

export type AsideRow = {
  readonly type: string
  readonly id: string
  readonly rev: number
  readonly op: 'upsert' | 'delete'
  readonly at: number
  readonly why: AsideWhy
  readonly problem: string | null
  readonly candidate_id: string | null
  readonly record_id: string | null
  readonly application_id: string | null
  readonly sealed: Uint8Array
}

export type AsideDraft = {
  readonly type: string
  readonly id: string
  readonly rev: number
  readonly op?: 'upsert' | 'delete'
  /** Milliseconds since 1970 UTC. */
  readonly at: number
  readonly why: AsideWhy
  readonly problem?: string
  /** The platform's id of the person, where known: destruction finds the row by it. */
  readonly candidateId?: string | undefined
  readonly applicationId?: string | undefined
  readonly data: unknown
}

export type AsidePlace = {
  readonly store: WritableDb
  readonly keystore: Keystore
  readonly asideKey: KeyObject
}

type Owner = { readonly record_id: string; readonly slot: string; readonly candidate_id: string }

const applicationOwner = (db: ReadableDb, id: string): Owner | undefined =>
  db.get<Owner>(
    `SELECT a.record_id, a.key_slot AS slot, c.platform_id AS candidate_id
     FROM application a JOIN candidate c ON c.record_id = a.record_id WHERE a.id = ?`,
    id,
  )

const candidateOwner = (db: ReadableDb, platformId: string): Owner | undefined =>
  db.get<Owner>(
    'SELECT record_id, key_slot AS slot, platform_id AS candidate_id FROM candidate WHERE platform_id = ?',
    platformId,
  )

const aadOf = (row: { readonly type: string; readonly id: string }): string =>
  aad('aside_change', 'sealed', `${row.type}/${row.id}`)

/**
 * Keeps a change without acting on it: under the application's key where it names one that is here, else under the
 * candidate's, else under the aside key. A row of the same id is replaced.
 */
export const putAside = (place: AsidePlace, draft: AsideDraft): void => {
  const application = draft.applicationId === undefined ? undefined : applicationOwner(place.store, draft.applicationId)
  const candidate =
    application === undefined && draft.candidateId !== undefined
      ? candidateOwner(place.store, draft.candidateId)
      : undefined
  const owner = application ?? candidate
  const plain = toSealable(draft.data ?? null)
  const sealed =
    owner === undefined
      ? sealBox(place.asideKey, aadOf(draft), plain)
      : place.keystore.seal(owner.slot, aadOf(draft), plain)
  place.store.run(
    `INSERT OR REPLACE INTO aside_change
       (type, id, rev, op, at, why, problem, candidate_id, record_id, application_id, sealed)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    draft.type,
    draft.id,
    draft.rev,
    draft.op ?? 'upsert',
    draft.at,
    draft.why,
    draft.problem ?? null,
    draft.candidateId ?? owner?.candidate_id ?? null,
    owner?.record_id ?? null,
    draft.applicationId ?? null,
    sealed,
  )
}

/**
 * What a row holds. Its key is that of the record that it names; a row without one lies under the aside key.
 * @throws IpcError E_NOT_FOUND once the key is destroyed, E_DAMAGED
 */
export const openAside = (
  place: Omit<AsidePlace, 'store'> & { readonly store: ReadableDb },
  row: AsideRow,
): unknown => {
  if (row.record_id === null) return fromSealable(openBox(place.asideKey, aadOf(row), row.sealed))
  const application = row.application_id === null ? undefined : applicationOwner(place.store, row.application_id)
  const slot =
    application?.slot ??
    place.store.get<{ slot: string }>('SELECT key_slot AS slot FROM candidate WHERE record_id = ?', row.record_id)?.slot
  return fromSealable(place.keystore.open(slot ?? '', aadOf(row), row.sealed))
}

export const listWaitingOf = (db: ReadableDb, candidateId: string): AsideRow[] =>
  db.all<AsideRow>(
    `SELECT * FROM aside_change WHERE candidate_id = ? AND why = 'waiting' ORDER BY type, id`,
    candidateId,
  )

export const listWaitingForApplication = (db: ReadableDb, applicationId: string): AsideRow[] =>
  db.all<AsideRow>(
    `SELECT * FROM aside_change WHERE application_id = ? AND why = 'waiting' ORDER BY type, id`,
    applicationId,
  )

export const removeAside = (db: WritableDb, type: string, id: string): void => {
  db.run('DELETE FROM aside_change WHERE type = ? AND id = ?', type, id)
}

/** Everything that waits about a person or was refused, when the person must not be here. */
export const removeAsideOf = (db: WritableDb, candidateId: string): void => {
  db.run(`DELETE FROM aside_change WHERE candidate_id = ? AND why <> 'stored'`, candidateId)
}
