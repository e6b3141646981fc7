import { concatBytes, fromBase64, toBase64, toHex, utf8 } from './bytes.ts'
import type { LedgerCrypto } from './ledger-crypto.ts'
import { LedgerFormatError } from './ledger-format-error.ts'
import { isKeyName, keyTypes, type VerifierKey } from './verifier-key.ts'

/** One signature line of a C2SP signed note. */
export type NoteSignature = {
  readonly name: string
  /** Eight lower-case hex digits. */
  readonly keyId: string
  /** What follows the key id: 64 bytes for Ed25519, 72 for a cosignature. */
  readonly signature: Uint8Array
}

export type SignedNote = {
  /** With its final newline, without the blank line. */
  readonly text: string
  readonly signatures: readonly NoteSignature[]
}

/** The specification asks for at least 16; more than this is somebody playing. */
const maximumSignatures = 100
const prefix = '— '

const malformed = (): LedgerFormatError => new LedgerFormatError('note', 'not a signed note')

const keyIdBytes = (keyId: string): Uint8Array =>
  Uint8Array.from(keyId.match(/../g) ?? [], (pair) => parseInt(pair, 16))

/** `— name base64(key id ‖ signature)` with its newline. */
export const formatSignatureLine = (signature: NoteSignature): string =>
  `${prefix}${signature.name} ${toBase64(concatBytes(keyIdBytes(signature.keyId), signature.signature))}\n`

/** @throws LedgerFormatError when it is not one signature line (the newline may be missing) */
export const parseSignatureLine = (line: string): NoteSignature => {
  const bare = line.endsWith('\n') ? line.slice(0, -1) : line
  const [name, encoded, ...more] = bare.startsWith(prefix) ? bare.slice(prefix.length).split(' ') : []
  if (name === undefined || encoded === undefined || more.length > 0 || !isKeyName(name)) throw malformed()
  const blob = fromBase64(encoded)
  if (blob.length < 5) throw malformed()
  return { name, keyId: toHex(blob.subarray(0, 4)), signature: blob.subarray(4) }
}

export const formatSignedNote = (note: SignedNote): string =>
  `${note.text}\n${note.signatures.map(formatSignatureLine).join('')}`

/** @throws LedgerFormatError when it does not have the form of C2SP signed-note */
export const parseSignedNote = (note: string): SignedNote => {
  // The only control character that a note may hold is the newline.
  if (!note.isWellFormed() || /[^\P{Cc}\n\u007f-\u009f]/u.test(note) || !note.endsWith('\n')) throw malformed()
  const cut = note.lastIndexOf('\n\n')
  if (cut < 0) throw malformed()
  const lines = note.slice(cut + 2, -1).split('\n')
  if (lines.length > maximumSignatures) throw malformed()
  return { text: note.slice(0, cut + 1), signatures: lines.map(parseSignatureLine) }
}

/** The signature made by this key, if there is one: name and id must both be the key's. */
export const signatureBy = (note: SignedNote, key: VerifierKey): NoteSignature | undefined =>
  note.signatures.find((signature) => signature.name === key.name && signature.keyId === key.keyId)

/**
 * Parses a note and checks the plain Ed25519 signature of one key. Signatures of other keys are ignored, as the specification
 * asks.
 * @throws LedgerFormatError when the form is wrong, the key did not sign, or its signature is bad
 */
export const verifySignedNote = (crypto: LedgerCrypto, note: string, key: VerifierKey): SignedNote => {
  const parsed = parseSignedNote(note)
  const signature = signatureBy(parsed, key)
  if (key.type !== keyTypes.ed25519 || signature === undefined) {
    throw new LedgerFormatError('signature', 'not signed by this key')
  }
  if (!crypto.verify(key.publicKey, utf8(parsed.text), signature.signature)) {
    throw new LedgerFormatError('signature', 'the signature is not genuine')
  }
  return parsed
}

/** Signs a text with a plain Ed25519 key. `sign` gets the UTF-8 bytes and gives 64 bytes. */
export const signNote = (text: string, key: VerifierKey, sign: (message: Uint8Array) => Uint8Array): string =>
  formatSignedNote({ text, signatures: [{ name: key.name, keyId: key.keyId, signature: sign(utf8(text)) }] })
