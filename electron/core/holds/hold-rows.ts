import type { Keystore } from '../keys/keystore-port.ts'
import { aad, fromSealable, toSealable } from '../keys/sealed-columns.ts'
import type { ReadableDb, WritableDb } from '../store/database.ts'

export type HoldRow = {
  readonly id: string
  readonly platform: string
  readonly platform_id: string
  readonly rev: number
  /** Milliseconds since 1970 UTC. Of one that was released, the moment of that. */
  readonly until: number
  readonly by: string
  readonly approver: string
  readonly at: number | null
  readonly released_at: number | null
  readonly released_by: string | null
}

/** Whom a hold is about, with the key that seals words about them. */
export type HeldPerson = {
  readonly record_id: string
  readonly platform: string
  readonly platform_id: string
  readonly key_slot: string
}

export type Words = { readonly store: WritableDb; readonly keystore: Keystore }

export const getHold = (db: ReadableDb, id: string): HoldRow | undefined =>
  db.get<HoldRow>('SELECT * FROM legal_hold WHERE id = ?', id)

/** Brings the end of the longest hold to every application of the person, inside the caller's transaction. */
export const updateHeldUntil = (db: WritableDb, person: HeldPerson): void => {
  db.run(
    `UPDATE application SET held_until = (SELECT max(until) FROM legal_hold WHERE platform = ? AND platform_id = ?)
     WHERE record_id = ?`,
    person.platform,
    person.platform_id,
    person.record_id,
  )
  db.run('UPDATE candidate SET version = version + 1 WHERE record_id = ?', person.record_id)
}

/** Seals why, in words, under the person's key, so that it dies with them. `id` is the hold's, or that with `/release`. */
export const putHoldWords = ({ store, keystore }: Words, person: HeldPerson, id: string, at: number, text: string) => {
  store.run(
    'INSERT OR REPLACE INTO typed_reason (id, record_id, at, sealed) VALUES (?, ?, ?, ?)',
    id,
    person.record_id,
    at,
    keystore.seal(person.key_slot, aad('typed_reason', 'sealed', id), toSealable(text)),
  )
}

export const holdWords = (db: ReadableDb, keystore: Keystore, person: HeldPerson, id: string): string | undefined => {
  const row = db.get<{ sealed: Uint8Array }>('SELECT sealed FROM typed_reason WHERE id = ?', id)
  if (row === undefined || keystore.state(person.key_slot) !== 'live') return undefined
  return String(fromSealable(keystore.open(person.key_slot, aad('typed_reason', 'sealed', id), row.sealed)))
}

export const releaseWordsId = (id: string): string => `${id}/release`

/** Writes a hold, or what has become of it, inside the caller's transaction. */
export const putHold = (place: Words, person: HeldPerson, hold: Omit<HoldRow, 'platform' | 'platform_id'>): void => {
  place.store.run(
    `INSERT INTO legal_hold (id, platform, platform_id, rev, until, by, approver, at, released_at, released_by)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
     ON CONFLICT (id) DO UPDATE SET rev = excluded.rev, until = excluded.until, by = excluded.by,
       approver = excluded.approver, at = coalesce(at, excluded.at), released_at = excluded.released_at,
       released_by = excluded.released_by`,
    hold.id,
    person.platform,
    person.platform_id,
    hold.rev,
    hold.until,
    hold.by,
    hold.approver,
    hold.at,
    hold.released_at,
    hold.released_by,
  )
  updateHeldUntil(place.store, person)
}
