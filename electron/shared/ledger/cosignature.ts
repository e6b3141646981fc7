import { concatBytes, utf8 } from './bytes.ts'
import type { LedgerCrypto, Sha256 } from './ledger-crypto.ts'
import { LedgerFormatError } from './ledger-format-error.ts'
import { formatSignatureLine, parseSignatureLine, parseSignedNote, type NoteSignature } from './signed-note.ts'
import { keyTypes, verifierKey, type VerifierKey } from './verifier-key.ts'

/** A witness that signs: `sign` is plain Ed25519 (RFC 8032) by the key whose raw public half is `publicKey`. */
export type Cosigner = {
  readonly name: string
  readonly publicKey: Uint8Array
  sign(message: Uint8Array): Uint8Array
}

const message = (time: number, text: string): Uint8Array => utf8(`cosignature/v1\ntime ${time}\n${text}`)

/**
 * C2SP tlog-cosignature, Ed25519 v1: says that at `time` this was the largest consistent head seen of that log. The caller must
 * have checked signature and consistency first.
 * @param note the checkpoint as a signed note
 * @param time seconds since 1970
 * @returns one signature line with its newline, ready to be appended to the note
 */
export const cosign = (sha256: Sha256, note: string, signer: Cosigner, time: number): string => {
  if (!Number.isSafeInteger(time) || time < 0) throw new LedgerFormatError('cosignature', 'not a time')
  const { text } = parseSignedNote(note)
  const stamp = new Uint8Array(8)
  new DataView(stamp.buffer).setBigUint64(0, BigInt(time))
  const { name, keyId } = verifierKey(sha256, signer.name, keyTypes.cosignature, signer.publicKey)
  return formatSignatureLine({ name, keyId, signature: concatBytes(stamp, signer.sign(message(time, text))) })
}

/** Seconds since 1970 that a cosignature claims, unchecked. */
export const cosignatureTime = (signature: NoteSignature): number => {
  if (signature.signature.length !== 72) throw new LedgerFormatError('cosignature', 'not a cosignature')
  const { buffer, byteOffset } = signature.signature
  return Number(new DataView(buffer, byteOffset, 8).getBigUint64(0))
}

/**
 * Checks one cosignature line over a checkpoint's text (signed note without signatures).
 * @returns seconds since 1970 at which the witness saw this head
 * @throws LedgerFormatError when the line is of another key or its signature is bad
 */
export const verifyCosignature = (crypto: LedgerCrypto, text: string, line: string, witness: VerifierKey): number => {
  const signature = parseSignatureLine(line)
  if (witness.type !== keyTypes.cosignature || signature.name !== witness.name || signature.keyId !== witness.keyId) {
    throw new LedgerFormatError('cosignature', 'not cosigned by this witness')
  }
  const time = cosignatureTime(signature)
  if (
    !Number.isSafeInteger(time) ||
    !crypto.verify(witness.publicKey, message(time, text), signature.signature.subarray(8))
  ) {
    throw new LedgerFormatError('cosignature', 'the cosignature is not genuine')
  }
  return time
}
