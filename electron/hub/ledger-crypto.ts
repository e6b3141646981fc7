import { createHash, createPublicKey, verify } from 'node:crypto'
import type { LedgerCrypto } from '../shared/ledger/ledger-crypto.ts'

export const ledgerCrypto: LedgerCrypto = {
  sha256: (bytes) => new Uint8Array(createHash('sha256').update(bytes).digest()),
  verify: (publicKey, message, signature) => {
    try {
      const x = Buffer.from(publicKey).toString('base64url')
      const key = createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x }, format: 'jwk' })
      return verify(null, message, key, signature)
    } catch {
      // Not a point on the curve, or no signature at all: the same answer.
      return false
    }
  },
}
