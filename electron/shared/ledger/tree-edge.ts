import type { Sha256 } from './ledger-crypto.ts'
import { LedgerFormatError } from './ledger-format-error.ts'
import { nodeHash } from './merkle.ts'

/**
 * The right edge of a growing tree: the roots of its whole subtrees, widest first, one for each set bit of `size`. It is all
 * that is needed to append and to know the root, and what a bundle calls `range`.
 */
export type TreeEdge = { readonly size: number; readonly peaks: readonly Uint8Array[] }

export const emptyEdge: TreeEdge = { size: 0, peaks: [] }

/** Where the peaks of a tree of `size` leaves stand, widest first. */
export const peakPositions = (size: number): Array<{ readonly level: number; readonly index: number }> => {
  const positions: Array<{ level: number; index: number }> = []
  let level = 0
  for (let rest = size; rest > 0; rest = Math.floor(rest / 2)) {
    if (rest % 2 === 1) positions.push({ level, index: rest - 1 })
    level += 1
  }
  return positions.reverse()
}

/** @throws LedgerFormatError when there is not one 32-byte hash for each set bit of `size` */
export const edgeFromPeaks = (size: number, peaks: readonly Uint8Array[]): TreeEdge => {
  if (peakPositions(size).length !== peaks.length || peaks.some((peak) => peak.length !== 32)) {
    throw new LedgerFormatError('proof', 'the range does not fit the size')
  }
  return { size, peaks }
}

/** Told of each subtree that becomes whole (level ≥ 1). */
export type NodeSink = (level: number, index: number, hash: Uint8Array) => void

/** An edge that grows in place; `snapshot` gives it back as a value. */
export type EdgeBuilder = {
  append(leaf: Uint8Array): void
  readonly size: number
  root(): Uint8Array
  snapshot(): TreeEdge
}

export const growEdge = (sha256: Sha256, from: TreeEdge, onNode?: NodeSink): EdgeBuilder => {
  const peaks = [...from.peaks]
  let size = from.size
  return {
    append: (leaf) => {
      let hash = leaf
      let level = 0
      for (let rest = size; rest % 2 === 1; rest = Math.floor(rest / 2)) {
        const left = peaks.pop()
        if (left === undefined) throw new LedgerFormatError('proof', 'the range does not fit the size')
        hash = nodeHash(sha256, left, hash)
        level += 1
        onNode?.(level, Math.floor(rest / 2), hash)
      }
      peaks.push(hash)
      size += 1
    },
    get size() {
      return size
    },
    root: () => edgeRoot(sha256, { size, peaks }),
    snapshot: () => ({ size, peaks: [...peaks] }),
  }
}

export const edgeRoot = (sha256: Sha256, edge: TreeEdge): Uint8Array =>
  edge.size === 0 ? sha256(new Uint8Array(0)) : edge.peaks.reduceRight((right, left) => nodeHash(sha256, left, right))
