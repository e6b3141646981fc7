import { createHash } from 'node:crypto'
import type { Contact, Resume } from '../../shared/domain/resume.ts'
import type { CandidateData, ChangeDataOf } from '../../shared/domain/sync-records.ts'
import { requireSealed, type CandidateFlags } from '../candidates/candidate-rows.ts'
import { sealedPerson, type Person } from '../candidates/person.ts'
import { carryMarks, needsReverify, rebindMarks, saidMarks } from '../candidates/held-marks.ts'
import { sealFields, takeSealedFields, type SealedFields } from '../candidates/sealed-fields.ts'
import { noContactSubject } from '../messages/no-contact-subject.ts'
import { aad, fromSealable, toSealable } from '../keys/sealed-columns.ts'
import type { CompiledProfile } from '../policy/profile/compile-profile.ts'
import { lockRecord } from '../retention/lock-record.ts'
import type { RetentionReason } from '../../shared/domain/vocabulary.ts'
import { putAside, removeAside, removeAsideOf } from './aside.ts'
import { flagsOf, getCandidate, hiddenFor, listChannels, type CandidateRow } from './candidate-row.ts'
import { listEvidence, weighContact, type Evidence } from './contact-evidence.ts'
import { changeTold } from './told-in-chat.ts'
import { enqueue } from './outbox.ts'
import { requireProfile } from '../policy/profile/require-profile.ts'
import type { PageWork } from './page-work.ts'
import type { ChangeHead } from './read-change.ts'
import { applyWhitelist, withoutContacts, type DroppedKeys } from './resume-keys.ts'

export type CandidateArrival = { readonly head: ChangeHead; readonly data: ChangeDataOf<'candidate'> }

export type ContactPlace = Pick<PageWork, 'store' | 'keystore' | 'profiles' | 'viewer' | 'touched'>

type SealedArrival = { readonly record: Person; readonly fields: SealedFields }

const candidateAad = (recordId: string): string => aad('candidate', 'sealed', recordId)

/** What of a resume may be kept: the platform's own list, without contacts, with the month of birth in one place. */
const keptResume = (profile: CompiledProfile, data: CandidateData, dropped: DroppedKeys): Resume => {
  const bare = withoutContacts(data.resume, data.contact, dropped)
  const birth = data.birth_month ?? bare.meta.cn.birth_month
  const resume: Resume = birth === undefined ? bare : { ...bare, meta: { cn: { ...bare.meta.cn, birth_month: birth } } }
  const list = (profile.document.fields as { readonly whitelist?: readonly string[] } | undefined)?.whitelist
  return list === undefined ? resume : applyWhitelist(resume, list, dropped)
}

/**
 * What is sealed once and what twice. Words that somebody reported stay masked whatever the platform sends (L-2), and what the
 * person told in a chat has its evidence there (ZP-28).
 */
const recordOf = (
  profile: CompiledProfile,
  resume: Resume,
  contact: Contact | null,
  kept: Pick<Person, 'masked' | 'chat' | 'marks' | 'reverify'>,
): SealedArrival => {
  const taken = takeSealedFields(resume, profile.sealed)
  const sealed = Object.keys(taken.values) as (keyof SealedFields)[]
  return { record: { resume: taken.resume, contact, sealed, ...kept }, fields: taken.values }
}

/** The switches of a person, with the wish not to be contacted as it was last said to somebody here (MM-17). */
const wishesOf = (work: PageWork, { head, data }: CandidateArrival, before: CandidateFlags): CandidateFlags => {
  const subject = noContactSubject(
    { platform: data.platform, platform_id: head.id },
    { resume: data.resume, contact: data.contact ?? null },
  )
  // The platform's own word is its to take back; what was said here is not.
  if (data.do_not_contact === true) work.noContact.note(subject, 'hub', work.now)
  if (data.do_not_contact === false) work.noContact.forget(subject, 'hub')
  const said = before.no_contact_here === true || work.noContact.has(subject)
  return {
    ...flagsOf(work.viewer, data),
    ...(said && data.do_not_contact !== true ? { no_contact_here: true } : {}),
    ...(before.restricted_here === true ? { restricted_here: true } : {}),
  }
}

const sealRecord = (work: ContactPlace, recordId: string, slot: string, record: Person): Uint8Array =>
  work.keystore.seal(slot, candidateAad(recordId), toSealable(record))

const keepWaitingContact = (work: PageWork, head: ChangeHead, contact: Contact | undefined): void => {
  if (contact === undefined) {
    removeAside(work.store, 'contact', head.id)
    return
  }
  putAside(work, {
    type: 'contact',
    id: head.id,
    rev: head.rev,
    at: work.now,
    why: 'waiting',
    candidateId: head.id,
    data: contact,
  })
}

/** Insights live for a day, apart from the resume, and not at all once the person switched them off (ZP-62, ZP-63). */
const keepInsights = (work: PageWork, { head, data }: CandidateArrival): void => {
  if (data.insights === undefined || data.insights_opt_out === true) {
    removeAside(work.store, 'insights', head.id)
    return
  }
  putAside(work, {
    type: 'insights',
    id: head.id,
    rev: head.rev,
    at: work.now,
    why: 'stored',
    candidateId: head.id,
    data: data.insights,
  })
}

/** An account tells of the same person once, whichever run or device of its finds them: a UUID (RFC 9562, version 8) of the hash. */
const minorReportId = (account: string, platform: string, id: string): string => {
  const hex = createHash('sha256').update(`minor_found\0${account}\0${platform}\0${id}`).digest('hex')
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`
}

/**
 * A person too young for the platform: nothing of them is kept, the platform is told, a task without personal data stays
 * (ZP-04, MM-47).
 */
export const refuseMinor = (work: PageWork, { head, data }: CandidateArrival, profile: CompiledProfile): void => {
  const existing = getCandidate(work.store, head.id)
  removeAsideOf(work.store, head.id)
  if (existing !== undefined) lockPerson(work, existing.record_id, 'candidate_gone')
  putAside(work, {
    type: 'candidate',
    id: head.id,
    rev: head.rev,
    at: work.now,
    why: 'invalid',
    problem: 'E_MINOR',
    data: null,
  })
  enqueue(
    work,
    {
      kind: 'incident',
      id: minorReportId(work.viewer.account, data.platform, head.id),
      body: { title: 'minor_found', platform: data.platform, candidate_id: head.id },
    },
    work.now,
  )
  work.drafts.push({
    action: 'incident',
    outcome: 'done',
    subject: { platform: data.platform, id: head.id },
    policy: { profile: profile.id, version: profile.document.policy.version, clause: profile.clauseOf('UNDER_AGE') },
    detail: 'minor_found',
  })
  work.counts.minors += 1
}

/** Locks a record and brings its clocks up to date with the page. */
export const lockPerson = (work: PageWork, recordId: string, reason: RetentionReason): void => {
  const drafts = lockRecord(work.store, work.profiles, recordId, reason, work.now)
  if (drafts.length > 0) work.counts.locked += 1
  work.drafts.push(...drafts)
  for (const { id } of work.store.all<{ id: string }>('SELECT id FROM application WHERE record_id = ?', recordId)) {
    work.clocks.add(id)
  }
}

/** Makes the record of a person who was not here; the caller inserts the applications that come with it right afterwards. */
export const insertCandidate = (
  work: PageWork,
  { head, data }: CandidateArrival,
  applications: readonly Evidence[],
): string => {
  const profile = requireProfile(work.profiles, data.platform)
  const recordId = work.newId()
  const slot = work.takeKey('candidate')
  const verdict = weighContact(data.contact, applications, profile, work.viewer)
  const resume = keptResume(profile, data, work.dropped)
  const marks = carryMarks([], saidMarks(data), { resume, contact: verdict.keep })
  const { record, fields } = recordOf(profile, resume, verdict.keep, { marks })
  work.store.run(
    `INSERT INTO candidate (record_id, platform, platform_id, origin, rev, visibility, flags, received_at, checked_at,
       key_slot, sealed, sealed_fields, policy_revision)
     VALUES (?, ?, ?, 'hub', ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    recordId,
    data.platform,
    head.id,
    head.rev,
    data.visibility,
    JSON.stringify(wishesOf(work, { head, data }, {})),
    work.now,
    work.now,
    slot,
    sealRecord(work, recordId, slot, record),
    sealFields(work, recordId, slot, fields),
    profile.revision,
  )
  keepWaitingContact(work, head, verdict.waits ? data.contact : undefined)
  keepInsights(work, { head, data })
  removeAside(work.store, 'candidate', head.id)
  work.counts.candidates += 1
  work.fresh.add(recordId)
  return recordId
}

/** Overwrites what the platform says of a person who is here; the old value is not kept (ZP-78). */
export const updateCandidate = (work: PageWork, row: CandidateRow, arrival: CandidateArrival): void => {
  const { head, data } = arrival
  if (row.origin === 'local') return
  if (row.life === 'locked' && row.lock_reason !== null) return
  if (row.platform !== data.platform) {
    putAside(work, { ...head, why: 'invalid', problem: 'platform: changed', candidateId: head.id, data })
    work.counts.invalid += 1
    return
  }
  const profile = requireProfile(work.profiles, data.platform)
  const verdict = weighContact(data.contact, listEvidence(work.store, row.record_id), profile, work.viewer)
  const before = openRecord(work, row.record_id, row.key_slot, requireSealed(work.store, row.record_id))
  const resume = keptResume(profile, data, work.dropped)
  const marks = carryMarks(before.marks ?? [], saidMarks(data), { resume, contact: verdict.keep })
  const reverify = needsReverify(before, { resume, contact: verdict.keep }, marks, before.marks ?? [])
  const { record, fields } = recordOf(profile, resume, verdict.keep, {
    masked: before.masked,
    chat: before.chat,
    marks,
    reverify,
  })
  work.store.run(
    `UPDATE candidate SET rev = ?, visibility = ?, flags = ?, checked_at = ?, sealed = ?, sealed_fields = ?
     WHERE record_id = ?`,
    head.rev,
    data.visibility,
    JSON.stringify(wishesOf(work, arrival, JSON.parse(row.flags) as CandidateFlags)),
    work.now,
    sealRecord(work, row.record_id, row.key_slot, record),
    sealFields(work, row.record_id, row.key_slot, fields),
    row.record_id,
  )
  keepWaitingContact(work, head, verdict.waits ? data.contact : undefined)
  keepInsights(work, arrival)
  work.touched.add(row.record_id)
}

/** Puts a contact that waits into its record as far as its evidence is here; the rest goes on waiting. */
export const settleContact = (
  work: ContactPlace,
  recordId: string,
  contact: Contact,
  head: { readonly id: string },
): void => {
  const row = work.store.get<{ platform: CandidateData['platform']; key_slot: string; sealed: Uint8Array }>(
    'SELECT platform, key_slot, sealed FROM candidate WHERE record_id = ?',
    recordId,
  )
  if (row === undefined) return
  const verdict = weighContact(
    contact,
    listEvidence(work.store, recordId),
    requireProfile(work.profiles, row.platform),
    work.viewer,
  )
  const { contact: before, ...record } = openRecord(work, recordId, row.key_slot, row.sealed)
  if (verdict.keep !== null || before !== null) {
    work.store.run(
      'UPDATE candidate SET sealed = ? WHERE record_id = ?',
      sealRecord(work, recordId, row.key_slot, {
        ...record,
        contact: verdict.keep,
        marks: rebindMarks(record.marks ?? [], { resume: record.resume, contact: verdict.keep }),
      }),
      recordId,
    )
    work.touched.add(recordId)
  }
  if (!verdict.waits) removeAside(work.store, 'contact', head.id)
}

const openRecord = (work: ContactPlace, recordId: string, slot: string, sealed: Uint8Array): Person =>
  sealedPerson.parse(fromSealable(work.keystore.open(slot, candidateAad(recordId), sealed)))

/** The contact of a record whose evidence may have gone: weighed again against what is still here. */
export const reweighContact = (work: ContactPlace, recordId: string): void => {
  const row = work.store.get<{ platform_id: string; key_slot: string; sealed: Uint8Array }>(
    'SELECT platform_id, key_slot, sealed FROM candidate WHERE record_id = ?',
    recordId,
  )
  if (row === undefined) return
  const { contact } = openRecord(work, recordId, row.key_slot, row.sealed)
  // A chat goes with its application, whatever keeps the person.
  const here = new Set(
    work.store.all<{ id: string }>('SELECT id FROM application WHERE record_id = ?', recordId).map(({ id }) => id),
  )
  changeTold(work, recordId, (told) => told.filter(({ application }) => here.has(application)))
  if (contact !== null) settleContact(work, recordId, contact, { id: row.platform_id })
}

/** Locks what the candidate has hidden from this viewer meanwhile (ZP-14, ZP-24, ZP-25; D8). */
export const enforceVisibility = (work: PageWork, recordId: string): void => {
  const row = work.store.get<Pick<CandidateRow, 'platform' | 'visibility' | 'flags' | 'life' | 'origin'>>(
    'SELECT platform, visibility, flags, life, origin FROM candidate WHERE record_id = ?',
    recordId,
  )
  if (row === undefined || row.life === 'locked' || row.origin === 'local') return
  const blocked = (JSON.parse(row.flags) as { readonly blocked?: boolean }).blocked === true
  const profile = requireProfile(work.profiles, row.platform)
  const hidden = hiddenFor(work.viewer, profile, row.visibility, blocked, listChannels(work.store, recordId))
  if (hidden !== null) lockPerson(work, recordId, hidden)
}
