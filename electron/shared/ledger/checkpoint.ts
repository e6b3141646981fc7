import { fromBase64, toBase64 } from './bytes.ts'
import type { LedgerCrypto } from './ledger-crypto.ts'
import { LedgerFormatError } from './ledger-format-error.ts'
import { parseSignedNote, signNote, verifySignedNote } from './signed-note.ts'
import type { VerifierKey } from './verifier-key.ts'

/** A tree head of C2SP tlog-checkpoint. */
export type Checkpoint = {
  readonly origin: string
  readonly size: number
  /** 32 bytes. */
  readonly root: Uint8Array
}

/** The origin of a device's view log. */
export const logOrigin = (deviceId: string): string => `candor/${deviceId}`

/** Three lines: origin, size, root in base64. */
export const formatCheckpoint = (checkpoint: Checkpoint): string =>
  `${checkpoint.origin}\n${checkpoint.size}\n${toBase64(checkpoint.root)}\n`

/** @throws LedgerFormatError when a note's text is not a checkpoint; extension lines are allowed and ignored */
export const parseCheckpointText = (text: string): Checkpoint => {
  const malformed = new LedgerFormatError('checkpoint', 'not a checkpoint')
  if (!text.endsWith('\n')) throw malformed
  const lines = text.slice(0, -1).split('\n')
  const [origin, size, root] = lines
  if (origin === undefined || size === undefined || root === undefined || lines.includes('')) throw malformed
  if (!/^(?:0|[1-9][0-9]{0,15})$/.test(size) || !Number.isSafeInteger(Number(size))) throw malformed
  const hash = fromBase64(root)
  if (hash.length !== 32) throw malformed
  return { origin, size: Number(size), root: hash }
}

/**
 * The checkpoint in a signed note, signatures unchecked. Whoever relies on it calls `verifyCheckpoint`.
 * @throws LedgerFormatError
 */
export const parseCheckpoint = (note: string): Checkpoint => parseCheckpointText(parseSignedNote(note).text)

/**
 * The checkpoint in a signed note whose log key signed it and whose origin is that key's name.
 * @throws LedgerFormatError
 */
export const verifyCheckpoint = (crypto: LedgerCrypto, note: string, key: VerifierKey): Checkpoint => {
  const checkpoint = parseCheckpointText(verifySignedNote(crypto, note, key).text)
  if (checkpoint.origin !== key.name) throw new LedgerFormatError('checkpoint', 'the origin is not this log')
  return checkpoint
}

export const signCheckpoint = (
  checkpoint: Checkpoint,
  key: VerifierKey,
  sign: (message: Uint8Array) => Uint8Array,
): string => signNote(formatCheckpoint(checkpoint), key, sign)
