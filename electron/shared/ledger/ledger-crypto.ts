/** SHA-256 of the bytes: 32 bytes. */
export type Sha256 = (bytes: Uint8Array) => Uint8Array

/** RFC 8032 Ed25519 over a raw 32-byte public key; false for anything that is not a good signature, never throws. */
export type VerifyEd25519 = (publicKey: Uint8Array, message: Uint8Array, signature: Uint8Array) => boolean

/** What the pure code needs from its host. */
export type LedgerCrypto = { readonly sha256: Sha256; readonly verify: VerifyEd25519 }
