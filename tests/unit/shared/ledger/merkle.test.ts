import { CoMETRE } from '@transmute/rfc9162'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { toHex, utf8 } from '../../../../electron/shared/ledger/bytes.ts'
import {
  consistencyProof,
  inclusionProof,
  leafHash,
  nodeHash,
  treeRoot,
  verifyConsistency,
  verifyInclusion,
  type NodeReader,
} from '../../../../electron/shared/ledger/merkle.ts'
import {
  edgeFromPeaks,
  edgeRoot,
  emptyEdge,
  growEdge,
  peakPositions,
} from '../../../../electron/shared/ledger/tree-edge.ts'
import { nodeCrypto } from './node-crypto.ts'

const { sha256 } = nodeCrypto
const bytes = (hex: string): Uint8Array => new Uint8Array(Buffer.from(hex, 'hex'))

/** A tree as a store would hold it: leaves, and every whole subtree as the edge reports it. */
const buildTree = (entries: readonly Uint8Array[]) => {
  const nodes = new Map<string, Uint8Array>()
  let reads = 0
  const edge = growEdge(sha256, emptyEdge, (level, index, hash) => nodes.set(`${level}:${index}`, hash))
  entries.forEach((entry, index) => {
    const leaf = leafHash(sha256, entry)
    nodes.set(`0:${index}`, leaf)
    edge.append(leaf)
  })
  const read: NodeReader = (level, index) => {
    reads += 1
    const hash = nodes.get(`${level}:${index}`)
    if (hash === undefined) throw new Error(`node ${level}:${index} is not stored`)
    return hash
  }
  return { read, edge: edge.snapshot(), countReads: () => reads }
}

/** Inputs, roots and proofs of the Certificate Transparency reference tests for RFC 6962. */
const published = {
  entries: ['', '00', '10', '2021', '3031', '40414243', '5051525354555657', '606162636465666768696a6b6c6d6e6f'].map(
    bytes,
  ),
  roots: [
    'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
    '6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d',
    'fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125',
    'aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77',
    'd37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7',
    '4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4',
    '76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef',
    'ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c',
    '5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328',
  ],
  inclusion: [
    { index: 0, size: 1, proof: [] },
    {
      index: 0,
      size: 8,
      proof: [
        '96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7',
        '5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e',
        '6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4',
      ],
    },
    {
      index: 5,
      size: 8,
      proof: [
        'bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b',
        'ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0',
        'd37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7',
      ],
    },
    { index: 2, size: 3, proof: ['fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125'] },
    {
      index: 1,
      size: 5,
      proof: [
        '6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d',
        '5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e',
        'bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b',
      ],
    },
  ],
  consistency: [
    { older: 1, size: 1, proof: [] },
    {
      older: 1,
      size: 8,
      proof: [
        '96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7',
        '5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e',
        '6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4',
      ],
    },
    {
      older: 6,
      size: 8,
      proof: [
        '0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a',
        'ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0',
        'd37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7',
      ],
    },
    {
      older: 2,
      size: 5,
      proof: [
        '5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e',
        'bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b',
      ],
    },
  ],
}

describe('RFC 6962 published vectors', () => {
  const tree = buildTree(published.entries)
  const root = (size: number): Uint8Array => treeRoot(sha256, tree.read, size)

  it('gives every published root, by the stored nodes and by the edge', () => {
    published.roots.forEach((expected, size) => {
      expect(toHex(root(size))).toBe(expected)
      expect(toHex(edgeRoot(sha256, buildTree(published.entries.slice(0, size)).edge))).toBe(expected)
    })
  })

  it('gives and accepts the published inclusion proofs', () => {
    for (const { index, size, proof } of published.inclusion) {
      expect(inclusionProof(sha256, tree.read, index, size).map(toHex)).toEqual(proof)
      const leaf = leafHash(sha256, published.entries[index] ?? utf8('?'))
      expect(verifyInclusion(sha256, { index, size, leaf, root: root(size), proof: proof.map(bytes) })).toBe(true)
    }
  })

  it('gives and accepts the published consistency proofs', () => {
    for (const { older, size, proof } of published.consistency) {
      expect(consistencyProof(sha256, tree.read, older, size).map(toHex)).toEqual(proof)
      const claim = {
        oldSize: older,
        oldRoot: root(older),
        newSize: size,
        newRoot: root(size),
        proof: proof.map(bytes),
      }
      expect(verifyConsistency(sha256, claim)).toBe(true)
    }
  })
})

const leavesOf = (size: number): Uint8Array[] => Array.from({ length: size }, (_, index) => utf8(`entry ${index}`))

describe('against another implementation of RFC 9162', () => {
  const oracle = CoMETRE.RFC9162_SHA256

  it('agrees on roots and on both kinds of proof', async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: 70 }), fc.nat(), fc.nat(), async (size, a, b) => {
        const tree = buildTree(leavesOf(size))
        const leaves = await Promise.all(leavesOf(size).map((entry) => oracle.leaf(entry)))
        const root = treeRoot(sha256, tree.read, size)
        expect(toHex(root)).toBe(toHex(new Uint8Array(await oracle.root(leaves))))
        const index = a % size
        const included = await oracle.inclusion_proof(index, leaves)
        expect(inclusionProof(sha256, tree.read, index, size).map(toHex)).toEqual(
          included.inclusion_path.map((hash) => toHex(new Uint8Array(hash))),
        )
        // The oracle refuses the trivial proof between equal sizes.
        if (size === 1) return
        const older = 1 + (b % (size - 1))
        const oldRoot = treeRoot(sha256, tree.read, older)
        const path = consistencyProof(sha256, tree.read, older, size)
        // It also wants the older root sent where RFC 9162 has the verifier prepend it.
        const isWhole = Number.isInteger(Math.log2(older))
        const consistency = {
          log_id: '',
          tree_size_1: older,
          tree_size_2: size,
          consistency_path: isWhole ? [oldRoot, ...path] : path,
        }
        expect(await oracle.verify_consistency_proof(oldRoot, root, consistency)).toBe(true)
      }),
      { numRuns: 60 },
    )
  })
})

describe('proofs', () => {
  it('hold for every pair of sizes up to 40, and only for the right leaf, root and path', () => {
    const tree = buildTree(leavesOf(40))
    const roots = Array.from({ length: 41 }, (_, size) => treeRoot(sha256, tree.read, size))
    const rootOf = (size: number): Uint8Array => roots[size] ?? utf8('')
    const other = sha256(utf8('other'))
    for (let size = 1; size <= 40; size++) {
      for (let older = 0; older <= size; older++) {
        const proof = consistencyProof(sha256, tree.read, older, size)
        const claim = { oldSize: older, oldRoot: rootOf(older), newSize: size, newRoot: rootOf(size), proof }
        expect(verifyConsistency(sha256, claim)).toBe(true)
        expect(verifyConsistency(sha256, { ...claim, newRoot: other })).toBe(older === 0)
        expect(verifyConsistency(sha256, { ...claim, oldRoot: other })).toBe(false)
        expect(verifyConsistency(sha256, { ...claim, proof: [...proof, other] })).toBe(false)
        if (proof.length > 0) {
          expect(verifyConsistency(sha256, { ...claim, proof: proof.slice(1) })).toBe(false)
          expect(verifyConsistency(sha256, { ...claim, proof: proof.with(0, other) })).toBe(false)
        }
      }
      for (let index = 0; index < size; index++) {
        const proof = inclusionProof(sha256, tree.read, index, size)
        const claim = { index, size, leaf: tree.read(0, index), root: rootOf(size), proof }
        expect(verifyInclusion(sha256, claim)).toBe(true)
        expect(verifyInclusion(sha256, { ...claim, leaf: other })).toBe(false)
        expect(verifyInclusion(sha256, { ...claim, root: other })).toBe(false)
        expect(verifyInclusion(sha256, { ...claim, proof: [...proof, other] })).toBe(false)
        expect(verifyInclusion(sha256, { ...claim, proof: proof.slice(1) })).toBe(size === 1)
        if (size > 1) expect(verifyInclusion(sha256, { ...claim, index: (index + 1) % size })).toBe(false)
      }
    }
  })

  it('refuse sizes and indexes that cannot be', () => {
    const leaf = sha256(utf8('leaf'))
    for (const [index, size] of [
      [-1, 1],
      [1, 1],
      [0.5, 1],
      [0, 2 ** 53],
    ] as const) {
      expect(verifyInclusion(sha256, { index, size, leaf, root: leaf, proof: [] })).toBe(false)
    }
    const claim = { oldSize: 2, oldRoot: leaf, newSize: 1, newRoot: leaf, proof: [] }
    expect(verifyConsistency(sha256, claim)).toBe(false)
    const tree = buildTree(leavesOf(3))
    expect(() => inclusionProof(sha256, tree.read, 3, 3)).toThrow('no such leaf')
    expect(() => consistencyProof(sha256, tree.read, 4, 3)).toThrow('no such leaf')
  })

  it('are right above 32 bits, where bit operators would not be', () => {
    // A tree whose leaves are all equal: each level has one hash, so any size can be read without building it.
    const levels = [leafHash(sha256, utf8('same'))]
    const read: NodeReader = (level) => {
      while (levels.length <= level) {
        const below = levels.at(-1) ?? utf8('')
        levels.push(nodeHash(sha256, below, below))
      }
      return levels[level] ?? utf8('')
    }
    const size = 2 ** 33 + 2 ** 31 + 5
    const older = 2 ** 32 + 3
    const root = treeRoot(sha256, read, size)
    const oldRoot = treeRoot(sha256, read, older)
    const proof = consistencyProof(sha256, read, older, size)
    expect(verifyConsistency(sha256, { oldSize: older, oldRoot, newSize: size, newRoot: root, proof })).toBe(true)
    const index = 2 ** 33 + 7
    const path = inclusionProof(sha256, read, index, size)
    expect(verifyInclusion(sha256, { index, size, leaf: read(0, 0), root, proof: path })).toBe(true)
    expect(verifyInclusion(sha256, { index: 7, size, leaf: read(0, 0), root, proof: path })).toBe(false)
  })

  it('read a logarithmic number of nodes', () => {
    const tree = buildTree(leavesOf(4095))
    const before = tree.countReads()
    inclusionProof(sha256, tree.read, 1234, 4095)
    consistencyProof(sha256, tree.read, 1234, 4095)
    expect(tree.countReads() - before).toBeLessThan(12 * 12)
  })
})

describe('the edge', () => {
  it('can be taken up again at any size from the peaks alone', () => {
    const entries = leavesOf(33)
    for (let cut = 0; cut <= 33; cut++) {
      const tree = buildTree(entries.slice(0, cut))
      const peaks = peakPositions(cut).map(({ level, index }) => tree.read(level, index))
      const edge = growEdge(sha256, edgeFromPeaks(cut, peaks))
      for (const entry of entries.slice(cut)) edge.append(leafHash(sha256, entry))
      expect(toHex(edge.root())).toBe(toHex(edgeRoot(sha256, buildTree(entries).edge)))
      expect(edge.size).toBe(33)
    }
  })

  it('refuses peaks that do not fit the size', () => {
    expect(() => edgeFromPeaks(3, [sha256(utf8('a'))])).toThrow('does not fit')
    expect(() => edgeFromPeaks(1, [utf8('short')])).toThrow('does not fit')
  })
})
