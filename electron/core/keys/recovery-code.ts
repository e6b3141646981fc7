import { createHash, randomBytes } from 'node:crypto'
import { IpcError } from '../../shared/ipc/ipc-error.ts'

/** Crockford's base32: no I, L, O, U. https://www.crockford.com/base32.html */
const alphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'
const secretBits = 128n
const checkBits = 12n
const length = 28

/** First 12 bits of SHA-256("candor/recovery-check/1" ‖ secret): a slip of the pen is told from a wrong code. */
const checksum = (secret: Uint8Array): bigint => {
  const digest = createHash('sha256').update('candor/recovery-check/1').update(secret).digest()
  return BigInt(digest.readUInt16BE(0) >> 4)
}

const toNumber = (bytes: Uint8Array): bigint => BigInt(`0x${Buffer.from(bytes).toString('hex')}`)

/** 16 bytes as 28 characters (128 bits, then 12 of checksum) in seven groups of four. */
export const formatRecoveryCode = (secret: Uint8Array): string => {
  if (secret.length !== 16) throw new TypeError('a recovery code has 16 bytes')
  let value = (toNumber(secret) << checkBits) | checksum(secret)
  let text = ''
  for (let index = 0; index < length; index += 1) {
    text = alphabet.charAt(Number(value & 31n)) + text
    value >>= 5n
  }
  return (text.match(/.{4}/g) ?? []).join('-')
}

/**
 * Reads what a person typed: case, spaces, dashes and full-width characters do not matter; O is 0, I and L are 1.
 *
 * @throws IpcError E_RECOVERY when it cannot be a recovery code
 */
export const parseRecoveryCode = (text: string): Uint8Array => {
  const folded = text
    .normalize('NFKC')
    .toUpperCase()
    .replace(/[\s\-–—_.]+/gu, '')
    .replace(/O/g, '0')
    .replace(/[IL]/g, '1')
  const malformed = new IpcError('E_RECOVERY', 'this is not a recovery code', { reason: 'malformed' })
  if (folded.length !== length) throw malformed
  let value = 0n
  for (const character of folded) {
    const digit = alphabet.indexOf(character)
    if (digit < 0) throw malformed
    value = (value << 5n) | BigInt(digit)
  }
  const secret = Buffer.from((value >> checkBits).toString(16).padStart(Number(secretBits / 4n), '0'), 'hex')
  if (checksum(secret) !== (value & ((1n << checkBits) - 1n))) throw malformed
  return secret
}

export const newRecoverySecret = (): Uint8Array => randomBytes(16)
