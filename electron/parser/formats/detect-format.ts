import { fileTypeFromBuffer } from 'file-type'
import type { FileFormat } from '../../shared/domain/intake.ts'
import { Refusal } from '../refusal.ts'
import { tryDecodeText } from './decode-text.ts'
import { isKeptImage } from './image-header.ts'
import { isZip, zipKind } from './read-batch.ts'
import { readCfb, type CfbEntry } from './read-cfb.ts'

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

/**
 * Whether a compound file holds a document behind a password. The name is looked for as bytes: the runtime's own search for
 * UTF-16 never ends on memory that begins at an odd address.
 */
export const isEncryptedOffice = (bytes: Uint8Array): boolean =>
  Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).includes(encryptedPackage)
const encryptedPackage = Buffer.from('EncryptedPackage', 'utf16le')

export type Detected =
  | { readonly format: 'pdf' | 'docx' | 'rtf' | 'mht' | 'eml' | 'zip' }
  /** The text was decoded on the way; it is not decoded twice. */
  | { readonly format: 'html' | 'txt'; readonly text: string }
  /** The compound file was opened on the way. */
  | { readonly format: 'doc' | 'msg'; readonly entries: readonly CfbEntry[] }
  | { readonly format: 'image'; readonly mediaType: string }

const compound = (bytes: Uint8Array): Detected => {
  const type = 'application/x-cfb'
  if (isEncryptedOffice(bytes)) throw new Refusal('encrypted', type)
  const entries = readCfb(bytes)
  const names = new Set(entries.map((entry) => entry.name))
  if (names.has('WordDocument')) return { format: 'doc', entries }
  if (names.has('__properties_version1.0')) return { format: 'msg', entries }
  throw new Refusal('unknown_format', type)
}

const packed = (bytes: Uint8Array, mime: string): Detected => {
  const kind = zipKind(bytes)
  if (kind === 'docx' || (kind === undefined && mime.includes('wordprocessingml'))) return { format: 'docx' }
  if (kind === 'office') throw new Refusal('unknown_format', mime === '' ? 'application/zip' : mime)
  return { format: 'zip' }
}

/** A saved page has the form of a mail, but nobody sent it: no receiver, no way it took. */
const looksLikePage = (head: string): boolean => {
  const block = head.split(/\r?\n\r?\n/, 1)[0] ?? ''
  return (
    /^content-type\s*:\s*(?:multipart\/related|text\/html)/im.test(block) &&
    !/^(?:(?:received|return-path|delivered-to|message-id|to)\s*:|from\s*:.*@)/im.test(block)
  )
}

/** A saved page may have no header but that of its version and its type. */
const pageHead = /^\s*MIME-Version\s*:[^\n]*\n(?:[^\n]*\n){0,6}?Content-Type\s*:\s*multipart\/related/i

/**
 * Tells the format by the bytes alone.
 * @throws Refusal `unknown_format`, `encrypted` (a Word file behind a password), `malformed`
 */
export async function detectFormat(bytes: Uint8Array): Promise<Detected> {
  const head = latin1(bytes, 0, 64 * 1024)
  // The specification lets up to 1,024 bytes stand before the header.
  if (/%PDF-\d/.test(head.slice(0, 1024 + 8))) return { format: 'pdf' }
  if (/^(?:\xef\xbb\xbf)?\s*\{\\rtf/.test(head)) return { format: 'rtf' }

  const type = await fileTypeFromBuffer(bytes).catch(() => undefined)
  const mime = type?.mime ?? ''
  if (mime === 'application/x-cfb') return compound(bytes)
  if (isZip(bytes)) return packed(bytes, mime)
  if (isKeptImage(mime)) return { format: 'image', mediaType: mime }
  if (mime !== '' && !textual.has(mime) && !mime.startsWith('text/')) throw new Refusal('unknown_format', mime)

  if (pageHead.test(head)) return { format: looksLikePage(head) ? 'mht' : 'eml' }
  if (looksLikeMail(head)) return { format: looksLikePage(head) ? 'mht' : 'eml' }
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
  eml: ['eml', 'mht', 'mhtml'],
  msg: ['msg'],
  txt: ['txt', 'text', 'md'],
  image: ['png', 'jpg', 'jpeg', 'jpe', 'gif', 'webp', 'bmp', 'dib', 'tif', 'tiff', 'heic', 'heif', 'avif'],
}

/** Whether the name claims another format than the bytes have. A name without an extension claims nothing. */
export function isMislabelled(name: string, format: FileFormat): boolean {
  const extension = /\.([a-z0-9]{1,8})$/i.exec(name)?.[1]?.toLowerCase()
  return extension !== undefined && !extensions[format].includes(extension)
}
