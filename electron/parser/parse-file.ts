import type { FileFormat, MailAttachment, ParsedFile, ParseWarning, QuarantineReason } from '../shared/domain/intake.ts'
import { cleanFileName } from '../shared/text/clean-file-name.ts'
import { detectFormat, isMislabelled } from './formats/detect-format.ts'
import { readDocx } from './formats/docx.ts'
import type { Extracted } from './formats/extracted.ts'
import { htmlToText } from './formats/html-to-text.ts'
import { readPdf } from './formats/pdf.ts'
import { readEml } from './formats/read-eml.ts'
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
 * Reads one file: format by its bytes, text, then the resume in it.
 * @throws Refusal with the reason why it cannot become a record
 */
export const parseFile = async (file: FileToParse): Promise<ParsedFile> => {
  const parsed = await readAny(file, 0)
  if (resumeScore(parsed) >= leastScore) return parsed
  // A mail whose attachment could not be read says why that was, not that its letter is no resume.
  const failed = parsed.attachments.find(
    (attachment) => attachment.quarantined !== undefined && attachment.quarantined !== 'no_resume',
  )
  if (failed?.quarantined) throw new Refusal(failed.quarantined, 'attachment')
  throw new Refusal(parsed.text.trim() === '' ? 'no_text' : 'no_resume', parsed.format)
}

const readAny = async (file: FileToParse, depth: number): Promise<ParsedFile> => {
  if (file.bytes.length === 0) throw new Refusal('empty')
  const detected = await detectFormat(file.bytes)
  const { name, deceptive } = cleanFileName(file.name)
  const warnings: ParseWarning[] = deceptive ? ['deceptive_name'] : []
  if (file.name !== '' && isMislabelled(name, detected.format)) warnings.push('mislabelled')
  switch (detected.format) {
    case 'pdf':
      return fromText(file, 'pdf', await readPdf(file.bytes), warnings)
    case 'docx':
      return fromText(file, 'docx', await readDocx(file.bytes), warnings)
    case 'html':
      return fromText(file, 'html', htmlToText(detected.text), warnings)
    case 'txt':
      return fromText(file, 'txt', { text: detected.text, warnings: [] }, warnings)
    case 'eml':
      return fromMail(file, warnings, depth)
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

const fromMail = async (file: FileToParse, warnings: readonly ParseWarning[], depth: number): Promise<ParsedFile> => {
  if (depth >= limits.mailDepth) throw new Refusal('too_deep', 'mail')
  const { body, attachments: attached, warnings: found, ...about } = await readEml(file.bytes)
  const letter = tidyText(body).slice(0, limits.textLength)
  const own: ParsedFile = {
    format: 'eml',
    text: letter,
    ...parseResume(letter, '', file.now),
    warnings: [],
    mail: headersOf(about, letter),
    attachments: [],
  }
  const attachments: MailAttachment[] = []
  let best = own
  let bestScore = resumeScore(own)
  let chosen = -1
  const all: ParseWarning[] = [...warnings, ...found]
  for (const { name: given, bytes } of attached) {
    const { name } = cleanFileName(given, 'attachment')
    const outcome = await attempt({ name: given, bytes, now: file.now }, depth + 1)
    const index = attachments.length
    if ('parsed' in outcome) {
      attachments.push(
        { name, bytes, format: outcome.parsed.format, chosen: false },
        ...outcome.parsed.attachments.map((inner) => ({ ...inner, chosen: false })),
      )
      all.push(...outcome.parsed.warnings)
      const score = resumeScore(outcome.parsed)
      // A letter that tells half of the resume again does not win against the document.
      if (score >= leastScore && (chosen === -1 || score > bestScore)) {
        best = outcome.parsed
        bestScore = score
        chosen = index + 1 + outcome.parsed.attachments.findIndex((inner) => inner.chosen)
      }
    } else {
      attachments.push({ name, bytes, quarantined: outcome.reason, chosen: false })
      all.push('attachment_unread')
    }
  }
  const kept = attachments.map((attachment, index) => (index === chosen ? { ...attachment, chosen: true } : attachment))
  return {
    ...best,
    format: 'eml',
    ...(own.mail && { mail: own.mail }),
    warnings: unique(all),
    attachments: kept.slice(0, 100),
  }
}

const attempt = async (
  file: FileToParse,
  depth: number,
): Promise<{ readonly parsed: ParsedFile } | { readonly reason: QuarantineReason }> => {
  try {
    return { parsed: await readAny(file, depth) }
  } catch (error) {
    if (error instanceof Refusal) return { reason: error.reason }
    return { reason: error instanceof RangeError ? 'too_deep' : 'malformed' }
  }
}

type About = {
  readonly subject: string | undefined
  readonly from: string | undefined
  readonly fromName: string | undefined
  readonly date: string | undefined
  readonly messageId: string | undefined
}

const headersOf = (about: About, body: string): NonNullable<ParsedFile['mail']> => ({
  ...(about.subject && { subject: about.subject.slice(0, 2_000) }),
  ...(about.from && { from: about.from.slice(0, 500) }),
  ...(about.fromName && { fromName: about.fromName.slice(0, 500) }),
  ...(about.date && { date: about.date.slice(0, 100) }),
  ...(about.messageId && { messageId: about.messageId.slice(0, 1_000) }),
  body,
})

const unique = <T>(list: readonly T[]): T[] => [...new Set(list)]
