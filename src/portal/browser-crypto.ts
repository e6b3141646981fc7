import { ed25519 } from '@noble/curves/ed25519.js'
import { sha256 } from '@noble/hashes/sha2.js'
import type { LedgerCrypto } from '@shared/ledger/ledger-crypto.ts'

/**
 * What the checks need, without WebCrypto: many phones lack its Ed25519, and none has it on a page without TLS.
 */
export const browserCrypto: LedgerCrypto = {
  sha256: (bytes) => sha256(bytes),
  verify: (publicKey, message, signature) => {
    try {
      // Strictly RFC 8032, as the devices and the hub check it.
      return ed25519.verify(signature, message, publicKey, { zip215: false })
    } catch {
      // Not a point on the curve, or no signature at all: the same answer.
      return false
    }
  },
}
