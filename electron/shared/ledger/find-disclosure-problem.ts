import { fromBase64 } from './bytes.ts'
import { verifyCheckpoint } from './checkpoint.ts'
import type { DisclosureLog } from './disclosure.ts'
import type { LedgerCrypto } from './ledger-crypto.ts'
import { LedgerFormatError } from './ledger-format-error.ts'
import { textLeafHash, verifyInclusion } from './merkle.ts'
import { parseVerifierKey } from './verifier-key.ts'

/**
 * Whether every row of a disclosure stands in the log that signed its checkpoint. In a file of its own, because a browser runs
 * it too and needs no schemas.
 * @returns undefined when all is well, else the index of the first row that does not, or `checkpoint`
 */
export const findDisclosureProblem = (crypto: LedgerCrypto, log: DisclosureLog): number | 'checkpoint' | undefined => {
  let index = -1
  try {
    const key = parseVerifierKey(crypto.sha256, log.public_key)
    if (key.name !== log.origin) return 'checkpoint'
    const { size, root } = verifyCheckpoint(crypto, log.checkpoint, key)
    for (const row of log.rows) {
      index = row.i
      const leaf = textLeafHash(crypto.sha256, row.entry)
      const proof = row.proof.map(fromBase64)
      if (!verifyInclusion(crypto.sha256, { index, size, leaf, root, proof })) return index
    }
    return undefined
  } catch (error) {
    if (error instanceof LedgerFormatError) return index < 0 ? 'checkpoint' : index
    throw error
  }
}
