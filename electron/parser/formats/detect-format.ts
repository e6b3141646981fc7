import { fileTypeFromBuffer } from 'file-type'
import type { FileFormat } from '../../shared/domain/intake.ts'
import { Refusal } from '../refusal.ts'
import { tryDecodeText } from './decode-text.ts'

const wordTypes: ReadonlySet<string> = new Set([
  'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  'application/vnd.ms-word.document.macroenabled.12',
  'application/vnd.openxmlformats-officedocument.wordprocessingml.template',
  'application/vnd.ms-word.template.macroenabled.12',
])

/** Types that file-type reports for what is text for us. */
const textual: ReadonlySet<string> = new Set(['application/xml', 'text/html', 'message/rfc822', 'text/plain'])

const mailHeader =
  /^(?:from|to|subject|date|received|return-path|mime-version|message-id|content-type|x-[\w-]+|delivered-to|reply-to|dkim-signature|authentication-results|sender|cc)\s*:/i
const namedMailHeader = /^(?:from|subject|received|return-path|mime-version|message-id)\s*:/im

/** A mail begins with header lines, at least two of them well-known ones, and nothing else before the empty line. */
const looksLikeMail = (head: string): boolean => {
  const block = head.replace(/^From .*\r?\n/, '').split(/\r?\n\r?\n/, 1)[0] ?? ''
  const lines = block.split(/\r?\n/).filter((line) => !/^[ \t]/.test(line))
  const named = lines.filter((line) => mailHeader.test(line)).length
  const shaped = lines.filter((line) => /^[!-9;-~]+\s*:/.test(line)).length
  return named >= 2 && namedMailHeader.test(block) && shaped >= lines.length - 1
}

const looksLikeHtml = (text: string): boolean => {
  const head = text.slice(0, 4096).replace(/^\s*(?:<\?xml[^>]*>\s*)?(?:<!--[\s\S]*?-->\s*)*/, '')
  if (
    /^<(?:!doctype\s+html|html|head|body|meta|table|div|p|h[1-6]|span|article|section|style|script|title)\b/i.test(head)
  )
    return true
  return /<(?:html|body|table)\b/i.test(head) && /<\/(?:html|body|table)>/i.test(text.slice(-4096))
}

const latin1 = (bytes: Uint8Array, from: number, to: number): string =>
  new TextDecoder('latin1').decode(bytes.subarray(Math.max(0, from), to))

const has = (bytes: Uint8Array, text: string, encoding: 'latin1' | 'utf16le' = 'latin1'): boolean =>
  Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).includes(text, 0, encoding)

export type Detected =
  | { readonly format: 'pdf' | 'docx' | 'eml' }
  /** The text was decoded on the way; it is not decoded twice. */
  | { readonly format: 'html' | 'txt'; readonly text: string }

/**
 * Tells the format by the bytes alone.
 * @throws Refusal `unknown_format`, `scanned` (a picture), `encrypted` (a Word file behind a password), `malformed`
 */
export async function detectFormat(bytes: Uint8Array): Promise<Detected> {
  // The specification lets up to 1,024 bytes stand before the header.
  if (/%PDF-\d/.test(latin1(bytes, 0, 1024 + 8))) return { format: 'pdf' }

  const type = await fileTypeFromBuffer(bytes).catch(() => undefined)
  const mime = type?.mime ?? ''
  if (wordTypes.has(mime)) return { format: 'docx' }
  if (mime === 'application/zip' && has(bytes, 'word/document')) return { format: 'docx' }
  if (mime === 'application/x-cfb') {
    throw new Refusal(has(bytes, 'EncryptedPackage', 'utf16le') ? 'encrypted' : 'unknown_format', mime)
  }
  if (mime.startsWith('image/') && mime !== 'image/svg+xml') throw new Refusal('scanned', mime)
  if (mime !== '' && !textual.has(mime) && !mime.startsWith('text/')) throw new Refusal('unknown_format', mime)

  if (looksLikeMail(latin1(bytes, 0, 64 * 1024))) return { format: 'eml' }
  const text = tryDecodeText(bytes)
  if (text === undefined) throw new Refusal('unknown_format', mime || 'binary')
  if (looksLikeHtml(text)) return { format: 'html', text }
  if (/^\s*<\?xml|^\s*<svg\b/i.test(text)) throw new Refusal('unknown_format', 'application/xml')
  return { format: 'txt', text }
}

const extensions: Readonly<Record<FileFormat, readonly string[]>> = {
  pdf: ['pdf'],
  docx: ['docx', 'docm', 'dotx', 'dotm'],
  doc: ['doc', 'dot', 'wps'],
  rtf: ['rtf', 'doc'],
  html: ['html', 'htm', 'xhtml'],
  mht: ['mht', 'mhtml', 'doc'],
  eml: ['eml'],
  msg: ['msg'],
  txt: ['txt', 'text', 'md'],
  image: ['png', 'jpg', 'jpeg', 'jpe', 'gif', 'webp', 'bmp', 'dib', 'tif', 'tiff', 'heic', 'heif', 'avif'],
}

/** Whether the name claims another format than the bytes have. A name without an extension claims nothing. */
export function isMislabelled(name: string, format: FileFormat): boolean {
  const extension = /\.([a-z0-9]{1,8})$/i.exec(name)?.[1]?.toLowerCase()
  return extension !== undefined && !extensions[format].includes(extension)
}
