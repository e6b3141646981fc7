import { decodeWords } from 'postal-mime'
import type { Address, Email } from 'postal-mime'
import type { ParseWarning } from '../../shared/domain/intake.ts'
import { limits } from '../limits.ts'
import { htmlToText } from './html-to-text.ts'
import { parseMime } from './parse-mime.ts'
import { boundHeaders, longerOf, type ReadMail } from './read-mail.ts'

const mailbox = (address: Address | undefined): { address?: string; name?: string } => {
  const first = address?.group ? address.group[0] : address
  return { ...(first?.address && { address: first.address }), ...(first?.name && { name: first.name }) }
}

const toBytes = (content: ArrayBuffer | Uint8Array | string): Uint8Array =>
  typeof content === 'string' ? new TextEncoder().encode(content) : new Uint8Array(content)

/** Pictures that the HTML part shows inside itself are decoration, not documents. */
const isDocument = (attachment: Email['attachments'][number]): boolean =>
  !(attachment.related === true && attachment.mimeType.startsWith('image/')) &&
  !/^text\/calendar|pgp-signature|pkcs7-signature/.test(attachment.mimeType)

/**
 * Reads one mail, not what is attached to it.
 * @throws Refusal `malformed`, `too_deep`
 */
export async function readEml(bytes: Uint8Array): Promise<ReadMail> {
  const mail = await parseMime(bytes)
  const html = mail.html === undefined ? undefined : htmlToText(mail.html)
  const from = mailbox(mail.from ?? mail.sender)
  const documents = mail.attachments.filter(isDocument)
  const warnings: ParseWarning[] = [...(html?.warnings ?? [])]
  if (documents.length > limits.mailAttachments) warnings.push('truncated')
  return {
    subject: mail.subject,
    from: from.address,
    fromName: from.name,
    date: mail.date,
    messageId: mail.messageId,
    headers: boundHeaders(
      mail.headers
        .slice(0, limits.mailHeaders)
        .map(({ key, value }) => ({ name: key, value: decodeWords(value.slice(0, 4_000)) })),
    ),
    body: longerOf(mail.text ?? '', html?.text ?? ''),
    attachments: documents.slice(0, limits.mailAttachments).map((attachment) => ({
      name: attachment.filename ?? (attachment.mimeType === 'message/rfc822' ? 'mail.eml' : ''),
      bytes: toBytes(attachment.content),
    })),
    warnings,
  }
}
