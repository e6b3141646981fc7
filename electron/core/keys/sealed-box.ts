import { createCipheriv, createDecipheriv, randomBytes, type KeyObject } from 'node:crypto'
import { IpcError } from '../../shared/ipc/ipc-error.ts'

/** Bytes of an AES-256-GCM nonce and tag; a box is `nonce | ciphertext | tag`. */
export const nonceLength = 12
export const tagLength = 16

let pool: Uint8Array = new Uint8Array(0)
let used = 0

/** Twelve fresh random bytes. Nonces are no secret, so they may wait in a pool: asking for each costs as much as sealing. */
export const freshNonce = (): Uint8Array => {
  if (used + nonceLength > pool.length) {
    pool = randomBytes(nonceLength * 256)
    used = 0
  }
  used += nonceLength
  return pool.subarray(used - nonceLength, used)
}

/**
 * AES-256-GCM (NIST SP 800-38D) with a fresh random nonce. `aad` is not in the box: whoever opens it must know it, which binds
 * the box to its place.
 */
export const sealBox = (key: KeyObject, aad: string | Uint8Array, plain: Uint8Array): Uint8Array => {
  const nonce = freshNonce()
  const cipher = createCipheriv('aes-256-gcm', key, nonce)
  cipher.setAAD(typeof aad === 'string' ? Buffer.from(aad, 'utf8') : aad)
  return Buffer.concat([nonce, cipher.update(plain), cipher.final(), cipher.getAuthTag()])
}

/** @throws IpcError E_DAMAGED when key, place or bytes are not those of the sealing. */
export const openBox = (key: KeyObject, aad: string | Uint8Array, box: Uint8Array): Uint8Array => {
  if (box.length < nonceLength + tagLength) throw new IpcError('E_DAMAGED', 'a sealed box is too short')
  const decipher = createDecipheriv('aes-256-gcm', key, box.subarray(0, nonceLength), { authTagLength: tagLength })
  decipher.setAAD(typeof aad === 'string' ? Buffer.from(aad, 'utf8') : aad)
  decipher.setAuthTag(box.subarray(box.length - tagLength))
  try {
    return Buffer.concat([decipher.update(box.subarray(nonceLength, box.length - tagLength)), decipher.final()])
  } catch {
    throw new IpcError('E_DAMAGED', 'a sealed box is not genuine')
  }
}
