import { findTold, type Told, type ToldContext } from '../../shared/text/find-told.ts'
import { sealedPerson, type Person, type ToldInChat } from '../candidates/person.ts'
import { aad, fromSealable, toSealable } from '../keys/sealed-columns.ts'
import { listMessages, openText, type MessageRow } from '../messages/message-rows.ts'
import type { DisclosedNote } from '../messages/disclosed-note.ts'
import type { CompiledProfile } from '../policy/profile/compile-profile.ts'
import { dialsWhatWasTold, mayShow } from './contact-evidence.ts'
import type { Keystore } from '../keys/keystore-port.ts'
import type { ReadableDb } from '../store/database.ts'
import type { PageWork } from './page-work.ts'

export type ToldPlace = Pick<PageWork, 'store' | 'keystore'>

type Sealed = { readonly key_slot: string; readonly sealed: Uint8Array }

const aadOf = (recordId: string): string => aad('candidate', 'sealed', recordId)

const openSealed = (place: ToldPlace, recordId: string): (Person & { readonly slot: string }) | null => {
  const row = place.store.get<Sealed>(
    `SELECT key_slot, sealed FROM candidate WHERE record_id = ? AND life = 'live'`,
    recordId,
  )
  if (row === undefined) return null
  const person = sealedPerson.parse(fromSealable(place.keystore.open(row.key_slot, aadOf(recordId), row.sealed)))
  return { ...person, slot: row.key_slot }
}

/** Changes what a record knows from chats, in the caller's transaction. True when it has changed. */
export const changeTold = (
  place: ToldPlace,
  recordId: string,
  change: (told: readonly ToldInChat[]) => readonly ToldInChat[],
): boolean => {
  const opened = openSealed(place, recordId)
  if (opened === null) return false
  const { slot, ...person } = opened
  const before = person.chat ?? []
  const chat = change(before)
  if (JSON.stringify(before) === JSON.stringify(chat)) return false
  place.store.run(
    'UPDATE candidate SET sealed = ?, version = version + 1 WHERE record_id = ?',
    place.keystore.seal(slot, aadOf(recordId), toSealable({ ...person, chat })),
    recordId,
  )
  return true
}

/** What a message tells, by the words of the conversation as far as it went. */
export const readTold = (
  keystore: Keystore,
  db: ReadableDb,
  slot: string,
  row: Pick<MessageRow, 'id' | 'application_id' | 'at' | 'sealed'>,
  surname: ToldContext['surname'],
): Told => {
  const text = openText(keystore, slot, row)
  const alone = findTold(text, { surname })
  // Most messages tell nothing, and what the other side wrote matters to those that do alone.
  if (alone.own.length === 0) return alone
  const theirs = listMessages(db, row.application_id)
    .filter((one) => one.author !== 'candidate' && one.at <= row.at)
    .map((one) => openText(keystore, slot, one))
  return findTold(text, { surname, theirs })
}

/** The family name of an alias (`林某`, `林女士`) or of a name in full; none of a name in Latin letters. */
export const surnameOf = (name: string | undefined): string | undefined => {
  const family = /^(\p{Script=Han}{1,2})(?:某|先生|女士|小姐|同学|\*)/u.exec(name ?? '')?.[1]
  return family ?? /^\p{Script=Han}(?=\p{Script=Han}{1,3}$)/u.exec(name ?? '')?.[0]
}

/**
 * What of a told value this account may have: all of it where the profile could ever show an exchanged value, that it was told
 * where a virtual number is dialled for it, nothing elsewhere (ZP-22, ZP-30).
 */
export const keptOf = (profile: CompiledProfile, role: string, told: ToldInChat): ToldInChat[] => {
  const cell = profile.cells[role === 'headhunter' ? 'headhunter' : 'hr'][told.field].exchanged
  if (mayShow(cell)) return [told]
  const { value: _notForThem, ...bare } = told
  return dialsWhatWasTold(cell) ? [bare] : []
}

export type TellingMessage = {
  readonly row: Pick<MessageRow, 'id' | 'application_id' | 'at' | 'sealed'>
  readonly slot: string
  readonly recordId: string
  /** What the platform and humans have said of it so far. */
  readonly note: DisclosedNote
}

/**
 * Reads a candidate's message and upgrades what it tells, field by field, with the message as evidence (ZP-28). Only for words
 * of the candidate: the caller never asks for what somebody here typed.
 */
export const takeTold = (
  place: ToldPlace,
  profile: CompiledProfile,
  role: string,
  message: TellingMessage,
): DisclosedNote => {
  const { note } = message
  const opened = openSealed(place, message.recordId)
  if (opened === null) return { ...note, told: [], possible: [] }
  const surname = surnameOf(opened.contact?.name ?? opened.resume.basics.name)
  const { own, possible } = readTold(place.keystore, place.store, message.slot, message.row, surname)
  const evidence = { message: message.row.id, application: message.row.application_id, at: message.row.at }
  const vouched = note.vouched
    .filter((field) => !own.some((one) => one.field === field))
    .map((field): ToldInChat => {
      const candidates = possible.filter((one) => one.field === field)
      const [only] = candidates
      // The platform says that it was told: of one value it is clear which.
      return { field, ...evidence, ...(only !== undefined && candidates.length === 1 ? { value: only.value } : {}) }
    })
  const told = [...own.map((one): ToldInChat => ({ ...one, ...evidence })), ...vouched].filter(
    ({ field }) => !note.confirmed.includes(field) && !note.dismissed.includes(field),
  )
  changeTold(place, message.recordId, (before) => [
    ...before.filter((one) => one.message !== message.row.id || note.confirmed.includes(one.field)),
    ...told.flatMap((one) => keptOf(profile, role, one)),
  ])
  const settled = new Set([
    ...told.filter(({ value }) => value !== undefined).map(({ field }) => field),
    ...note.confirmed,
    ...note.dismissed,
  ])
  return {
    ...note,
    told: [...new Set([...told.map(({ field }) => field), ...note.confirmed])],
    possible: [...new Set(possible.map(({ field }) => field))].filter((field) => !settled.has(field)),
  }
}
