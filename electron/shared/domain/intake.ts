import { z } from 'zod'
import { fileFormat, type FileFormat } from './file-format.ts'
import { parsedPages, type ParsedPages } from './page-model.ts'
import { parsedTable, type ParsedTable } from './parsed-table.ts'
import { resume } from './resume.ts'

export { fileFormat, type FileFormat }

/** Why a file is set aside instead of becoming a candidate record. Each has a text of its own in both languages. */
export const quarantineReason = z.enum([
  'empty',
  'too_large',
  /** Needs a password. */
  'encrypted',
  /** Looks like a supported format, but cannot be read as one. */
  'malformed',
  /** None of the supported formats: programs, sheets, other archives than ZIP. */
  'unknown_format',
  /** Pictures of pages without text. */
  'scanned',
  'no_text',
  /** Text, but nothing in it that a resume has. */
  'no_resume',
  'timeout',
  'memory',
  'crashed',
  /** Mails within mails, or markup within markup, beyond the limit. */
  'too_deep',
])
export type QuarantineReason = z.infer<typeof quarantineReason>

/** Facts about a file that was read nonetheless. */
export const parseWarning = z.enum([
  /** The extension says other than the bytes. */
  'mislabelled',
  /** The name hid its extension or its end (bidi controls, many blanks, two extensions). */
  'deceptive_name',
  /** Scripts, macros or form actions were in the file; they were dropped. */
  'active_content',
  /** The file wanted to load something from elsewhere; nothing was loaded. */
  'remote_content',
  /** Text, pages or attachments beyond the limits were left out. */
  'truncated',
  /** An attachment could not be read; see `attachments`. */
  'attachment_unread',
])
export type ParseWarning = z.infer<typeof parseWarning>

/** Fields whose reading has a confidence between 0 and 1; a field that was not found has none. */
export const parsedField = z.enum([
  'name',
  'sex',
  'birth',
  'phone',
  'email',
  'wechat',
  'city',
  'expected_job',
  'expected_city',
  'expected_salary',
  'current_salary',
  'years',
  'education',
  'work',
  'projects',
  'skills',
  'languages',
  'certificates',
])
export type ParsedField = z.infer<typeof parsedField>

/** Where in `text` a field was read, in UTF-16 code units, end exclusive. */
export const parsedSpan = z.object({ field: parsedField, start: z.int().min(0), end: z.int().min(0) })
export type ParsedSpan = z.infer<typeof parsedSpan>

/** A contact in the text, whosever it is (a reference's phone too): for redaction. `end` is exclusive. */
export const parsedContact = z.object({
  kind: z.enum(['phone', 'landline', 'email', 'wechat', 'qq', 'id_number', 'link', 'qr', 'name']),
  value: z.string().max(500),
  start: z.int().min(0),
  end: z.int().min(0),
})
export type ParsedContact = z.infer<typeof parsedContact>

const bytes = z.custom<Uint8Array>((value) => value instanceof Uint8Array)

/** An attachment of a mail, nested mails' attachments included, each read like a file of its own. */
export const mailAttachment = z.object({
  /** As cleaned by `cleanFileName`. */
  name: z.string().max(255),
  bytes,
  format: fileFormat.optional(),
  quarantined: quarantineReason.optional(),
  /** The one that the resume was read from. Pictures have the format `image` and are never it. */
  chosen: z.boolean(),
})
export type MailAttachment = z.infer<typeof mailAttachment>

/**
 * Why a file is kept although nothing in it was read, with what its header says. Mails that bring nothing but pictures are
 * set aside instead (`scanned`): every second signature has one.
 */
export const unread = z.object({
  why: z.literal('image'),
  media_type: z.string().max(100),
  /** Pixels, where the header tells them. */
  width: z.int().min(1).optional(),
  height: z.int().min(1).optional(),
})
export type Unread = z.infer<typeof unread>

/** A header of a mail as it stands, decoded; for telling where a mail comes from. The name is in lower case. */
export const mailHeader = z.object({ name: z.string().max(100), value: z.string().max(1_000) })
export type MailHeader = z.infer<typeof mailHeader>

export const parsedFile = z.object({
  format: fileFormat,
  /** There, where the file is kept and nothing was read: `text` is empty and the resume has no field. */
  unread: unread.optional(),
  /** Plain text in reading order; of a mail, the text of the part that the resume was read from. */
  text: z.string().max(2_000_000),
  resume,
  /** Age in full years as the text states it on the day it was read; a birth month says it better (`resume.meta.cn`). */
  stated_age: z.int().min(10).max(99).optional(),
  confidence: z.partialRecord(parsedField, z.number().min(0).max(1)),
  spans: z.array(parsedSpan).max(5_000),
  contacts: z.array(parsedContact).max(5_000),
  warnings: z.array(parseWarning).max(20),
  mail: z
    .object({
      subject: z.string().max(2_000).optional(),
      from: z.string().max(500).optional(),
      fromName: z.string().max(500).optional(),
      /** ISO 8601. */
      date: z.string().max(100).optional(),
      messageId: z.string().max(1_000).optional(),
      /** Of its own head, not of mails within it, in their order. */
      headers: z.array(mailHeader).max(100).optional(),
      body: z.string().max(2_000_000),
    })
    .optional(),
  attachments: z.array(mailAttachment).max(100),
})
export type ParsedFile = z.infer<typeof parsedFile>

/** `detail` is a code or a media type, never words of the file. */
export const quarantined = z.object({ quarantined: quarantineReason, detail: z.string().max(120) })
export type Quarantined = z.infer<typeof quarantined>

/** A file of an archive, to be read like one that came by itself. */
export const archivePart = z.object({
  /** As cleaned by `cleanFileName`, without folders; unique within the archive. */
  name: z.string().max(255),
  bytes,
})
export type ArchivePart = z.infer<typeof archivePart>

/**
 * A ZIP: the files in it, also those of archives within it, as far as all bounds hold. `refused` are entries that cannot be
 * taken out; there the archive itself is what is left to keep. Folders and the litter of file managers are neither.
 */
export const parsedArchive = z.object({
  kind: z.literal('archive'),
  format: z.literal('zip'),
  parts: z.array(archivePart).max(1_000),
  refused: z
    .array(z.object({ name: z.string().max(255), quarantined: quarantineReason, detail: z.string().max(120) }))
    .max(1_000),
  warnings: z.array(parseWarning).max(20),
})
export type ParsedArchive = z.infer<typeof parsedArchive>

export type ParseOutcome = ParsedFile | ParsedArchive | Quarantined
export type TableOutcome = ParsedTable | Quarantined
export type PagesOutcome = ParsedPages | Quarantined

/** What core sends to the parser process, and what comes back. `name` is a hint only. */
export type ParseRequest = {
  readonly id: number
  readonly name: string
  readonly bytes: Uint8Array
  readonly now: number
  /** A table of jobs, the letter of a mail whatever it brings, or pages to be looked at; a resume where nothing is said. */
  readonly want?: 'table' | 'letter' | { readonly from: number; readonly count: number }
}
export const parseAnswer = z.discriminatedUnion('ok', [
  z.object({
    id: z.int(),
    ok: z.literal(true),
    result: z.union([parsedFile, parsedTable, parsedArchive, parsedPages]),
  }),
  z.object({ id: z.int(), ok: z.literal(false), reason: quarantineReason, detail: z.string().max(120) }),
])
export type ParseAnswer = z.infer<typeof parseAnswer>
