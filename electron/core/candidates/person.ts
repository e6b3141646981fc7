import { z } from 'zod'
import { contact, resume, type Contact, type Resume } from '../../shared/domain/resume.ts'
import { contactField, sealableField, type ContactField, type SealableField } from '../../shared/domain/vocabulary.ts'
import type { OwnWords } from '../../shared/text/find-own-names.ts'
import { aad } from '../keys/sealed-columns.ts'
import type { Keystore } from '../keys/keystore-port.ts'
import type { ReadableDb } from '../store/database.ts'
import { requireSealed, type CandidateRecord } from './candidate-rows.ts'
import { heldMark, type HeldMark } from './held-marks.ts'
import type { PersonFacts } from './policy-request.ts'

/** Without a value where the platform vouches that it was told, or where the value is not for this account to have. */
export const toldInChat = z.object({
  field: contactField,
  value: z.string().optional(),
  message: z.string(),
  application: z.string(),
  at: z.number(),
})
export type ToldInChat = z.infer<typeof toldInChat>

/** What lies sealed in `candidate.sealed`. */
export const sealedPerson = z.object({
  resume,
  contact: contact.nullable().default(null),
  /** Where a record of own intake came from, in the words of whoever took it in (ZP-53, ZP-98). */
  origin: z.string().optional(),
  /** Which sensitive fields lie in the second layer; their values are not here (ZP-05). */
  sealed: z.array(sealableField).default([]),
  /** Words that somebody found unmasked and reported: masked from then on (L-2). */
  masked: z.array(z.string()).default([]),
  /** What the person told in a chat, each value with the message that is its evidence (ZP-28). */
  chat: z.array(toldInChat).default([]),
  /** What the platform has verified, bound to what it was verified for (ZP-58, MM-14). */
  marks: z.array(heldMark).default([]),
  /** Name, sex or birth became another one, and the platform has verified nothing since (WZ-35). */
  reverify: z.boolean().default(false),
})
export type Person = {
  readonly resume: Resume
  readonly contact: Contact | null
  readonly origin?: string | undefined
  readonly sealed?: readonly SealableField[] | undefined
  readonly masked?: readonly string[] | undefined
  readonly chat?: readonly ToldInChat[] | undefined
  readonly marks?: readonly HeldMark[] | undefined
  readonly reverify?: boolean | undefined
}

/** Opens the sealed half of a record. @throws IpcError E_NOT_FOUND when its key is gone, E_DAMAGED when it is not genuine. */
export const openPerson = (db: ReadableDb, keystore: Keystore, candidate: CandidateRecord): Person => {
  const plain = keystore.open(
    candidate.key_slot,
    aad('candidate', 'sealed', candidate.record_id),
    requireSealed(db, candidate.record_id),
  )
  return sealedPerson.parse(JSON.parse(new TextDecoder().decode(plain)))
}

/** The newest value that the person told in a chat. */
const toldValue = (person: Person, field: ContactField): string | undefined =>
  (person.chat ?? [])
    .filter((told) => told.field === field && told.value !== undefined)
    .reduce<ToldInChat | undefined>(
      (newest, told) => (newest === undefined || told.at >= newest.at ? told : newest),
      undefined,
    )?.value

/** The person's own value of a contact, from what the hub sent with evidence, else from the resume itself (own intake). */
export const contactValue = (person: Person, field: ContactField): string | undefined => {
  const { basics, meta } = person.resume
  const ofResume = { name: basics.name, phone: basics.phone, email: basics.email, wechat: meta.cn.wechat }
  return person.contact?.[field] ?? toldValue(person, field) ?? ofResume[field]
}

/**
 * Everything that tells of the person wherever it stands: names, and the contacts that are known, so that a WeChat id without
 * the word in front of it is masked, too. What was reported is looked for as a name, too: it may be written with blanks elsewhere.
 */
export const ownWordsOf = (person: Person): OwnWords => {
  const { basics } = person.resume
  const known = contactField.options.map((field) => contactValue(person, field))
  const { wechat } = person.resume.meta.cn
  const literal = person.masked ?? []
  const told = (person.chat ?? []).map(({ value }) => value)
  const words = [basics.name, basics.phone, basics.email, wechat, ...known, ...told, ...literal]
  const names = words.filter((word): word is string => word !== undefined && word !== '')
  return { names: [...new Set(names)], literal }
}

/** Birth as `YYYY-MM` or `YYYY-MM-DD`, whatever the resume has. */
export const birthOf = (person: Person): string | null => {
  const { birth_date, birth_month } = person.resume.meta.cn
  return birth_date ?? birth_month ?? null
}

/** What each application's evidence disclosed: the contact values that came with it (ZP-28). */
export const personFacts = (person: Person, applications: ReadonlyArray<{ readonly id: string }>): PersonFacts => {
  const told = contactField.options.filter(
    (field) => person.contact?.[field] !== undefined || person.contact?.told?.includes(field) === true,
  )
  const evidence = person.contact?.evidence ?? []
  return {
    birth: birthOf(person),
    disclosed: Object.fromEntries(
      applications.map((application) => [application.id, evidence.includes(application.id) ? told : []]),
    ),
    chats: [...Map.groupBy(person.chat ?? [], ({ application }) => application)].map(([application, list]) => ({
      application,
      fields: [...new Set(list.map(({ field }) => field))],
      at: Math.max(...list.map(({ at }) => at)),
    })),
  }
}
