import { equalBytes, utf8 } from './bytes.ts'
import type { Sha256 } from './ledger-crypto.ts'
import { LedgerFormatError } from './ledger-format-error.ts'

/**
 * Merkle tree math of RFC 6962 and RFC 9162 §2.1. Sizes and indexes are plain numbers up to 2^53 and therefore never meet a
 * bit operator, which would cut them at 32 bits.
 */

/** The hash over the leaves `[index * 2^level, (index + 1) * 2^level)`; asked for whole subtrees only. */
export type NodeReader = (level: number, index: number) => Uint8Array

/** Leaf = SHA-256(0x00 ‖ entry). */
export const leafHash = (sha256: Sha256, entry: Uint8Array): Uint8Array => {
  const message = new Uint8Array(entry.length + 1)
  message.set(entry, 1)
  return sha256(message)
}

/** The leaf of a text's UTF-8 bytes, without a copy of them. */
export const textLeafHash = (sha256: Sha256, text: string): Uint8Array => sha256(utf8(`\0${text}`))

/** Node = SHA-256(0x01 ‖ left ‖ right). */
export const nodeHash = (sha256: Sha256, left: Uint8Array, right: Uint8Array): Uint8Array => {
  nodeMessage[0] = 1
  nodeMessage.set(left, 1)
  nodeMessage.set(right, 33)
  return sha256(nodeMessage)
}

/** Taken up again by each call: hashing is synchronous, and a million nodes need not be a million buffers. */
const nodeMessage = new Uint8Array(65)

/** The largest power of two below `size` (`size` > 1). */
const split = (size: number): number => {
  let power = 1
  while (power * 2 < size) power *= 2
  return power
}

/** MTH(D[start:end]) for a range that the tree's own recursion can reach: reads one node a set bit. */
const rangeHash = (sha256: Sha256, read: NodeReader, start: number, end: number): Uint8Array => {
  const size = end - start
  let level = 0
  let width = 1
  while (width < size) {
    width *= 2
    level += 1
  }
  if (width === size) return read(level, start / size)
  const middle = start + split(size)
  return nodeHash(sha256, rangeHash(sha256, read, start, middle), rangeHash(sha256, read, middle, end))
}

/** Root of the first `size` leaves; the empty tree's root is the hash of nothing. */
export const treeRoot = (sha256: Sha256, read: NodeReader, size: number): Uint8Array =>
  size === 0 ? sha256(new Uint8Array(0)) : rangeHash(sha256, read, 0, size)

const requireRange = (holds: boolean): void => {
  if (!holds) throw new LedgerFormatError('proof', 'no such leaf or tree size')
}

/** PATH(index, D[0:size]), RFC 9162 §2.1.3.1, lowest sibling first; reads O(log size) nodes. */
export const inclusionProof = (sha256: Sha256, read: NodeReader, index: number, size: number): Uint8Array[] => {
  requireRange(index >= 0 && index < size)
  const path: Uint8Array[] = []
  let start = 0
  let end = size
  while (end - start > 1) {
    const middle = start + split(end - start)
    if (index < middle) {
      path.push(rangeHash(sha256, read, middle, end))
      end = middle
    } else {
      path.push(rangeHash(sha256, read, start, middle))
      start = middle
    }
  }
  return path.reverse()
}

/** PROOF(older, D[0:size]), RFC 9162 §2.1.4.1; empty for equal sizes and for an empty older tree. */
export const consistencyProof = (sha256: Sha256, read: NodeReader, older: number, size: number): Uint8Array[] => {
  requireRange(older >= 0 && older <= size)
  if (older === 0 || older === size) return []
  const proof: Uint8Array[] = []
  let start = 0
  let end = size
  while (older < end) {
    const middle = start + split(end - start)
    if (older <= middle) {
      proof.push(rangeHash(sha256, read, middle, end))
      end = middle
    } else {
      proof.push(rangeHash(sha256, read, start, middle))
      start = middle
    }
  }
  // The older tree's own root need not be sent; a subtree in its right part must be.
  if (start > 0) proof.push(rangeHash(sha256, read, start, end))
  return proof.reverse()
}

const half = (value: number): number => Math.floor(value / 2)
const isOdd = (value: number): boolean => value % 2 === 1
const isIndex = (value: number): boolean => Number.isSafeInteger(value) && value >= 0

/** RFC 9162 §2.1.3.2: is this leaf number `index` of the tree with that size and root? */
export const verifyInclusion = (
  sha256: Sha256,
  claim: {
    readonly index: number
    readonly size: number
    readonly leaf: Uint8Array
    readonly root: Uint8Array
    readonly proof: readonly Uint8Array[]
  },
): boolean => {
  if (!isIndex(claim.index) || !isIndex(claim.size) || claim.index >= claim.size) return false
  let fn = claim.index
  let sn = claim.size - 1
  let hash = claim.leaf
  for (const sibling of claim.proof) {
    if (sn === 0 || sibling.length !== 32) return false
    if (isOdd(fn) || fn === sn) {
      hash = nodeHash(sha256, sibling, hash)
      while (!isOdd(fn) && fn !== 0) {
        fn = half(fn)
        sn = half(sn)
      }
    } else {
      hash = nodeHash(sha256, hash, sibling)
    }
    fn = half(fn)
    sn = half(sn)
  }
  return sn === 0 && equalBytes(hash, claim.root)
}

export type ConsistencyClaim = {
  readonly oldSize: number
  readonly oldRoot: Uint8Array
  readonly newSize: number
  readonly newRoot: Uint8Array
  readonly proof: readonly Uint8Array[]
}

/** RFC 9162 §2.1.4.2: does the newer tree begin with the older one? An empty older tree is the start of every tree. */
export const verifyConsistency = (sha256: Sha256, claim: ConsistencyClaim): boolean => {
  const { oldSize, oldRoot, newSize, newRoot, proof } = claim
  if (!isIndex(oldSize) || !isIndex(newSize) || oldSize > newSize) return false
  if (oldSize === newSize) return proof.length === 0 && equalBytes(oldRoot, newRoot)
  if (oldSize === 0) return proof.length === 0 && equalBytes(oldRoot, sha256(new Uint8Array(0)))
  if (proof.some((hash) => hash.length !== 32)) return false
  let fn = oldSize - 1
  let sn = newSize - 1
  while (isOdd(fn)) {
    fn = half(fn)
    sn = half(sn)
  }
  // An older tree that is one whole subtree is its own first node; the proof then leaves it out.
  const path = fn === 0 ? [oldRoot, ...proof] : proof
  const first = path[0]
  if (first === undefined) return false
  let oldHash = first
  let newHash = first
  for (const hash of path.slice(1)) {
    if (sn === 0) return false
    if (isOdd(fn) || fn === sn) {
      oldHash = nodeHash(sha256, hash, oldHash)
      newHash = nodeHash(sha256, hash, newHash)
      while (!isOdd(fn) && fn !== 0) {
        fn = half(fn)
        sn = half(sn)
      }
    } else {
      newHash = nodeHash(sha256, newHash, hash)
    }
    fn = half(fn)
    sn = half(sn)
  }
  return sn === 0 && equalBytes(oldHash, oldRoot) && equalBytes(newHash, newRoot)
}
