import { createHash } from 'node:crypto'
import { contactField, type ContactField } from '../../../shared/domain/vocabulary.ts'
import { contactValue, ownWordsOf } from '../../candidates/person.ts'
import type { ReaderCall } from '../../handler.ts'
import type { ApprovalRow } from '../../holds/approval-rows.ts'
import { aad, fromSealable } from '../../keys/sealed-columns.ts'
import { decide } from '../../policy/decide.ts'
import { redactToString } from '../../policy/text/redact.ts'
import { readAttachment } from '../../sync/fetch-attachments.ts'
import type { HiredRecord } from './hired-record.ts'
import { writeZip, type ZipEntry } from './write-zip.ts'

const json = (value: unknown): Uint8Array => new TextEncoder().encode(`${JSON.stringify(value, null, 2)}\n`)
const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex')

/** Every text of a value without contacts and the person's own words; what the rules allow is put in afterwards. */
const clean = (value: unknown, own: ReturnType<typeof ownWordsOf>): unknown => {
  if (typeof value === 'string') return redactToString(value, own)
  if (Array.isArray(value)) return value.map((each) => clean(each, own))
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, clean(each, own)]))
}

/** Contacts whose whole value the rules let this viewer have. */
const allowedContacts = ({ person, request }: HiredRecord): Partial<Record<ContactField, string>> =>
  Object.fromEntries(
    contactField.options.flatMap((field) => {
      const { state, form } = decide({ ...request, field })
      const value = contactValue(person, field)
      return value !== undefined && form === 'full' && (state === 'see' || state === 'reveal') ? [[field, value]] : []
    }),
  )

const resumeOf = (record: HiredRecord, contacts: Partial<Record<ContactField, string>>): unknown => {
  const { resume } = record.person
  const { name: _n, phone: _p, email: _e, ...basics } = resume.basics
  const { wechat: _w, ...cn } = resume.meta.cn
  const own = ownWordsOf(record.person)
  const { wechat, ...shown } = contacts
  const cleaned = clean({ ...resume, basics, meta: { ...resume.meta, cn } }, own) as {
    basics: object
    meta: { cn: object }
  }
  return {
    ...cleaned,
    basics: { ...cleaned.basics, ...shown },
    meta: { ...cleaned.meta, cn: { ...cleaned.meta.cn, ...(wechat === undefined ? {} : { wechat }) } },
  }
}

/** A name that is one on every system and leads nowhere. */
const safeName = (name: string, index: number): string => {
  const plain = [...name.normalize('NFC')]
    .filter((character) => /[\p{L}\p{N} ._()-]/u.test(character))
    .join('')
    .replace(/^[. ]+|[. ]+$/gu, '')
  return `attachments/${String(index + 1).padStart(2, '0')}-${plain.slice(-80) || 'file'}`
}

type AttachmentRow = {
  readonly id: string
  readonly size: number
  readonly fetched: number
  readonly sealed_name: Uint8Array
}

/** The files of this application as they are stored; those that were never fetched are named as missing. */
const attachmentsOf = (call: ReaderCall, { application, request }: HiredRecord) => {
  const { state } = decide({ ...request, field: 'attachment' })
  if (state === 'absent' || state === 'masked') return { files: [], missing: 0 }
  const rows = call.store.all<AttachmentRow>(
    'SELECT id, size, fetched, sealed_name FROM attachment WHERE application_id = ? ORDER BY id',
    application.id,
  )
  const { keystore } = call.account
  const files = rows
    .filter(({ size, fetched }) => fetched >= size)
    .map(({ id, sealed_name: sealed }, index): ZipEntry => {
      const name = fromSealable(keystore.open(application.key_slot, aad('attachment', 'sealed_name', id), sealed))
      return { name: safeName(String(name), index), bytes: readAttachment(call.store, keystore, id) }
    })
  return { files, missing: rows.length - files.length }
}

export type HandoverPackage = { readonly bytes: Uint8Array; readonly fields: readonly string[] }

/** One package for the personnel file (K22): resume, contacts that the rules allow, files, and a manifest with every hash. */
export const buildPackage = (
  call: ReaderCall,
  record: HiredRecord,
  approval: ApprovalRow,
  nameOf: (id: string) => string,
): HandoverPackage => {
  const contacts = allowedContacts(record)
  const { files, missing } = attachmentsOf(call, record)
  const entries: ZipEntry[] = [{ name: 'resume.json', bytes: json(resumeOf(record, contacts)) }, ...files]
  const { candidate, application, request } = record
  const manifest = {
    format: 'candor-handover/1',
    made_at: new Date(call.now).toISOString(),
    platform: candidate.platform,
    candidate: candidate.platform_id,
    job: { id: application.job_id, title: application.job_title },
    legal_basis: approval.legal_basis,
    asked_by: nameOf(approval.asked_by),
    approved_by: nameOf(approval.decided_by ?? ''),
    approved_at: new Date(approval.decided_at ?? call.now).toISOString(),
    policy: { profile: request.profile.id, version: request.profile.document.policy.version },
    contacts: Object.keys(contacts),
    attachments_missing: missing,
    files: entries.map(({ name, bytes }) => ({ name, size: bytes.length, sha256: sha256(bytes) })),
  }
  return {
    bytes: writeZip([{ name: 'manifest.json', bytes: json(manifest) }, ...entries]),
    fields: [...Object.keys(contacts), 'body', ...(files.length > 0 ? ['attachment'] : [])],
  }
}
