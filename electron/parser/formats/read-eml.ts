import PostalMime from 'postal-mime'
import type { Address, Email } from 'postal-mime'
import type { ParseWarning } from '../../shared/domain/intake.ts'
import { limits } from '../limits.ts'
import { Refusal } from '../refusal.ts'
import { htmlToText } from './html-to-text.ts'

export type ReadMail = {
  readonly subject: string | undefined
  readonly from: string | undefined
  readonly fromName: string | undefined
  readonly date: string | undefined
  readonly messageId: string | undefined
  readonly body: string
  readonly attachments: ReadonlyArray<{ readonly name: string; readonly bytes: Uint8Array }>
  readonly warnings: readonly ParseWarning[]
}

const parseMime = async (bytes: Uint8Array): Promise<Email> => {
  try {
    return await PostalMime.parse(bytes, {
      forceRfc822Attachments: true,
      maxNestingDepth: limits.mimeDepth,
      maxHeadersSize: 512 * 1024,
      attachmentEncoding: 'arraybuffer',
    })
  } catch (error) {
    const deep = error instanceof RangeError || (error instanceof Error && /nesting/i.test(error.message))
    throw new Refusal(deep ? 'too_deep' : 'malformed', 'mime')
  }
}

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
  const plain = mail.text ?? ''
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
    // Senders put "please use a HTML reader" into the plain part; the longer of both is the content.
    body: html && html.text.trim().length > plain.trim().length ? html.text : plain,
    attachments: documents.slice(0, limits.mailAttachments).map((attachment) => ({
      name: attachment.filename ?? (attachment.mimeType === 'message/rfc822' ? 'mail.eml' : ''),
      bytes: toBytes(attachment.content),
    })),
    warnings,
  }
}
