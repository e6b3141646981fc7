import MsgReader, { type FieldsData } from '@kenjiuno/msgreader'
import { decodeWords } from 'postal-mime'
import type { ParseWarning } from '../../shared/domain/intake.ts'
import { limits } from '../limits.ts'
import { codePage } from './code-pages.ts'
import { tryDecodeText } from './decode-text.ts'
import { htmlToText } from './html-to-text.ts'
import { packCfb, streamOf, type CfbEntry } from './read-cfb.ts'
import { boundHeaders, longerOf, type ReadMail } from './read-mail.ts'
import { readRtf } from './read-rtf.ts'
import { unpackRtf } from './unpack-rtf.ts'

/** The package is CommonJS: by the loader its class comes as the default of a default. */
const OutlookItem = (MsgReader as unknown as { readonly default?: typeof MsgReader }).default ?? MsgReader

const properties = '__properties_version1.0'

/** Code page of the strings that are not Unicode, as [MS-OXMSG] 2.4 stores it: 32 bytes of header, then 16 a property. */
const codePageOf = (entries: readonly CfbEntry[]): string => {
  const stream = streamOf(entries, properties)
  const found = new Map<number, number>()
  for (let at = 32; stream && at + 16 <= stream.length; at += 16)
    found.set(stream.readUInt32LE(at), stream.readUInt32LE(at + 8))
  const number = found.get(0x3ffd0003) ?? found.get(0x3fde0003) ?? 936
  return number === 65_001 ? 'utf8' : codePage(number) === undefined ? 'cp936' : `cp${number}`
}

/** One mail is a message with its own streams; a recipient or a thumbnail is none of the candidate's words. */
const isNeeded = ({ name }: CfbEntry): boolean => !/^__(?:recip|nameid)_version/.test(name)

/** Without recipients, on every level. */
const needed = (entries: readonly CfbEntry[]): readonly CfbEntry[] =>
  entries
    .filter(isNeeded)
    .map((entry) => (entry.children ? { name: entry.name, children: needed(entry.children) } : entry))

const lines = (raw: string): ReadonlyArray<{ readonly name: string; readonly value: string }> =>
  raw
    .slice(0, 512 * 1024)
    .replace(/\r?\n[ \t]+/g, ' ')
    .split(/\r?\n/)
    .flatMap((line) => {
      const [, name, value] = /^([!-9;-~]{1,100})\s*:\s*(.*)$/.exec(line) ?? []
      return name === undefined ? [] : [{ name, value: decodeWords((value ?? '').slice(0, 4_000)) }]
    })

const htmlOf = (fields: FieldsData): string | undefined => {
  if (fields.bodyHtml) return fields.bodyHtml
  if (!fields.html || fields.html.length === 0) return undefined
  const page = codePage(fields.internetCodepage ?? 0)
  return page === undefined ? tryDecodeText(fields.html) : new TextDecoder(page).decode(fields.html)
}

const isAddress = (text: string | undefined): text is string => text !== undefined && text.includes('@')

const iso = (text: string | undefined): string | undefined => {
  const time = Date.parse(text ?? '')
  return Number.isNaN(time) ? undefined : new Date(time).toISOString()
}

/**
 * Reads one Outlook item, not what is attached to it. The compound file is packed anew after the check.
 * @throws Refusal `malformed`, `too_large`, `too_deep`
 */
export function readMsg(entries: readonly CfbEntry[]): ReadMail {
  const reader = new OutlookItem(new Uint8Array(packCfb(needed(entries))).buffer)
  reader.parserConfig = { ansiEncoding: codePageOf(entries) }
  const fields = reader.getFileData()
  const headers = lines(fields.headers ?? '')
  const header = (name: string): string | undefined => headers.find((one) => one.name.toLowerCase() === name)?.value
  const markup = htmlOf(fields)
  const html = markup === undefined ? undefined : htmlToText(markup)
  const plain = fields.body ?? ''
  const rich =
    plain.trim() === '' && html === undefined && fields.compressedRtf
      ? readRtf(unpackRtf(fields.compressedRtf))
      : undefined
  const attached = (fields.attachments ?? []).filter((attachment) => attachment.attachmentHidden !== true)
  const warnings: ParseWarning[] = [...(html?.warnings ?? []), ...(rich?.warnings ?? [])]
  if (attached.length > limits.mailAttachments) warnings.push('truncated')
  return {
    subject: fields.subject,
    from:
      [fields.senderSmtpAddress, fields.creatorSMTPAddress, fields.senderEmail].find(isAddress) ??
      /<([^<>\s]+@[^<>\s]+)>|(\S+@\S+)/
        .exec(header('from') ?? '')
        ?.slice(1)
        .find(Boolean),
    fromName: fields.senderName,
    date: iso(fields.clientSubmitTime) ?? iso(fields.messageDeliveryTime) ?? iso(header('date')),
    messageId: fields.messageId ?? header('message-id'),
    headers: boundHeaders(headers),
    body: longerOf(rich?.text ?? plain, html?.text ?? ''),
    attachments: attached.slice(0, limits.mailAttachments).flatMap((attachment) => {
      // An object of another program instead of a file (OLE) has no bytes of its own.
      if (attachment.dataId === undefined && attachment.innerMsgContent !== true) {
        warnings.push('active_content')
        return []
      }
      const { content } = reader.getAttachment(attachment)
      const name = attachment.fileName ?? attachment.fileNameShort ?? attachment.name
      const inner = attachment.innerMsgContent === true
      return [{ name: inner ? `${name ?? 'mail'}.msg` : (name ?? ''), bytes: content }]
    }),
    warnings,
  }
}
