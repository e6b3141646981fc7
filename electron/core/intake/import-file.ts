import { createHash } from 'node:crypto'
import type { Output } from '../handler.ts'
import type { EntryDraft } from '../../shared/domain/ledger-entry.ts'
import type { ApplicationId, RecordId } from '../../shared/domain/ids.ts'
import type { ParsedFile, ParseOutcome, Quarantined } from '../../shared/domain/intake.ts'
import type { Platform } from '../../shared/domain/vocabulary.ts'
import { cleanFileName } from '../../shared/text/clean-file-name.ts'
import { sealFields, takeSealedFields } from '../candidates/sealed-fields.ts'
import { crashPoint } from '../crash-points.ts'
import { Refusal, type ReaderCall, type WriterCall, type Written } from '../handler.ts'
import type { Keystore } from '../keys/keystore-port.ts'
import { aad, toSealable } from '../keys/sealed-columns.ts'
import { ageInMonths } from '../policy/text/age-in-months.ts'
import type { CompiledProfile } from '../policy/profile/compile-profile.ts'
import { createNoContactList } from '../ledger/no-contact.ts'
import { noContactSubject } from '../messages/no-contact-subject.ts'
import { requireProfile } from '../policy/profile/require-profile.ts'
import { recomputeDue } from '../retention/due.ts'
import { IpcError } from '../../shared/ipc/ipc-error.ts'

export type IntakeFile = {
  readonly name: string
  readonly bytes: Uint8Array
  readonly jobId: string
  readonly platform: Platform
  readonly source: string
  readonly origin: string | undefined
}

type IntakeOutput = Output<'intake.add'>
type Slots = { readonly candidate: string; readonly application: string }

/** Bytes of one sealed piece of an attachment. */
const chunkSize = 1024 * 1024

const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex')

const extensionOf = (name: string): string => /\.([a-z0-9]{1,8})$/i.exec(name)?.[1]?.toLowerCase() ?? ''

/** A record without its origin may not enter (ZP-53, ZP-98). */
export const requireOrigin = (file: Pick<IntakeFile, 'source' | 'origin'>): void => {
  const needsWords = file.source !== 'hand_in' && file.source !== 'email'
  if (needsWords && (file.origin ?? '') === '') {
    throw new Refusal('E_CONSENT', 'say where this resume comes from and on what ground', {
      rule: 'ORIGIN_MISSING',
      clause: 'ZP-98',
    })
  }
}

const requireOpenJob = (call: ReaderCall, jobId: string): void => {
  const job = call.store.get<{ status: string }>('SELECT status FROM job WHERE id = ?', jobId)
  if (job === undefined) throw new IpcError('E_NOT_FOUND', 'there is no such job')
  if (job.status === 'closed' || job.status === 'filled') {
    throw new IpcError('E_CONFLICT', 'the job is closed; resumes enter open jobs only')
  }
}

/** Some platforms have no candidates at all (QY-09). */
const requireCandidates = (profile: CompiledProfile): void => {
  if (profile.hasCandidates) return
  throw new Refusal('E_CHANNEL', 'this platform has no candidates', {
    rule: 'NO_CANDIDATES_HERE',
    clause: profile.clauseOf('NO_CANDIDATES_HERE'),
  })
}

/** Below the platform's age by the date of birth, or, where there is none, by what the text says. */
const isUnderAge = (file: ParsedFile, profile: CompiledProfile, now: number): boolean => {
  const { birth_date, birth_month } = file.resume.meta.cn
  const birth = birth_date ?? birth_month
  const months = birth === undefined ? null : ageInMonths(birth, now)
  if (months !== null) return months < profile.minAgeMonths
  // Seventeen means up to one day before eighteen.
  return file.stated_age !== undefined && file.stated_age * 12 + 11 < profile.minAgeMonths
}

/** Runs what needs these keys; when it fails they go again. A kill in between leaves them to the next unlock. */
const orFree = <T>(keystore: Keystore, slots: readonly string[], work: () => T): T => {
  try {
    return work()
  } catch (error) {
    for (const slot of slots) keystore.destroy(slot)
    throw error
  }
}

const insertQuarantine = (
  call: WriterCall,
  file: IntakeFile,
  slot: string,
  reason: string,
  detail: string,
): Written<IntakeOutput> => {
  const id = crypto.randomUUID()
  const { keystore } = call.account
  const name = cleanFileName(file.name).name
  call.store.run(
    `INSERT INTO quarantine (id, at, reason, detail, extension, size, sha256, key_slot, sealed_name, sealed)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    id,
    call.now,
    reason,
    detail,
    extensionOf(name),
    file.bytes.length,
    sha256(file.bytes),
    slot,
    keystore.seal(
      slot,
      aad('quarantine', 'sealed_name', id),
      toSealable({ name, platform: file.platform, source: file.source, origin: file.origin }),
    ),
    keystore.seal(slot, aad('quarantine', 'sealed', id), file.bytes),
  )
  return {
    output: { result: 'quarantined', quarantine_id: id, reason },
    entries: [{ action: 'stage', outcome: 'done', job: file.jobId, detail: `quarantined ${reason}` }],
    after: () => call.core.emit('data.changed', { what: ['quarantine'] }),
  }
}

const refuseMinor = (call: WriterCall, file: IntakeFile, clause: string): Written<IntakeOutput> => ({
  output: { result: 'refused', code: 'E_MINOR', rule: 'UNDER_AGE' },
  // Nothing of the person stays; the entry says that a minor's file was turned away, not whose (ZP-04).
  entries: [{ action: 'stage', outcome: 'denied', job: file.jobId, detail: `under_age ${clause}` }],
  after: () => call.core.emit('data.changed', { what: ['ledger'] }),
})

const insertAttachment = (
  call: WriterCall,
  file: IntakeFile,
  recordId: string,
  applicationId: string,
  slot: string,
  mediaType: string,
): void => {
  const id = crypto.randomUUID()
  const { keystore } = call.account
  call.store.run(
    `INSERT INTO attachment (id, record_id, application_id, media_type, size, sha256, fetched, sealed_name)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
    id,
    recordId,
    applicationId,
    mediaType,
    file.bytes.length,
    sha256(file.bytes),
    file.bytes.length,
    keystore.seal(slot, aad('attachment', 'sealed_name', id), toSealable(cleanFileName(file.name).name)),
  )
  for (let seq = 0; seq * chunkSize < file.bytes.length; seq += 1) {
    call.store.run(
      'INSERT INTO attachment_chunk (attachment_id, seq, sealed) VALUES (?, ?, ?)',
      id,
      seq,
      keystore.seal(
        slot,
        aad('attachment_chunk', 'sealed', `${id}/${seq}`),
        file.bytes.subarray(seq * chunkSize, (seq + 1) * chunkSize),
      ),
    )
  }
}

const mediaTypes: Readonly<Record<ParsedFile['format'], string>> = {
  pdf: 'application/pdf',
  docx: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  html: 'text/html',
  doc: 'application/msword',
  rtf: 'application/rtf',
  mht: 'multipart/related',
  eml: 'message/rfc822',
  msg: 'application/vnd.ms-outlook',
  txt: 'text/plain',
  image: 'application/octet-stream',
}

const insertRecord = (call: WriterCall, file: IntakeFile, parsed: ParsedFile, slots: Slots): Written<IntakeOutput> => {
  const recordId = crypto.randomUUID()
  const applicationId = crypto.randomUUID()
  const platformId = `local-${recordId}`
  const channel = file.platform !== 'direct' && parsed.format === 'eml' ? 'emailed' : 'direct'
  const origin = [file.source, file.origin].filter((part) => part !== undefined && part !== '').join(': ')
  const profile = requireProfile(call.core.profiles, file.platform)
  const taken = takeSealedFields(parsed.resume, profile.sealed)
  const sealed = call.account.keystore.seal(
    slots.candidate,
    aad('candidate', 'sealed', recordId),
    toSealable({ resume: taken.resume, contact: null, origin, sealed: Object.keys(taken.values) }),
  )
  const known = createNoContactList(call.vault.ledgerDb, () => call.vault.keys.tombstoneKey()).has(
    noContactSubject({ platform: file.platform, platform_id: platformId }, { resume: parsed.resume, contact: null }),
  )
  call.store.run(
    `INSERT INTO candidate (record_id, platform, platform_id, origin, flags, received_at, checked_at, key_slot, sealed,
       sealed_fields, policy_revision)
     VALUES (?, ?, ?, 'local', ?, ?, ?, ?, ?, ?, ?)`,
    recordId,
    file.platform,
    platformId,
    // Whoever asked not to be contacted comes in with that wish, though their record was destroyed (MM-17).
    JSON.stringify(known ? { no_contact_here: true } : {}),
    call.now,
    call.now,
    slots.candidate,
    sealed,
    sealFields(
      { keystore: call.account.keystore, sensitiveKey: call.vault.keys.sensitiveKey() },
      recordId,
      slots.candidate,
      taken.values,
    ),
    profile.revision,
  )
  call.store.run(
    `INSERT INTO application (id, record_id, job_id, channel, evidence, evidence_at, stage, at, stage_at, attachment_state, key_slot)
     VALUES (?, ?, ?, ?, ?, ?, 'new', ?, ?, 'present', ?)`,
    applicationId,
    recordId,
    file.jobId,
    channel,
    sha256(file.bytes),
    call.now,
    call.now,
    call.now,
    slots.application,
  )
  insertAttachment(call, file, recordId, applicationId, slots.application, mediaTypes[parsed.format])
  call.store.run('UPDATE job SET last_activity_at = ? WHERE id = ?', call.now, file.jobId)
  recomputeDue(call.store, call.core.profiles, [applicationId])
  call.account.outbox.enqueue(
    call.store,
    {
      kind: 'subject',
      body: { candidate_id: platformId, platform: file.platform, evidence: sha256(file.bytes) },
      recordId,
    },
    call.now,
  )
  const entry: EntryDraft = {
    action: 'stage',
    outcome: 'done',
    subject: { platform: file.platform, id: platformId },
    job: file.jobId,
    detail: `intake ${channel} ${file.source}`,
  }
  crashPoint('intake.rows')
  return {
    output: {
      result: 'imported',
      record_id: recordId as RecordId,
      application_id: applicationId as ApplicationId,
      warnings: [...parsed.warnings],
    },
    entries: [entry],
    after: () => {
      call.account.indexer.poke()
      call.core.emit('data.changed', { what: ['jobs', 'candidates', 'retention'] })
    },
  }
}

/** Files that make no record of their own are set aside. */
const importable = (outcome: ParseOutcome): ParsedFile | Quarantined => {
  if ('parts' in outcome) return { quarantined: 'unknown_format', detail: 'application/zip' }
  if ('unread' in outcome && outcome.unread) return { quarantined: 'scanned', detail: outcome.unread.media_type }
  return outcome
}

/** A file that is in the store already, as the attachment of a live application of the same job. */
const findDuplicate = (call: ReaderCall, file: IntakeFile): string | undefined =>
  call.store.get<{ record_id: string }>(
    `SELECT t.record_id FROM attachment t JOIN application a ON a.id = t.application_id
     WHERE t.sha256 = ? AND a.job_id = ?`,
    sha256(file.bytes),
    file.jobId,
  )?.record_id

/**
 * Takes one file in: parses it outside this process, then in one transaction makes a record of it, sets it aside, or refuses
 * it. Whatever happens has a result; nothing is dropped silently. Keys are durable before the rows that need them.
 */
export const prepareImport = async (
  call: ReaderCall,
  file: IntakeFile,
): Promise<(call: WriterCall) => Written<IntakeOutput>> => {
  requireOrigin(file)
  requireOpenJob(call, file.jobId)
  const profile = requireProfile(call.core.profiles, file.platform)
  requireCandidates(profile)
  const outcome = importable(await call.core.parser.parse(file.name, file.bytes))
  const { keystore } = call.account
  // The job may have been closed, and the same file taken in, while this one was being read.
  if ('quarantined' in outcome) {
    const slot = keystore.create('quarantine')
    return (writer) =>
      orFree(keystore, [slot], () => {
        requireOpenJob(writer, file.jobId)
        return insertQuarantine(writer, file, slot, outcome.quarantined, outcome.detail)
      })
  }
  if (isUnderAge(outcome, profile, call.now)) {
    return (writer) => refuseMinor(writer, file, profile.clauseOf('UNDER_AGE'))
  }
  const slots = {
    candidate: keystore.create('candidate'),
    application: keystore.create('application'),
  }
  crashPoint('intake.keys')
  return (writer) =>
    orFree(keystore, [slots.candidate, slots.application], () => {
      requireOpenJob(writer, file.jobId)
      const duplicate = findDuplicate(writer, file)
      if (duplicate === undefined) return insertRecord(writer, file, outcome, slots)
      return {
        output: { result: 'duplicate', record_id: duplicate as RecordId },
        entries: [],
        after: () => {
          keystore.destroy(slots.candidate)
          keystore.destroy(slots.application)
        },
      }
    })
}
