import { recipientOfScope, type SharingConsent, type ShareView } from '../../shared/domain/sharing.ts'
import { IpcError } from '../../shared/ipc/ipc-error.ts'
import type { ReaderCall } from '../handler.ts'
import { aad, fromSealable, toSealable } from '../keys/sealed-columns.ts'
import type { Keystore } from '../keys/keystore-port.ts'
import type { ReadableDb, WritableDb } from '../store/database.ts'

export type ShareRow = {
  readonly id: string
  readonly record_id: string
  readonly rev: number
  readonly at: number
  readonly by: string
  readonly recipient: string
  readonly reason: string
  readonly consent_id: string | null
  readonly types: string
  readonly ended_at: number | null
  readonly told_at: number | null
  readonly sealed: Uint8Array
}

/** What is told of a share in words; sealed under the record's key. */
export type ShareWords = {
  readonly contact: string
  readonly purpose: string
  readonly method: string
  readonly document?: string | undefined
}

type Person = { readonly record_id: string; readonly key_slot: string }
type NamedPerson = { readonly platform: string; readonly platform_id: string }

const nameOf = (id: string): string => aad('share_act', 'sealed', id)

export const listShares = (db: ReadableDb, recordId: string): ShareRow[] =>
  db.all<ShareRow>('SELECT * FROM share_act WHERE record_id = ? ORDER BY at DESC, id', recordId)

/** @throws IpcError E_NOT_FOUND */
export const requireShare = (db: ReadableDb, id: string): ShareRow => {
  const row = db.get<ShareRow>('SELECT * FROM share_act WHERE id = ?', id)
  if (row === undefined) throw new IpcError('E_NOT_FOUND', 'there is no such share (any more)')
  return row
}

export const openShare = (keystore: Keystore, slot: string, row: ShareRow): ShareWords =>
  fromSealable(keystore.open(slot, nameOf(row.id), row.sealed)) as ShareWords

export const viewOf = (row: ShareRow, words: ShareWords, by = row.by): ShareView => ({
  id: row.id,
  at: row.at,
  by,
  recipient: row.recipient,
  contact: words.contact,
  purpose: words.purpose,
  method: words.method,
  types: JSON.parse(row.types) as string[],
  reason: row.reason,
  ...(words.document === undefined ? {} : { document: words.document }),
  ...(row.ended_at === null ? {} : { ended_at: row.ended_at }),
  ...(row.told_at === null ? {} : { told_at: row.told_at }),
})

/** Every share of one person with its words, newest first. */
export const sharesOf = (call: ReaderCall, { record_id: recordId, key_slot: slot }: Person): ShareView[] =>
  listShares(call.store, recordId).map((row) => viewOf(row, openShare(call.account.keystore, slot, row)))

/** Writes a share, or what became of it; whoever was told of an end stays told. */
export const putShare = (
  db: WritableDb,
  keystore: Keystore,
  slot: string,
  row: Omit<ShareRow, 'sealed' | 'told_at'>,
  words: ShareWords,
): void => {
  db.run(
    `INSERT INTO share_act (id, record_id, rev, at, by, recipient, reason, consent_id, types, ended_at, sealed)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
     ON CONFLICT (id) DO UPDATE SET rev = excluded.rev, ended_at = coalesce(ended_at, excluded.ended_at)`,
    row.id,
    row.record_id,
    row.rev,
    row.at,
    row.by,
    row.recipient,
    row.reason,
    row.consent_id,
    row.types,
    row.ended_at,
    keystore.seal(slot, nameOf(row.id), toSealable(words)),
  )
}

/** Consents of the person that name a recipient and stand now (ZP-34), the newest of each recipient. */
export const standingConsents = (db: ReadableDb, person: NamedPerson, now: number): SharingConsent[] =>
  db
    .all<{ id: string; scope: string | null; until: number | null }>(
      `SELECT id, scope, until FROM consent WHERE platform = ? AND platform_id = ? AND purpose = 'sharing' AND granted = 1
         AND (until IS NULL OR until > ?) ORDER BY rev DESC, id`,
      person.platform,
      person.platform_id,
      now,
    )
    .flatMap(({ id, scope, until }) => {
      const recipient = recipientOfScope(scope)
      return recipient === null ? [] : [{ id, recipient, ...(until === null ? {} : { until }) }]
    })
    .filter((one, index, all) => all.findIndex(({ recipient }) => recipient === one.recipient) === index)

/** A consent that is taken back ends every share that rested on it; without a scope it ends them all. */
export const endShares = (
  db: WritableDb,
  recordId: string,
  scope: string | null | undefined,
  now: number,
): readonly string[] => {
  const recipient = recipientOfScope(scope)
  return db
    .all<{ id: string; recipient: string }>(
      'SELECT id, recipient FROM share_act WHERE record_id = ? AND ended_at IS NULL',
      recordId,
    )
    .filter((row) => recipient === null || row.recipient === recipient)
    .map(({ id }) => {
      db.run('UPDATE share_act SET ended_at = ? WHERE id = ?', now, id)
      return id
    })
}

/** What was agreed before and is taken back now: a withdrawal without a scope is of all of that purpose. */
export const withdrawConsents = (
  db: WritableDb,
  person: NamedPerson,
  purpose: string,
  scope: string | null,
  beforeRev = Number.MAX_SAFE_INTEGER,
): void => {
  db.run(
    `UPDATE consent SET granted = 0 WHERE platform_id = ? AND platform = ? AND purpose = ? AND granted = 1 AND rev < ?
       AND (? IS NULL OR scope = ?)`,
    person.platform_id,
    person.platform,
    purpose,
    beforeRev,
    scope,
    scope,
  )
}
