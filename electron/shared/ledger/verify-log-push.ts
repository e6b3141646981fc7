import { z } from 'zod'
import { equalBytes, fromBase64 } from './bytes.ts'
import { verifyCheckpoint } from './checkpoint.ts'
import type { LedgerCrypto } from './ledger-crypto.ts'
import { LedgerFormatError } from './ledger-format-error.ts'
import { textLeafHash, verifyConsistency } from './merkle.ts'
import { edgeRoot, growEdge, type NodeSink, type TreeEdge } from './tree-edge.ts'
import type { VerifierKey } from './verifier-key.ts'

/** Body of an outbox item of kind `log`. */
export const logPush = z.object({
  /** Index of the first entry here = size of the log that the witness has. */
  from: z.int().min(0),
  /** The canonical JSON of each entry. */
  entries: z.array(z.string()).max(1000),
  /** Subject hash (base64url) to the candidate's id on its platform. */
  subjects: z.record(z.string(), z.string()),
  /** Signed note for the size `from + entries.length`. */
  checkpoint: z.string(),
  /** Base64 hashes that lead from the size `from` to the checkpoint. */
  consistency: z.array(z.string()).max(128),
})
export type LogPush = z.infer<typeof logPush>

/**
 * What a witness does before it cosigns: the log key signed, the pushed entries really are the leaves behind the head that the
 * witness holds, and the proof says the same.
 * @param held the edge of the log as the witness knows it (`emptyEdge` for a new one)
 * @param onNode told of each subtree that becomes whole; what it was told counts only when nothing is thrown
 * @returns the edge to keep from now on
 * @throws LedgerFormatError `log_conflict` when the log was cut, forked or rewritten; `signature`, `checkpoint`, `note` for bad form
 */
export const verifyLogPush = (
  crypto: LedgerCrypto,
  key: VerifierKey,
  held: TreeEdge,
  push: LogPush,
  onNode?: NodeSink,
): TreeEdge => {
  const head = verifyCheckpoint(crypto, push.checkpoint, key)
  if (push.from !== held.size || head.size !== push.from + push.entries.length) {
    throw new LedgerFormatError('log_conflict', 'the entries do not continue the log that is held here')
  }
  const edge = growEdge(crypto.sha256, held, onNode)
  for (const entry of push.entries) edge.append(textLeafHash(crypto.sha256, entry))
  const consistent = verifyConsistency(crypto.sha256, {
    oldSize: held.size,
    oldRoot: edgeRoot(crypto.sha256, held),
    newSize: head.size,
    newRoot: head.root,
    proof: push.consistency.map(fromBase64),
  })
  if (!consistent || !equalBytes(edge.root(), head.root)) {
    throw new LedgerFormatError('log_conflict', 'the checkpoint is not that of these entries')
  }
  return edge.snapshot()
}
