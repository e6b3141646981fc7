import { createHash, createHmac, type KeyObject } from 'node:crypto'

export type MailIdentity = {
  /** Keyed, so that it tells nothing to whoever has not the vault. */
  readonly key: string
  /** Keyed hash of the Message-ID alone; null where there is none. */
  readonly messageHash: string | null
}

/** Keyed, so that a copy is known again without keeping a word of it; null for a mail without Message-ID. */
export const messageHashOf = (messageId: string | undefined, key: KeyObject): string | null => {
  const id = (messageId ?? '').trim()
  return id === ''
    ? null
    : createHmac('sha256', key)
        .update(JSON.stringify(['message-id', id]))
        .digest('hex')
}

/** One header's value, unfolded; of several the first. Read from the bytes: what a server says of a mail may be another thing. */
const headerOf = (head: string, name: string): string => {
  const found = new RegExp(`^${name}:((?:.*)(?:\\r?\\n[ \\t].*)*)`, 'im').exec(head)?.[1] ?? ''
  return found
    .replace(/\r?\n[ \t]+/g, ' ')
    .trim()
    .slice(0, 1000)
}

/** Where the head ends: the first empty line. */
const endOfHead = (bytes: Uint8Array): number => {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const at = [buffer.indexOf('\r\n\r\n'), buffer.indexOf('\n\n')].filter((place) => place >= 0)
  return at.length === 0 ? buffer.length : Math.min(...at)
}

/**
 * What makes a mail this mail, wherever it lies: its Message-ID, sender and date together with its body. A Message-ID alone would
 * take two people for one where a careless sender uses it twice; the bytes alone would miss a mail that was moved through a server
 * which adds lines to the head.
 */
export const identityOf = (bytes: Uint8Array, key: KeyObject): MailIdentity => {
  const end = endOfHead(bytes)
  const head = Buffer.from(bytes.subarray(0, Math.min(end, 256 * 1024))).toString('latin1')
  const messageId = headerOf(head, 'Message-ID')
  const body = createHash('sha256').update(bytes.subarray(end)).digest('hex')
  const parts = ['mail', messageId, headerOf(head, 'From'), headerOf(head, 'Date'), body]
  return {
    key: createHmac('sha256', key).update(JSON.stringify(parts)).digest('hex'),
    messageHash: messageHashOf(messageId, key),
  }
}

/** As what a mail of somebody who was destroyed stands among the tombstones of the log. */
export const mailSubject = (key: string): { readonly platform: string; readonly id: string } => ({
  platform: 'mail',
  id: key,
})
