import type { EntryDraft } from '../../shared/domain/ledger-entry.ts'
import type { ApplicationId, RecordId } from '../../shared/domain/ids.ts'
import type { ParsedFile } from '../../shared/domain/intake.ts'
import type { IntakeSource } from '../../shared/domain/intake-runs.ts'
import type { Channel, Platform } from '../../shared/domain/vocabulary.ts'
import { cleanFileName } from '../../shared/text/clean-file-name.ts'
import { sealFields, takeSealedFields } from '../candidates/sealed-fields.ts'
import { crashPoint } from '../crash-points.ts'
import type { WriterCall } from '../handler.ts'
import { aad, toSealable } from '../keys/sealed-columns.ts'
import { createNoContactList } from '../ledger/no-contact.ts'
import { noContactSubject } from '../messages/no-contact-subject.ts'
import { requireProfile } from '../policy/profile/require-profile.ts'
import { recomputeDue } from '../retention/due.ts'
import { applyWhitelist, type DroppedKeys } from '../sync/resume-keys.ts'
import { sha256, type Arrival, type Taken } from './arrival.ts'

/** What has been decided of an arrival: whose it is, for which job, by which way it came. */
export type Placed = {
  readonly platform: Platform
  readonly jobId: string
  readonly channel: Extract<Channel, 'emailed' | 'direct'>
  readonly source: IntakeSource
  readonly origin: string | undefined
  /** Marks by which the same delivery is known again. */
  readonly deliveries: readonly string[]
  /** By which a platform's delivery that comes afterwards knows this mail, while another mail is none the less another one. */
  readonly announced: readonly string[]
  /** Which mail of a mailbox it is. */
  readonly mail?: { readonly key: string; readonly messageHash: string | null }
  /** The same ids as a platform names them when it sends this delivery by sync (ZP-19). */
  readonly evidence: readonly string[]
}

export type Slots = { readonly candidate: string; readonly application: string }

/** Bytes of one sealed piece of an attachment. */
const chunkSize = 1024 * 1024

const mediaTypes: Readonly<Record<ParsedFile['format'], string>> = {
  pdf: 'application/pdf',
  docx: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  doc: 'application/msword',
  rtf: 'application/rtf',
  html: 'text/html',
  mht: 'multipart/related',
  eml: 'message/rfc822',
  msg: 'application/vnd.ms-outlook',
  txt: 'text/plain',
  image: 'application/octet-stream',
}

const insertAttachment = (
  call: WriterCall,
  arrival: Arrival,
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
    arrival.bytes.length,
    sha256(arrival.bytes),
    arrival.bytes.length,
    keystore.seal(slot, aad('attachment', 'sealed_name', id), toSealable(cleanFileName(arrival.name).name)),
  )
  for (let seq = 0; seq * chunkSize < arrival.bytes.length; seq += 1) {
    call.store.run(
      'INSERT INTO attachment_chunk (attachment_id, seq, sealed) VALUES (?, ?, ?)',
      id,
      seq,
      keystore.seal(
        slot,
        aad('attachment_chunk', 'sealed', `${id}/${seq}`),
        arrival.bytes.subarray(seq * chunkSize, (seq + 1) * chunkSize),
      ),
    )
  }
}

/** Of a resume that came by a platform's mail only what the platform's list names is kept (MM-27). */
const keptOf = (call: WriterCall, parsed: ParsedFile, platform: Platform) => {
  const { document } = requireProfile(call.core.profiles, platform)
  const list = (document.fields as { readonly whitelist?: readonly string[] } | undefined)?.whitelist
  const counts: DroppedKeys = {}
  const resume = list === undefined ? parsed.resume : applyWhitelist(parsed.resume, list, counts)
  return { resume, dropped: Object.values(counts).reduce((sum, count) => sum + count, 0) }
}

/** Makes a record of a file that was read, with its application and the file itself, inside the caller's transaction. */
export const insertRecord = (
  call: WriterCall,
  arrival: Arrival,
  parsed: ParsedFile,
  placed: Placed,
  slots: Slots,
): { readonly taken: Extract<Taken, { result: 'imported' }>; readonly entry: EntryDraft } => {
  const recordId = crypto.randomUUID()
  const applicationId = crypto.randomUUID()
  const platformId = `local-${recordId}`
  const origin = [placed.source, placed.origin].filter((part) => part !== undefined && part !== '').join(': ')
  const profile = requireProfile(call.core.profiles, placed.platform)
  const kept = keptOf(call, parsed, placed.platform)
  const fields = takeSealedFields(kept.resume, profile.sealed)
  const evidence = sha256(arrival.bytes)
  const sealed = call.account.keystore.seal(
    slots.candidate,
    aad('candidate', 'sealed', recordId),
    toSealable({ resume: fields.resume, contact: null, origin, sealed: Object.keys(fields.values) }),
  )
  const known = createNoContactList(call.vault.ledgerDb, () => call.vault.keys.tombstoneKey()).has(
    noContactSubject({ platform: placed.platform, platform_id: platformId }, { resume: parsed.resume, contact: null }),
  )
  call.store.run(
    `INSERT INTO candidate (record_id, platform, platform_id, origin, flags, received_at, checked_at, key_slot, sealed,
       sealed_fields, policy_revision)
     VALUES (?, ?, ?, 'local', ?, ?, ?, ?, ?, ?, ?)`,
    recordId,
    placed.platform,
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
      fields.values,
    ),
    profile.revision,
  )
  call.store.run(
    `INSERT INTO application (id, record_id, job_id, channel, evidence, evidence_at, stage, at, stage_at, attachment_state, key_slot)
     VALUES (?, ?, ?, ?, ?, ?, 'new', ?, ?, 'present', ?)`,
    applicationId,
    recordId,
    placed.jobId,
    placed.channel,
    evidence,
    call.now,
    call.now,
    call.now,
    slots.application,
  )
  insertAttachment(
    call,
    arrival,
    recordId,
    applicationId,
    slots.application,
    parsed.unread?.media_type ?? mediaTypes[parsed.format],
  )
  for (const mark of [...placed.deliveries, ...placed.announced]) {
    call.store.run('INSERT INTO intake_delivery (mark, application_id) VALUES (?, ?)', mark, applicationId)
  }
  call.store.run('UPDATE job SET last_activity_at = ? WHERE id = ?', call.now, placed.jobId)
  recomputeDue(call.store, call.core.profiles, [applicationId])
  call.account.outbox.enqueue(
    call.store,
    { kind: 'subject', body: { candidate_id: platformId, platform: placed.platform, evidence }, recordId },
    call.now,
  )
  crashPoint('intake.rows')
  return {
    taken: {
      result: 'imported',
      recordId: recordId as RecordId,
      applicationId: applicationId as ApplicationId,
      warnings: [...parsed.warnings],
      dropped: kept.dropped,
    },
    entry: {
      action: 'stage',
      outcome: 'done',
      subject: { platform: placed.platform, id: platformId },
      job: placed.jobId,
      detail: `intake ${placed.channel} ${placed.source}`,
    },
  }
}
