import { concatBytes, fromBase64, toBase64, toHex, utf8 } from './bytes.ts'
import type { Sha256 } from './ledger-crypto.ts'
import { LedgerFormatError } from './ledger-format-error.ts'

/** Signature types of C2SP signed-note: plain Ed25519, and a witness's timestamped Ed25519 (tlog-cosignature v1). */
export const keyTypes = { ed25519: 0x01, cosignature: 0x04 } as const
export type KeyType = (typeof keyTypes)[keyof typeof keyTypes]

export type VerifierKey = {
  readonly name: string
  readonly type: KeyType
  /** 32 raw bytes. */
  readonly publicKey: Uint8Array
  /** Eight lower-case hex digits. */
  readonly keyId: string
}

/** Not empty, no Unicode space, no plus sign (C2SP signed-note), and nothing that would end a line. */
export const isKeyName = (name: string): boolean =>
  name.length > 0 && name.isWellFormed() && !/[\s+\p{White_Space}\p{Cc}]/u.test(name)

/** SHA-256(name ‖ LF ‖ type ‖ public key), the first four bytes as hex. */
export const keyIdOf = (sha256: Sha256, name: string, type: KeyType, publicKey: Uint8Array): string =>
  toHex(sha256(concatBytes(utf8(`${name}\n`), Uint8Array.of(type), publicKey)).subarray(0, 4))

/** @throws LedgerFormatError for a name or key that the format does not allow */
export const verifierKey = (sha256: Sha256, name: string, type: KeyType, publicKey: Uint8Array): VerifierKey => {
  if (!isKeyName(name) || publicKey.length !== 32) throw new LedgerFormatError('key', 'not a verifier key')
  return { name, type, publicKey, keyId: keyIdOf(sha256, name, type, publicKey) }
}

/** `name+hash+base64(type ‖ key)`. */
export const formatVerifierKey = (key: VerifierKey): string =>
  `${key.name}+${key.keyId}+${toBase64(concatBytes(Uint8Array.of(key.type), key.publicKey))}`

/** @throws LedgerFormatError when the text is no verifier key or its hash is not that of its name and key */
export const parseVerifierKey = (sha256: Sha256, text: string): VerifierKey => {
  const [name, keyId, ...rest] = text.split('+')
  // The base64 part may hold plus signs itself.
  const blob = fromBase64(rest.join('+'))
  const type = Object.values(keyTypes).find((known) => known === blob[0])
  if (name === undefined || type === undefined) throw new LedgerFormatError('key', 'not a verifier key')
  const key = verifierKey(sha256, name, type, blob.subarray(1))
  if (key.keyId !== keyId) throw new LedgerFormatError('key', 'the key hash does not fit the key')
  return key
}
