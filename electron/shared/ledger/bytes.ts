import { LedgerFormatError } from './ledger-format-error.ts'

const encoder = new TextEncoder()
const standard = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/'
const urlSafe = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'

/** The characters' values by char code; 255 marks a stranger. */
const reverse = (alphabet: string): Uint8Array => {
  const table = new Uint8Array(128).fill(255)
  for (let value = 0; value < 64; value++) table[alphabet.charCodeAt(value)] = value
  return table
}
const fromStandard = reverse(standard)
const fromUrlSafe = reverse(urlSafe)

/** UTF-8 bytes of a string. */
export const utf8 = (text: string): Uint8Array => encoder.encode(text)

export const concatBytes = (...parts: readonly Uint8Array[]): Uint8Array => {
  const whole = new Uint8Array(parts.reduce((length, part) => length + part.length, 0))
  let offset = 0
  for (const part of parts) {
    whole.set(part, offset)
    offset += part.length
  }
  return whole
}

export const equalBytes = (left: Uint8Array, right: Uint8Array): boolean =>
  left.length === right.length && left.every((byte, index) => byte === right[index])

const encode = (bytes: Uint8Array, alphabet: string, padding: string): string => {
  let text = ''
  for (let i = 0; i < bytes.length; i += 3) {
    const left = bytes.length - i
    const word = ((bytes[i] ?? 0) << 16) | ((bytes[i + 1] ?? 0) << 8) | (bytes[i + 2] ?? 0)
    text += alphabet.charAt(word >> 18) + alphabet.charAt((word >> 12) & 63)
    text += left > 1 ? alphabet.charAt((word >> 6) & 63) : padding
    text += left > 2 ? alphabet.charAt(word & 63) : padding
  }
  return text
}

/** One byte string has one text: stray padding bits and missing or needless padding are refused. */
const decode = (text: string, table: Uint8Array): Uint8Array => {
  const bytes = new Uint8Array(Math.floor((text.length * 3) / 4))
  let word = 0
  let bits = 0
  let length = 0
  for (let i = 0; i < text.length; i++) {
    const value = table[text.charCodeAt(i)] ?? 255
    if (value === 255) throw new LedgerFormatError('base64', 'not base64')
    word = ((word << 6) | value) & 0xffffff
    bits += 6
    if (bits >= 8) {
      bits -= 8
      bytes[length++] = (word >> bits) & 255
    }
  }
  if (bits === 6 || (word & ((1 << bits) - 1)) !== 0) throw new LedgerFormatError('base64', 'not base64')
  return bytes.subarray(0, length)
}

/** RFC 4648 §4, with padding. */
export const toBase64 = (bytes: Uint8Array): string => encode(bytes, standard, '=')

/** RFC 4648 §5, without padding. */
export const toBase64Url = (bytes: Uint8Array): string => encode(bytes, urlSafe, '')

/** @throws LedgerFormatError when the text is not the one base64 text of some bytes */
export const fromBase64 = (text: string): Uint8Array => {
  if (text.length % 4 !== 0) throw new LedgerFormatError('base64', 'not base64')
  return decode(text.replace(/={1,2}$/, ''), fromStandard)
}

/** @throws LedgerFormatError when the text is not the one unpadded base64url text of some bytes */
export const fromBase64Url = (text: string): Uint8Array => decode(text, fromUrlSafe)

export const toHex = (bytes: Uint8Array): string =>
  Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')
