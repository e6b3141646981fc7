import { utf8 } from '../../shared/ledger/bytes.ts'
import { IpcError } from '../../shared/ipc/ipc-error.ts'
import type { Keystore, SlotId } from '../keys/keystore-port.ts'
import type { ReadableDb, WritableDb } from '../store/database.ts'

/** A candidate as the platform names it. */
export type SubjectRef = { readonly platform: string; readonly id: string }

/** `id` numbers the row here, `hash` is what stands in entries (base64url of 32 bytes). */
export type Subject = { readonly id: number; readonly hash: string }

export const getSubject = (db: ReadableDb, ref: SubjectRef): Subject | undefined =>
  db.get<Subject>('SELECT id, hash FROM subject WHERE platform = ? AND candidate = ?', ref.platform, ref.id)

/** HMAC-SHA-256(subject key, platform ‖ 0x00 ‖ id). */
const subjectMessage = (ref: SubjectRef): Uint8Array => utf8(`${ref.platform}\0${ref.id}`)

/** Gives subject keys that are durable already. */
export type SubjectKeys = { take(count: number): SlotId[] }

/** From this many new subjects at once somebody is turning pages, and the next page wants as many again. */
const pageOfSubjects = 20

/**
 * Makes the keys of a list's next pages with those of this one: two flushes in four pages instead of two in each, while a person
 * waits. What is left has no row and is freed at the next opening.
 */
export const subjectKeys = (keystore: Keystore): SubjectKeys => {
  const ahead: SlotId[] = []
  return {
    take: (count) => {
      if (count === 0) return []
      // An opening that is still under way frees keys without rows, these too.
      const ready = ahead.splice(0).filter((slot) => keystore.state(slot) === 'live')
      const missing = count - ready.length
      const more = count < pageOfSubjects ? 0 : Math.min(count * 3, 150)
      if (missing > 0) ready.push(...keystore.createMany('subject', missing + more))
      ahead.push(...ready.splice(count))
      return ready
    },
  }
}

/**
 * The subjects of these candidates; those never seen before get a key of their own, flushed in both mirrors before the rows.
 * Equal candidates give equal subjects. Belongs into a transaction.
 */
export const requireSubjects = (
  db: WritableDb,
  keystore: Keystore,
  keys: SubjectKeys,
  now: number,
  refs: readonly SubjectRef[],
): readonly Subject[] => {
  const keyOf = (ref: SubjectRef): string => `${ref.platform}\0${ref.id}`
  const known = new Map<string, Subject | undefined>()
  const fresh: SubjectRef[] = []
  for (const ref of refs) {
    const key = keyOf(ref)
    if (known.has(key)) continue
    const subject = getSubject(db, ref)
    known.set(key, subject)
    if (subject === undefined) fresh.push(ref)
  }
  const slots = keys.take(fresh.length)
  fresh.forEach((ref, index) => {
    const slot = slots[index]
    if (slot === undefined) throw new IpcError('E_LEDGER', 'a subject key is missing', { found: 'keystore' })
    const hash = Buffer.from(keystore.hmac(slot, subjectMessage(ref))).toString('base64url')
    const { lastInsertRowid } = db.run(
      'INSERT INTO subject (hash, platform, candidate, slot, first_at) VALUES (?, ?, ?, ?, ?)',
      hash,
      ref.platform,
      ref.id,
      slot,
      now,
    )
    known.set(keyOf(ref), { id: Number(lastInsertRowid), hash })
  })
  return refs.map((ref) => {
    const subject = known.get(keyOf(ref))
    if (subject === undefined) throw new IpcError('E_LEDGER', 'a subject is missing', { found: 'subject' })
    return subject
  })
}

/**
 * Remembers that the candidate's data are gone; key and mapping stay until `until` so that the person can still be told who
 * looked (D11, K17). A later `until` wins over an earlier one. Nothing happens when the candidate never was in the log.
 */
export const endSubject = (db: WritableDb, keystore: Keystore, ref: SubjectRef, now: number, until: number): void => {
  const row = db.get<{ slot: SlotId; until: number | null }>(
    'SELECT slot, until FROM subject WHERE platform = ? AND candidate = ?',
    ref.platform,
    ref.id,
  )
  if (row === undefined) return
  const last = Math.max(until, row.until ?? 0)
  keystore.setDue(row.slot, last)
  db.run(
    'UPDATE subject SET destroyed_at = ?, until = ? WHERE platform = ? AND candidate = ?',
    now,
    last,
    ref.platform,
    ref.id,
  )
}

/**
 * The candidate has another number from now on: what the log holds stays theirs, and what comes joins it. The hash in entries stays
 * the one over the first number. Nothing happens when the first never was in the log, which is also how a second time ends.
 * @returns false, and changes nothing, when both are in the log: two books cannot become one
 */
export const renameSubject = (db: WritableDb, from: SubjectRef, to: SubjectRef): boolean => {
  if (getSubject(db, from) === undefined) return true
  if (getSubject(db, to) !== undefined) return false
  db.run(
    'UPDATE subject SET platform = ?, candidate = ? WHERE platform = ? AND candidate = ?',
    to.platform,
    to.id,
    from.platform,
    from.id,
  )
  return true
}

/** The candidate has delivered anew: the mapping lives again. */
export const reviveSubject = (db: WritableDb, keystore: Keystore, ref: SubjectRef): void => {
  const row = db.get<{ slot: SlotId }>(
    'SELECT slot FROM subject WHERE platform = ? AND candidate = ? AND until IS NOT NULL',
    ref.platform,
    ref.id,
  )
  if (row === undefined) return
  keystore.setDue(row.slot, 0)
  db.run(
    'UPDATE subject SET destroyed_at = NULL, until = NULL WHERE platform = ? AND candidate = ?',
    ref.platform,
    ref.id,
  )
}

/**
 * Overwrites the keys and mappings whose time is over: their entries are anonymous from then on and the tree stays whole.
 * @returns how many
 */
export const expireSubjects = (db: WritableDb, keystore: Keystore, now: number): number => {
  const due = db.all<{ id: number; slot: SlotId }>(
    'SELECT id, slot FROM subject WHERE until <= ? AND slot IS NOT NULL',
    now,
  )
  for (const { id, slot } of due) {
    // Key first: a kill in between leaves a mapping that the next run overwrites, never a key without one.
    keystore.destroy(slot)
    db.run('UPDATE subject SET platform = NULL, candidate = NULL, slot = NULL, until = NULL WHERE id = ?', id)
  }
  return due.length
}

/** Slots that the log still needs; other live subject slots are left from a kill and may be freed. */
export const listSubjectSlots = (db: ReadableDb): SlotId[] =>
  db.all<{ slot: SlotId }>('SELECT slot FROM subject WHERE slot IS NOT NULL').map((row) => row.slot)
