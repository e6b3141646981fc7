import { fromBase64, toBase64, concatBytes } from '@shared/ledger/bytes.ts'
import { parseCheckpoint } from '@shared/ledger/checkpoint.ts'
import type { DisclosureLog } from '@shared/ledger/disclosure.ts'
import type { LedgerCrypto } from '@shared/ledger/ledger-crypto.ts'
import { LedgerFormatError } from '@shared/ledger/ledger-format-error.ts'
import { textLeafHash, verifyConsistency } from '@shared/ledger/merkle.ts'

/** A log's head as this browser saw it: sizes, hashes and a time, nothing of what stands in the log. */
export type RememberedHead = {
  readonly size: number
  /** Base64. */
  readonly root: string
  /** The C2SP verifier key of the log. */
  readonly key: string
  /** When it was seen, milliseconds since 1970. */
  readonly seenAt: number
}

/** The person's own rows that were shown below a log's head: how many, and a hash over them. */
export type RememberedRows = { readonly size: number; readonly count: number; readonly digest: string }

/** How a log stands to what was seen of it; all but the first three are wrong, `unproven` because nobody gave the proof. */
export type Growth = 'first' | 'same' | 'grown' | 'shrunk' | 'rewritten' | 'otherKey' | 'unproven'

export const headOf = (log: DisclosureLog, seenAt: number): RememberedHead => {
  const { size, root } = parseCheckpoint(log.checkpoint)
  return { size, root: toBase64(root), key: log.public_key, seenAt }
}

/**
 * Whether a log only grew since it was seen, by RFC 9162 §2.1.4.2.
 * @param askProof the base64 hashes that lead from the older size to the newer one; asked only where the log grew
 */
export const findGrowth = async (
  crypto: LedgerCrypto,
  before: RememberedHead | undefined,
  now: RememberedHead,
  askProof: (from: number, to: number) => Promise<readonly string[]>,
): Promise<Growth> => {
  if (before === undefined) return 'first'
  if (before.key !== now.key) return 'otherKey'
  if (now.size < before.size) return 'shrunk'
  if (now.size === before.size) return now.root === before.root ? 'same' : 'rewritten'
  let proof: readonly string[]
  try {
    proof = await askProof(before.size, now.size)
  } catch {
    return 'unproven'
  }
  return isContinued(crypto, before, now, proof) ? 'grown' : 'rewritten'
}

const isContinued = (
  crypto: LedgerCrypto,
  before: RememberedHead,
  now: RememberedHead,
  proof: readonly string[],
): boolean => {
  try {
    return verifyConsistency(crypto.sha256, {
      oldSize: before.size,
      oldRoot: fromBase64(before.root),
      newSize: now.size,
      newRoot: fromBase64(now.root),
      proof: proof.map(fromBase64),
    })
  } catch (error) {
    if (error instanceof LedgerFormatError) return false
    throw error
  }
}

/** The rows that a statement shows of the first `size` entries of a log. */
export const rowsOf = (crypto: LedgerCrypto, log: DisclosureLog, size: number): RememberedRows => {
  const own = log.rows.filter((row) => row.i < size)
  const leaves = own.map((row) => textLeafHash(crypto.sha256, row.entry))
  return { size, count: own.length, digest: toBase64(crypto.sha256(concatBytes(...leaves))) }
}

/** Whether every row that was shown before is shown still: what was said once is not taken back by leaving it out. */
export const showsAllOf = (crypto: LedgerCrypto, before: RememberedRows, log: DisclosureLog): boolean => {
  const now = rowsOf(crypto, log, before.size)
  return now.count === before.count && now.digest === before.digest
}
