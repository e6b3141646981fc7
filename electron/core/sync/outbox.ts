import type { KeyObject } from 'node:crypto'
import { aad, fromSealable, toSealable } from '../keys/sealed-columns.ts'
import type { Keystore } from '../keys/keystore-port.ts'
import { openBox, sealBox } from '../keys/sealed-box.ts'
import type { OutboxBodyOf, OutboxItem, OutboxKind } from '../../shared/domain/sync-records.ts'
import { IpcError } from '../../shared/ipc/ipc-error.ts'
import { settleConsultation } from '../consult/consultation-rows.ts'
import { settleMessage } from '../messages/message-rows.ts'
import type { ReadableDb, WritableDb } from '../store/database.ts'

export type OutboxPlace = { readonly store: WritableDb; readonly keystore: Keystore; readonly asideKey: KeyObject }

export type OutboxDraft<K extends OutboxKind = Exclude<OutboxKind, 'log'>> = {
  readonly kind: K
  readonly body: OutboxBodyOf<K>
  /** Makes the item repeatable: enqueuing the same id twice keeps the first. Random without it. */
  readonly id: string
  readonly recordId?: string
  readonly applicationId?: string
}

type OutboxRow = {
  readonly id: string
  readonly kind: string
  readonly at: number
  readonly record_id: string | null
  readonly application_id: string | null
  readonly sealed: Uint8Array
}

const aadOf = (id: string): string => aad('outbox', 'sealed', id)

/** The key that an item's body lies under: that of its application, else of its person; null for what is about nobody here. */
const slotOf = (db: ReadableDb, applicationId: string | null, recordId: string | null): string | null => {
  const owner =
    applicationId === null
      ? db.get<{ key_slot: string }>('SELECT key_slot FROM candidate WHERE record_id = ?', recordId)
      : db.get<{ key_slot: string }>('SELECT key_slot FROM application WHERE id = ?', applicationId)
  return owner?.key_slot ?? null
}

/**
 * Queues an item for the hub, inside the caller's transaction: it is sent if and only if the write is. Its body lies under
 * the key of the application or the person it is about, and goes with it.
 */
export const enqueue = <K extends Exclude<OutboxKind, 'log'>>(
  place: OutboxPlace,
  draft: OutboxDraft<K>,
  now: number,
): void => {
  const { applicationId = null, recordId = null } = draft
  const known = applicationId !== null && slotOf(place.store, applicationId, null) !== null ? applicationId : null
  const slot = slotOf(place.store, known, recordId)
  const plain = toSealable(draft.body)
  const sealed =
    slot === null ? sealBox(place.asideKey, aadOf(draft.id), plain) : place.keystore.seal(slot, aadOf(draft.id), plain)
  place.store.run(
    `INSERT INTO outbox (id, seq, kind, at, record_id, application_id, sealed)
     VALUES (?, (SELECT coalesce(max(seq), 0) + 1 FROM outbox), ?, ?, ?, ?, ?) ON CONFLICT (id) DO NOTHING`,
    draft.id,
    draft.kind,
    now,
    recordId,
    known,
    sealed,
  )
}

/**
 * Takes the stages that wait for the hub out from under their application's key, which is about to go while the application
 * may come back: ids and a code, no words. In the caller's transaction.
 */
export const keepQueuedStages = (place: OutboxPlace, applicationId: string): void => {
  const slot = slotOf(place.store, applicationId, null)
  const rows = place.store.all<OutboxRow>(
    `SELECT id, kind, at, record_id, application_id, sealed FROM outbox WHERE application_id = ? AND kind = 'stage'`,
    applicationId,
  )
  for (const row of rows) {
    const opened = openBody(place, row, slot)
    if (opened === null) continue
    place.store.run(
      'UPDATE outbox SET application_id = NULL, record_id = NULL, sealed = ? WHERE id = ?',
      sealBox(place.asideKey, aadOf(row.id), toSealable(opened.body)),
      row.id,
    )
  }
}

/**
 * Condition on rows of `application a`: no words about it wait for the hub. Words lie under the application's key, so a copy whose
 * time is over goes when they have been sent; what the hub has refused holds nothing up. Stages are kept by `keepQueuedStages`.
 */
export const nothingUnsent = `NOT EXISTS (
  SELECT 1 FROM outbox o WHERE o.state = 'waiting' AND o.problem IS NULL AND o.kind <> 'stage'
  AND (o.application_id = a.id OR (o.application_id IS NULL AND o.record_id = a.record_id)))`

/** Null when the key is gone: the application is being destroyed, and its rows follow. */
const openBody = (place: OutboxPlace, row: OutboxRow, slot: string | null): { readonly body: unknown } | null => {
  if (slot === null && row.application_id !== null) return null
  try {
    const plain =
      slot === null
        ? openBox(place.asideKey, aadOf(row.id), row.sealed)
        : place.keystore.open(slot, aadOf(row.id), row.sealed)
    return { body: fromSealable(plain) }
  } catch (error) {
    if (error instanceof IpcError && error.code === 'E_NOT_FOUND') return null
    throw error
  }
}

/** Number of the newest item; 0 when there is none. */
export const lastSeq = (db: ReadableDb): number =>
  db.get<{ seq: number | null }>('SELECT max(seq) AS seq FROM outbox')?.seq ?? 0

/** The next items in their order, opened. An item whose key is gone went with its application and is left out. */
export const listWaiting = (
  place: OutboxPlace,
  limit: number,
  after = 0,
): Array<OutboxItem & { readonly seq: number }> => {
  const rows = place.store.all<OutboxRow & { readonly seq: number }>(
    `SELECT id, seq, kind, at, record_id, application_id, sealed FROM outbox
     WHERE state = 'waiting' AND seq > ? ORDER BY seq LIMIT ?`,
    after,
    limit,
  )
  return rows.flatMap((row) => {
    const slot = slotOf(place.store, row.application_id, row.record_id)
    const opened = openBody(place, row, slot)
    return opened === null
      ? []
      : [{ id: row.id, seq: row.seq, kind: row.kind, at: new Date(row.at).toISOString(), body: opened.body }]
  })
}

/** The hub has it, from now or from before. */
export const removeSent = (db: WritableDb, id: string): void => {
  settleMessage(db, id, 'sent')
  settleConsultation(db, id, 'sent')
  db.run('DELETE FROM outbox WHERE id = ?', id)
}

/** Kept with the hub's code, never lost; shown in the sync status. */
export const markRejected = (db: WritableDb, id: string, code: string): void => {
  settleMessage(db, id, 'refused')
  settleConsultation(db, id, 'refused')
  db.run(`UPDATE outbox SET state = 'rejected', problem = ?, attempts = attempts + 1 WHERE id = ?`, code, id)
}

/** The hub has no room for it now: it waits on, with the reason, and is sent again with every sync. */
export const markUnplaced = (db: WritableDb, id: string, code: string): void => {
  db.run(`UPDATE outbox SET problem = ?, attempts = attempts + 1 WHERE id = ?`, code, id)
}

type OutboxCounts = {
  readonly waiting: number
  readonly rejected: number
  /** Of those that wait: the hub has no room for them. */
  readonly unplaced: number
}

export const countOutbox = (db: ReadableDb): OutboxCounts =>
  db.get<OutboxCounts>(
    `SELECT count(*) FILTER (WHERE state = 'waiting') AS waiting, count(*) FILTER (WHERE state = 'rejected') AS rejected,
       count(*) FILTER (WHERE state = 'waiting' AND problem IS NOT NULL) AS unplaced
     FROM outbox`,
  ) ?? { waiting: 0, rejected: 0, unplaced: 0 }

/** Whether a change of ours is still on its way: the hub's older word must not undo it meanwhile. */
export const isQueued = (db: ReadableDb, kind: OutboxKind, applicationId: string): boolean =>
  db.get(
    `SELECT 1 FROM outbox WHERE application_id = ? AND kind = ? AND state = 'waiting' LIMIT 1`,
    applicationId,
    kind,
  ) !== undefined

/** Jobs whose status was set here and has not reached the hub yet. */
export const listQueuedJobs = (place: OutboxPlace): Set<string> => {
  const any = place.store.get(`SELECT 1 FROM outbox WHERE kind = 'job' AND state = 'waiting' LIMIT 1`)
  if (any === undefined) return new Set()
  return new Set(
    listWaiting(place, 10_000).flatMap(({ kind, body }) =>
      kind === 'job' ? [(body as OutboxBodyOf<'job'>).job_id] : [],
    ),
  )
}
