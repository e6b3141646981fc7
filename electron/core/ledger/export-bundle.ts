import { bundleFormat, type BundleHeader, type BundleReport, type BundleTail } from '../../shared/ledger/bundle.ts'
import { equalBytes, toBase64 } from '../../shared/ledger/bytes.ts'
import { edgeFromPeaks, edgeRoot, growEdge, peakPositions, type TreeEdge } from '../../shared/ledger/tree-edge.ts'
import { formatVerifierKey, type VerifierKey } from '../../shared/ledger/verifier-key.ts'
import { verifyBundle, type BundleLine } from '../../shared/ledger/verify-bundle.ts'
import type { ReadableDb } from '../store/database.ts'
import type { LedgerDevice } from './device.ts'
import type { Heads } from './heads.ts'
import { nodeLedgerCrypto, sha256, textLeafHash } from './node-ledger-crypto.ts'
import { iterateEntries } from './read-entries.ts'
import type { TreeStore } from './tree-store.ts'

export type LedgerParts = {
  readonly db: ReadableDb
  readonly tree: TreeStore
  readonly heads: Heads
  readonly device: LedgerDevice
}

const leftEdge = (tree: TreeStore, first: number): TreeEdge =>
  edgeFromPeaks(
    first,
    peakPositions(first).map(({ level, index }) => tree.read(level, index)),
  )

/** Cosignatures of this very head as lines; failing them, the last cosigned head as a whole note. */
export const cosignaturesFor = ({ db, heads }: LedgerParts, size: number): string[] => {
  const lines = heads.cosignatures(size).map(({ line }) => line)
  if (lines.length > 0) return lines
  const last = heads.lastCosigned()
  if (last === undefined || last.size > size) return []
  const note = db.get<{ note: string }>('SELECT note FROM checkpoint WHERE size = ?', last.size)?.note
  return note === undefined
    ? []
    : [
        note +
          heads
            .cosignatures(last.size)
            .map(({ line }) => line)
            .join(''),
      ]
}

const headerOf = ({ tree, device }: LedgerParts, first: number, size: number): BundleHeader => ({
  format: bundleFormat,
  origin: device.key.name,
  public_key: formatVerifierKey(device.key),
  first,
  size,
  ...(first === 0 ? {} : { range: leftEdge(tree, first).peaks.map(toBase64) }),
})

const tailOf = (parts: LedgerParts, size: number, checkpoint: string, extra: readonly string[] = []): BundleTail => ({
  checkpoint,
  cosignatures: [...cosignaturesFor(parts, size), ...extra],
})

/** The lines of a `candor-ledger/1` bundle of the log as it is now, without line ends. */
export function* bundleLines(parts: LedgerParts, checkpoint: string): Generator<string> {
  const { db, tree } = parts
  const { size } = tree.refresh()
  const first = tree.months()[0]?.first ?? 0
  yield JSON.stringify(headerOf(parts, first, size))
  for (const { i, canonical } of iterateEntries(db, tree.months(), first, size)) {
    yield JSON.stringify({ i, entry: canonical })
  }
  yield JSON.stringify(tailOf(parts, size, checkpoint))
}

/** Own heads that are looked at again: enough to notice a log put back or changed, few enough for the format. */
const keptHeads = 90

/** What the log itself shows to be wrong, before an outsider would see it. */
class Wrong extends Error {
  readonly verdict: BundleReport['verdict']
  readonly where: string
  readonly entries: number

  constructor(verdict: BundleReport['verdict'], where: string, entries: number) {
    super(verdict)
    this.verdict = verdict
    this.where = where
    this.entries = entries
  }
}

/** The bundle's lines, each entry held against its leaf and all of them against the stored nodes, in one reading. */
function* checkedLines(parts: LedgerParts, now: number, first: number, size: number): Generator<BundleLine> {
  const { db, tree, heads } = parts
  yield JSON.stringify(headerOf(parts, first, size))
  const edge = growEdge(sha256, leftEdge(tree, first))
  const wrong = (verdict: BundleReport['verdict'], where: string): Wrong => new Wrong(verdict, where, edge.size - first)
  for (const { i, canonical, leaf: stored } of iterateEntries(db, tree.months())) {
    if (i !== edge.size) throw wrong('wrong_index', `entry ${edge.size}`)
    const leaf = textLeafHash(canonical)
    if (!equalBytes(leaf, stored)) throw wrong('rewritten', `entry ${i}`)
    edge.append(leaf)
    yield { i, entry: canonical, leaf }
  }
  // Before anything is signed anew.
  if (!equalBytes(edge.root(), edgeRoot(sha256, leftEdge(tree, size))))
    throw wrong('root_mismatch', `checkpoint ${size}`)
  const sql = 'SELECT size, note FROM checkpoint ORDER BY size DESC LIMIT ?'
  const own = db.all<{ size: number; note: string }>(sql, keptHeads)
  const newest = own[0]
  if (newest !== undefined && newest.size > size) throw wrong('cut', `checkpoint ${newest.size}`)
  const note = newest?.size === size ? newest.note : heads.checkpoint(now, size)
  yield JSON.stringify(
    tailOf(
      parts,
      size,
      note,
      own.map((head) => head.note),
    ),
  )
}

/**
 * Checks the stored log against itself and against every head that was signed: entries against leaves, leaves and nodes
 * against the root, and all that an outsider would check. Without `witnesses` completeness is `not_provable`, because whoever
 * can change the file can sign its heads too.
 */
export const verifyStored = (parts: LedgerParts, now: number, witnesses: readonly VerifierKey[]): BundleReport => {
  const { tree, device } = parts
  const { size } = tree.refresh()
  const first = tree.months()[0]?.first ?? 0
  try {
    return verifyBundle(nodeLedgerCrypto, checkedLines(parts, now, first, size), { witnesses })
  } catch (error) {
    if (!(error instanceof Wrong)) throw error
    const { verdict, where, entries } = error
    return {
      verdict,
      where,
      origin: device.key.name,
      size,
      entries,
      root: '',
      completeness: 'not_provable',
      provenTo: 0,
    }
  }
}
