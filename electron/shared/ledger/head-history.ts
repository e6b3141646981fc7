import type { Sha256 } from './ledger-crypto.ts'
import { edgeRoot, growEdge, type TreeEdge } from './tree-edge.ts'

/** Leaves between two kept edges: bounds both the memory and the work of asking for an old root. */
const stride = 4096

/**
 * Grows a tree and can tell the root at any size it has passed, because earlier heads become known only at a bundle's end.
 * Holds 32 bytes a leaf.
 */
export type HeadHistory = {
  append(leaf: Uint8Array): void
  readonly size: number
  /** Undefined below the first leaf held and above the size reached. */
  rootAt(size: number): Uint8Array | undefined
}

export const createHeadHistory = (sha256: Sha256, from: TreeEdge): HeadHistory => {
  const edge = growEdge(sha256, from)
  const edges: TreeEdge[] = [from]
  const blocks: Uint8Array[] = []
  return {
    append: (leaf) => {
      const held = edge.size - from.size
      if (held % stride === 0) {
        blocks.push(new Uint8Array(stride * 32))
        if (held > 0) edges.push(edge.snapshot())
      }
      blocks.at(-1)?.set(leaf, (held % stride) * 32)
      edge.append(leaf)
    },
    get size() {
      return edge.size
    },
    rootAt: (size) => {
      if (size < from.size || size > edge.size) return undefined
      if (size === edge.size) return edge.root()
      const block = Math.floor((size - from.size) / stride)
      const start = edges[block]
      const leaves = blocks[block]
      if (start === undefined || leaves === undefined) return undefined
      const replay = growEdge(sha256, start)
      for (let offset = 0; replay.size < size; offset += 32) replay.append(leaves.subarray(offset, offset + 32))
      return edgeRoot(sha256, replay.snapshot())
    },
  }
}
