import {
  consistencyProof,
  inclusionProof,
  nodeHash,
  textLeafHash,
  type NodeReader,
} from '../../shared/ledger/merkle.ts'
import type { NodeSink } from '../../shared/ledger/tree-edge.ts'
import type { HubQueries } from '../db/schema.ts'
import { ledgerCrypto } from '../ledger-crypto.ts'

/** Which log: one a device. */
export type LogRef = { readonly employerId: string; readonly deviceId: string }

/** A whole subtree of a device's log, ready to be written. */
export type LogNode = { readonly level: number; readonly idx: number; readonly hash: Uint8Array }

/** Smaller subtrees are hashed from their at most four leaves when asked for; the rest are a row for every four leaves. */
const lowestStored = 3
/** Rows of one statement: the engines bound the number of parameters. */
const batch = 1000

/** Collects the nodes to store while a tree grows. */
export const collectNodes = (): { readonly nodes: readonly LogNode[]; readonly sink: NodeSink } => {
  const nodes: LogNode[] = []
  return {
    nodes,
    sink: (level, idx, hash) => {
      if (level >= lowestStored) nodes.push({ level, idx, hash })
    },
  }
}

export const insertNodes = async (db: HubQueries, log: LogRef, nodes: readonly LogNode[]): Promise<void> => {
  for (let start = 0; start < nodes.length; start += batch) {
    await db
      .insertInto('log_node')
      .values(
        nodes
          .slice(start, start + batch)
          .map((node) => ({ employer_id: log.employerId, device_id: log.deviceId, ...node })),
      )
      .execute()
  }
}

type Wanted = ReadonlyMap<number, ReadonlySet<number>>

/** The stored nodes and leaves that `work` asks for; its own result means nothing. */
const wantedBy = (work: (read: NodeReader) => void): Wanted => {
  const wanted = new Map<number, Set<number>>()
  const blank = new Uint8Array(32)
  const want = (level: number, index: number): void => {
    const known = wanted.get(level)
    if (known === undefined) wanted.set(level, new Set([index]))
    else known.add(index)
  }
  work((level, index) => {
    if (level >= lowestStored) want(level, index)
    else for (let leaf = index * 2 ** level; leaf < (index + 1) * 2 ** level; leaf += 1) want(0, leaf)
    return blank
  })
  return wanted
}

const name = (level: number, index: number): string => `${level}/${index}`

const load = async (db: HubQueries, log: LogRef, wanted: Wanted): Promise<NodeReader> => {
  const known = new Map<string, Uint8Array>()
  for (const [level, indexes] of wanted) {
    const all = [...indexes]
    for (let start = 0; start < all.length; start += batch) {
      const part = all.slice(start, start + batch)
      if (level === 0) {
        const rows = await db
          .selectFrom('log_leaf')
          .select(['i', 'entry'])
          .where('employer_id', '=', log.employerId)
          .where('device_id', '=', log.deviceId)
          .where('i', 'in', part)
          .execute()
        for (const row of rows) known.set(name(0, row.i), textLeafHash(ledgerCrypto.sha256, row.entry))
      } else {
        const rows = await db
          .selectFrom('log_node')
          .select(['idx', 'hash'])
          .where('employer_id', '=', log.employerId)
          .where('device_id', '=', log.deviceId)
          .where('level', '=', level)
          .where('idx', 'in', part)
          .execute()
        for (const row of rows) known.set(name(level, row.idx), row.hash)
      }
    }
  }
  const read: NodeReader = (level, index) => {
    const found = known.get(name(level, index))
    if (found !== undefined) return found
    if (level === 0 || level >= lowestStored) throw new Error('a part of the log is missing')
    return nodeHash(ledgerCrypto.sha256, read(level - 1, index * 2), read(level - 1, index * 2 + 1))
  }
  return read
}

/**
 * Proofs that these leaves stand in the tree of `size` leaves, in their order. Reads the nodes on the paths alone, in one
 * statement a level: a number that grows with the logarithm of the log.
 */
export const proveLeaves = async (
  db: HubQueries,
  log: LogRef,
  indexes: readonly number[],
  size: number,
): Promise<Uint8Array[][]> => {
  const work = (read: NodeReader): Uint8Array[][] =>
    indexes.map((index) => inclusionProof(ledgerCrypto.sha256, read, index, size))
  return work(await load(db, log, wantedBy(work)))
}

/** Proof that the tree of `size` leaves begins with the one of `older` leaves; reads as few nodes as a leaf's proof. */
export const proveGrowth = async (db: HubQueries, log: LogRef, older: number, size: number): Promise<Uint8Array[]> => {
  const work = (read: NodeReader): Uint8Array[] => consistencyProof(ledgerCrypto.sha256, read, older, size)
  return work(await load(db, log, wantedBy(work)))
}
