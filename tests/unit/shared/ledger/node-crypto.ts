import { createHash, createPrivateKey, createPublicKey, sign, verify, type KeyObject } from 'node:crypto'
import type { LedgerCrypto } from '../../../../electron/shared/ledger/ledger-crypto.ts'

/** Node's own SHA-256 and Ed25519 for the pure code under test. */
export const nodeCrypto: LedgerCrypto = {
  sha256: (bytes) => new Uint8Array(createHash('sha256').update(bytes).digest()),
  verify: (publicKey, message, signature) => {
    const key = createPublicKey({
      key: { kty: 'OKP', crv: 'Ed25519', x: Buffer.from(publicKey).toString('base64url') },
      format: 'jwk',
    })
    return verify(null, message, key, signature)
  },
}

export type TestSigner = { readonly publicKey: Uint8Array; sign(message: Uint8Array): Uint8Array }

/** A key pair from a fixed seed of 32 bytes, so that vectors are the same in every run. */
export const signerFromSeed = (seed: Uint8Array): TestSigner => {
  const key: KeyObject = createPrivateKey({
    key: Buffer.concat([Buffer.from('302e020100300506032b657004220420', 'hex'), seed]),
    format: 'der',
    type: 'pkcs8',
  })
  const publicKey = createPublicKey(key).export({ format: 'der', type: 'spki' }).subarray(-32)
  return { publicKey: new Uint8Array(publicKey), sign: (message) => new Uint8Array(sign(null, message, key)) }
}
