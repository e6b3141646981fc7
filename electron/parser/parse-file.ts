import type {
  FileFormat,
  MailAttachment,
  ParsedArchive,
  ParsedFile,
  ParseWarning,
  QuarantineReason,
} from '../shared/domain/intake.ts'
import { cleanFileName } from '../shared/text/clean-file-name.ts'
import { detectFormat, isMislabelled } from './formats/detect-format.ts'
import { readDocx } from './formats/docx.ts'
import type { Extracted } from './formats/extracted.ts'
import { htmlToText } from './formats/html-to-text.ts'
import { readPdf } from './formats/pdf.ts'
import { imageSize } from './formats/image-header.ts'
import { readBatch } from './formats/read-batch.ts'
import { readDoc } from './formats/read-doc.ts'
import { readEml } from './formats/read-eml.ts'
import type { ReadMail } from './formats/read-mail.ts'
import { readMht } from './formats/read-mht.ts'
import { readMsg } from './formats/read-msg.ts'
import { readRtf } from './formats/read-rtf.ts'
import { tidyText } from './formats/tidy-text.ts'
import { limits } from './limits.ts'
import { Refusal } from './refusal.ts'
import { leastScore, parseResume, resumeScore } from './resume/parse-resume.ts'

export type FileToParse = {
  /** As the sender wrote it; a hint only. */
  readonly name: string
  readonly bytes: Uint8Array
  /** Milliseconds since 1970 UTC. */
  readonly now: number
}

/**
 * Reads one file: format by its bytes, text, then the resume in it. Of an archive the files in it; of a picture nothing.
 * @throws Refusal with the reason why it cannot become a record
 */
export const parseFile = async (file: FileToParse): Promise<ParsedFile | ParsedArchive> => {
  const parsed = await readAny(file, 0)
  if ('parts' in parsed || parsed.unread !== undefined || resumeScore(parsed) >= leastScore) return parsed
  // A mail whose attachment could not be read says why that was, not that its letter is no resume.
  const failed = parsed.attachments.find(
    (attachment) => attachment.quarantined !== undefined && attachment.quarantined !== 'no_resume',
  )
  if (failed?.quarantined) throw new Refusal(failed.quarantined, 'attachment')
  if (parsed.attachments.some((attachment) => attachment.format === 'image')) throw new Refusal('scanned', 'attachment')
  throw new Refusal(parsed.text.trim() === '' ? 'no_text' : 'no_resume', parsed.format)
}

/** The same for the letter of a mail, whether or not there is a resume in it. @throws Refusal */
export const parseLetter = async (file: FileToParse): Promise<ParsedFile> => {
  const parsed = await readAny(file, 0)
  if ('parts' in parsed || parsed.mail === undefined) throw new Refusal('unknown_format', 'letter')
  return parsed
}

const readAny = async (file: FileToParse, depth: number): Promise<ParsedFile | ParsedArchive> => {
  if (file.bytes.length === 0) throw new Refusal('empty')
  const detected = await detectFormat(file.bytes)
  const { name, deceptive } = cleanFileName(file.name)
  const warnings: ParseWarning[] = deceptive ? ['deceptive_name'] : []
  if (file.name !== '' && detected.format !== 'zip' && isMislabelled(name, detected.format))
    warnings.push('mislabelled')
  switch (detected.format) {
    case 'pdf':
      return fromText(file, 'pdf', await readPdf(file.bytes), warnings)
    case 'docx':
      return fromText(file, 'docx', await readDocx(file.bytes), warnings)
    case 'doc':
      return fromText(file, 'doc', await readDoc(detected.entries), warnings)
    case 'rtf':
      return fromText(file, 'rtf', readRtf(file.bytes), warnings)
    case 'html':
      return fromText(file, 'html', htmlToText(detected.text), warnings)
    case 'mht':
      return fromText(file, 'mht', await readMht(file.bytes), warnings)
    case 'txt':
      return fromText(file, 'txt', { text: detected.text, warnings: [] }, warnings)
    case 'image':
      return fromImage(file, detected.mediaType, warnings)
    case 'zip': {
      const archive = readBatch(file.bytes)
      return { ...archive, warnings: unique([...warnings, ...archive.warnings]) }
    }
    case 'eml':
      if (depth >= limits.mailDepth) throw new Refusal('too_deep', 'mail')
      return fromMail(file, 'eml', await readEml(file.bytes), warnings, depth)
    case 'msg':
      if (depth >= limits.mailDepth) throw new Refusal('too_deep', 'mail')
      return fromMail(file, 'msg', readMsg(detected.entries), warnings, depth)
  }
}

/** A picture is kept as it is: nobody looks for words in it. */
const fromImage = (file: FileToParse, mediaType: string, warnings: readonly ParseWarning[]): ParsedFile => {
  const size = imageSize(file.bytes, mediaType)
  return {
    format: 'image',
    unread: { why: 'image', media_type: mediaType, ...size },
    text: '',
    ...parseResume('', '', file.now),
    warnings: [...warnings],
    attachments: [],
  }
}

const fromText = (
  file: FileToParse,
  format: FileFormat,
  extracted: Extracted,
  warnings: readonly ParseWarning[],
): ParsedFile => {
  const tidy = tidyText(extracted.text)
  if (tidy.replace(/\s/g, '') === '') throw new Refusal('no_text', format)
  const text = tidy.slice(0, limits.textLength)
  const cut: readonly ParseWarning[] = tidy.length > text.length ? ['truncated'] : []
  const hint = cleanFileName(file.name).name.replace(/\.[^.]{1,16}$/, '')
  return {
    format,
    text,
    ...parseResume(text, hint, file.now),
    warnings: unique([...warnings, ...extracted.warnings, ...cut]),
    attachments: [],
  }
}

/** A mail that is being read: what it brings, and what was the best of it so far. */
type Opened = {
  readonly attachments: MailAttachment[]
  readonly warnings: ParseWarning[]
  best: ParsedFile
  score: number
  /** Place of the best among the attachments. */
  chosen: number
}

const openAttachment = async (opened: Opened, file: FileToParse, depth: number): Promise<void> => {
  const { name } = cleanFileName(file.name, 'attachment')
  const { attachments, warnings } = opened
  const outcome = await attempt(file, depth)
  const index = attachments.length
  if ('reason' in outcome) {
    attachments.push({ name, bytes: file.bytes, quarantined: outcome.reason, chosen: false })
    warnings.push('attachment_unread')
    return
  }
  const { parsed } = outcome
  warnings.push(...parsed.warnings)
  if ('parts' in parsed) {
    if (parsed.refused.length > 0) warnings.push('attachment_unread')
    for (const part of parsed.parts) {
      if (attachments.length >= limits.mailAttachments) {
        warnings.push('truncated')
        // What was left out lies in the archive, which is kept in its place.
        attachments.push({ name, bytes: file.bytes, quarantined: 'too_large', chosen: false })
        return
      }
      await openAttachment(opened, { ...part, now: file.now }, depth + 1)
    }
    return
  }
  attachments.push(
    { name, bytes: file.bytes, format: parsed.format, chosen: false },
    ...parsed.attachments.map((inner) => ({ ...inner, chosen: false })),
  )
  if (parsed.unread !== undefined) return
  const score = resumeScore(parsed)
  // A letter that tells half of the resume again does not win against the document.
  if (score >= leastScore && (opened.chosen === -1 || score > opened.score)) {
    opened.best = parsed
    opened.score = score
    opened.chosen = index + 1 + parsed.attachments.findIndex((inner) => inner.chosen)
  }
}

const fromMail = async (
  file: FileToParse,
  format: 'eml' | 'msg',
  mail: ReadMail,
  warnings: readonly ParseWarning[],
  depth: number,
): Promise<ParsedFile> => {
  const letter = tidyText(mail.body).slice(0, limits.textLength)
  const own: ParsedFile = {
    format,
    text: letter,
    ...parseResume(letter, '', file.now),
    warnings: [],
    attachments: [],
  }
  const opened: Opened = {
    attachments: [],
    warnings: [...warnings, ...mail.warnings],
    best: own,
    score: resumeScore(own),
    chosen: -1,
  }
  for (const { name, bytes } of mail.attachments)
    await openAttachment(opened, { name, bytes, now: file.now }, depth + 1)
  const kept = opened.attachments.map((attachment, index) =>
    index === opened.chosen ? { ...attachment, chosen: true } : attachment,
  )
  return {
    ...opened.best,
    format,
    mail: headersOf(mail, letter),
    warnings: unique(opened.warnings),
    attachments: kept.slice(0, 100),
  }
}

const attempt = async (
  file: FileToParse,
  depth: number,
): Promise<{ readonly parsed: ParsedFile | ParsedArchive } | { readonly reason: QuarantineReason }> => {
  try {
    return { parsed: await readAny(file, depth) }
  } catch (error) {
    if (error instanceof Refusal) return { reason: error.reason }
    return { reason: error instanceof RangeError ? 'too_deep' : 'malformed' }
  }
}

const headersOf = (about: ReadMail, body: string): NonNullable<ParsedFile['mail']> => ({
  ...(about.subject && { subject: about.subject.slice(0, 2_000) }),
  ...(about.from && { from: about.from.slice(0, 500) }),
  ...(about.fromName && { fromName: about.fromName.slice(0, 500) }),
  ...(about.date && { date: about.date.slice(0, 100) }),
  ...(about.messageId && { messageId: about.messageId.slice(0, 1_000) }),
  headers: [...about.headers],
  body,
})

const unique = <T>(list: readonly T[]): T[] => [...new Set(list)]
