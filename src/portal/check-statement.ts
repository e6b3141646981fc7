import { fromBase64Url } from '@shared/ledger/bytes.ts'
import { verifyCosignature } from '@shared/ledger/cosignature.ts'
import type { Disclosure, DisclosureLog } from '@shared/ledger/disclosure.ts'
import { findDisclosureProblem } from '@shared/ledger/find-disclosure-problem.ts'
import type { LedgerCrypto } from '@shared/ledger/ledger-crypto.ts'
import { LedgerFormatError } from '@shared/ledger/ledger-format-error.ts'
import { parseSignedNote } from '@shared/ledger/signed-note.ts'
import { keyTypes, verifierKey, type VerifierKey } from '@shared/ledger/verifier-key.ts'

/** A row as the page shows it. */
export type ShownRow = {
  /** Origin and index, `candor/… 3`. */
  readonly place: string
  /** RFC 3339. */
  readonly time: string
}

export type StatementCheck =
  /** `witnessed`: since when the witness vouches for all of these logs, seconds since 1970; null where it does not. */
  | { readonly verdict: 'valid'; readonly rows: number; readonly logs: number; readonly witnessed: number | null }
  /** What is wrong first, and in which log. */
  | {
      readonly verdict: 'invalid'
      readonly what: 'row' | 'checkpoint' | 'shown' | 'hidden' | 'time'
      readonly where: string
    }

/** The witness as the hub's discovery names it. @throws LedgerFormatError */
export const witnessKey = (crypto: LedgerCrypto, key: { readonly kid: string; readonly x: string }): VerifierKey =>
  verifierKey(crypto.sha256, key.kid, keyTypes.cosignature, fromBase64Url(key.x))

const witnessedAt = (crypto: LedgerCrypto, log: DisclosureLog, witness: VerifierKey): number | null => {
  const { text } = parseSignedNote(log.checkpoint)
  for (const line of log.cosignatures) {
    try {
      return verifyCosignature(crypto, text, line, witness)
    } catch (error) {
      // Another witness's line; one by ours may follow.
      if (!(error instanceof LedgerFormatError)) throw error
    }
  }
  return null
}

const timeOf = (entry: string): string | undefined => {
  const { at } = JSON.parse(entry) as { readonly at?: unknown }
  return typeof at === 'number' ? new Date(at).toISOString() : undefined
}

/**
 * Checks the proofs of a disclosure, and that the page shows exactly its rows at their times: a server that shows something else
 * than it proves is found as well.
 */
export const checkStatement = (
  crypto: LedgerCrypto,
  { logs }: Disclosure,
  witness: VerifierKey,
  shown: readonly ShownRow[],
): StatementCheck => {
  const left = new Map(shown.map(({ place, time }) => [place, time]))
  let rows = 0
  let witnessed: number | null = Infinity
  for (const log of logs) {
    const problem = findDisclosureProblem(crypto, log)
    if (problem === 'checkpoint') return { verdict: 'invalid', what: 'checkpoint', where: log.origin }
    if (problem !== undefined) return { verdict: 'invalid', what: 'row', where: `${log.origin} ${problem}` }
    for (const row of log.rows) {
      const where = `${log.origin} ${row.i}`
      const time = left.get(where)
      if (time === undefined) return { verdict: 'invalid', what: 'hidden', where }
      if (time !== timeOf(row.entry)) return { verdict: 'invalid', what: 'time', where }
      left.delete(where)
      rows += 1
    }
    const at = witnessedAt(crypto, log, witness)
    witnessed = at === null || witnessed === null ? null : Math.min(witnessed, at)
  }
  const [extra] = left.keys()
  if (extra !== undefined) return { verdict: 'invalid', what: 'shown', where: extra }
  return { verdict: 'valid', rows, logs: logs.length, witnessed: logs.length === 0 ? null : witnessed }
}
