import { bundleFormat, type BundleHeader, type BundleReport, type BundleTail } from '../../shared/ledger/bundle.ts'
import { equalBytes, toBase64 } from '../../shared/ledger/bytes.ts'
import { edgeFromPeaks, edgeRoot, growEdge, peakPositions, type TreeEdge } from '../../shared/ledger/tree-edge.ts'
import { textLeafHash } from '../../shared/ledger/merkle.ts'
import { formatVerifierKey, type VerifierKey } from '../../shared/ledger/verifier-key.ts'
import { verifyBundle } from '../../shared/ledger/verify-bundle.ts'
import type { ReadableDb } from '../store/database.ts'
import type { LedgerDevice } from './device.ts'
import type { Heads } from './heads.ts'
import { nodeLedgerCrypto, sha256 } from './node-ledger-crypto.ts'
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

/** The lines of a `candor-ledger/1` bundle of the log as it is now, without line ends. */
export function* bundleLines(parts: LedgerParts, checkpoint: string, extra: readonly string[] = []): Generator<string> {
  const { db, tree, device } = parts
  const { size } = tree.refresh()
  const first = tree.months()[0]?.first ?? 0
  const header: BundleHeader = {
    format: bundleFormat,
    origin: device.key.name,
    public_key: formatVerifierKey(device.key),
    first,
    size,
    ...(first === 0 ? {} : { range: leftEdge(tree, first).peaks.map(toBase64) }),
  }
  yield JSON.stringify(header)
  for (const { i, canonical } of iterateEntries(db, tree.months(), first, size)) {
    yield JSON.stringify({ i, entry: canonical })
  }
  const tail: BundleTail = { checkpoint, cosignatures: [...cosignaturesFor(parts, size), ...extra] }
  yield JSON.stringify(tail)
}

/** Own heads that are looked at again: enough to notice a log put back or changed, few enough for the format. */
const keptHeads = 90

/**
 * Checks the stored log against itself and against every head that was signed: entries against leaves, leaves and nodes
 * against the root, then as an outsider would. Without `witnesses` completeness is `not_provable`, because whoever can change
 * the file can sign its heads too.
 */
export const verifyStored = (parts: LedgerParts, now: number, witnesses: readonly VerifierKey[]): BundleReport => {
  const { db, tree, heads, device } = parts
  const { size } = tree.refresh()
  const first = tree.months()[0]?.first ?? 0
  const edge = growEdge(sha256, leftEdge(tree, first))
  const wrong = (verdict: BundleReport['verdict'], where: string): BundleReport => ({
    verdict,
    where,
    origin: device.key.name,
    size,
    entries: edge.size - first,
    root: '',
    completeness: 'not_provable',
    provenTo: 0,
  })
  for (const { i, canonical, leaf } of iterateEntries(db, tree.months())) {
    if (i !== edge.size) return wrong('wrong_index', `entry ${edge.size}`)
    if (!equalBytes(textLeafHash(sha256, canonical), leaf)) return wrong('rewritten', `entry ${i}`)
    edge.append(leaf)
  }
  if (!equalBytes(edge.root(), edgeRoot(sha256, leftEdge(tree, size))))
    return wrong('root_mismatch', `checkpoint ${size}`)
  const sql = 'SELECT size, note FROM checkpoint ORDER BY size DESC LIMIT ?'
  const own = db.all<{ size: number; note: string }>(sql, keptHeads)
  const newest = own[0]
  if (newest !== undefined && newest.size > size) return wrong('cut', `checkpoint ${newest.size}`)
  const note = newest?.size === size ? newest.note : heads.checkpoint(now, size)
  const lines = bundleLines(
    parts,
    note,
    own.map((head) => head.note),
  )
  return verifyBundle(nodeLedgerCrypto, lines, { witnesses })
}
