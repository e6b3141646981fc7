import { createPrivateKey, createPublicKey, hash, sign, verify, type KeyObject } from 'node:crypto'
import type { LedgerCrypto, Sha256 } from '../../shared/ledger/ledger-crypto.ts'

/** The one-shot call costs a third of a hash object for messages this short. */
export const sha256: Sha256 = (bytes) => hash('sha256', bytes, 'buffer')

/** RFC 6962 leaf of a UTF-8 text, hashed without copying its bytes. */
export const textLeafHash = (text: string): Uint8Array => hash('sha256', `\0${text}`, 'buffer')

const publicKeyObject = (raw: Uint8Array): KeyObject =>
  createPublicKey({
    key: { kty: 'OKP', crv: 'Ed25519', x: Buffer.from(raw).toString('base64url') },
    format: 'jwk',
  })

/** SHA-256 and Ed25519 of node:crypto for the pure code in `electron/shared/ledger`. */
export const nodeLedgerCrypto: LedgerCrypto = {
  sha256,
  verify: (publicKey, message, signature) => {
    try {
      return verify(null, message, publicKeyObject(publicKey), signature)
    } catch {
      // Not a point on the curve, or not 64 bytes.
      return false
    }
  },
}

/** ASN.1 frame of an Ed25519 private key (RFC 8410 §7); the 32-byte seed follows. */
const pkcs8Prefix = Buffer.from('302e020100300506032b657004220420', 'hex')

export type Ed25519Signer = {
  /** 32 raw bytes. */
  readonly publicKey: Uint8Array
  sign(message: Uint8Array): Uint8Array
}

/** An Ed25519 key pair from its 32-byte seed (RFC 8032 §5.1.5). */
export const signerFromSeed = (seed: Uint8Array): Ed25519Signer => {
  const der = Buffer.concat([pkcs8Prefix, seed])
  const key = createPrivateKey({ key: der, format: 'der', type: 'pkcs8' })
  der.fill(0)
  const spki = createPublicKey(key).export({ format: 'der', type: 'spki' })
  return { publicKey: new Uint8Array(spki.subarray(-32)), sign: (message) => sign(null, message, key) }
}
