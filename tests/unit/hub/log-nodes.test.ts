import { randomBytes } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { candidateKeys } from '../../../electron/hub/keys/candidate-keys.ts'
import { openDatabase } from '../../../electron/hub/db/open-database.ts'
import type { HubDb } from '../../../electron/hub/db/schema.ts'
import { ledgerCrypto } from '../../../electron/hub/ledger-crypto.ts'
import { buildStoredNodes } from '../../../electron/hub/log-tree/build-stored-nodes.ts'
import { collectNodes, insertNodes, proveLeaves } from '../../../electron/hub/log-tree/log-nodes.ts'
import { textLeafHash, verifyInclusion } from '../../../electron/shared/ledger/merkle.ts'
import { emptyEdge, growEdge } from '../../../electron/shared/ledger/tree-edge.ts'
import { merkleTreeHash } from '../shared/ledger/second-verifier.ts'

const { sha256 } = ledgerCrypto
const log = { employerId: 'e1', deviceId: 'd1' }
const entries = Array.from({ length: 1500 }, (_, i) => `entry ${i}`)

let db: HubDb
afterAll(() => db.destroy())

const insertLeaves = async (from: number, to: number): Promise<void> => {
  const rows = entries.slice(from, to).map((entry, n) => ({
    employer_id: log.employerId,
    device_id: log.deviceId,
    i: from + n,
    at: 0,
    action: 'view',
    outcome: 'shown',
    account_id: 'a1',
    subject: null,
    entry,
    received_at: null,
  }))
  await db.insertInto('log_leaf').values(rows).execute()
}

beforeAll(async () => {
  db = (await openDatabase({ url: undefined, home: undefined }, candidateKeys(randomBytes(32)))).db
  let edge = emptyEdge
  // Pushes of every size, as devices send them.
  for (const size of [1, 7, 8, 300, 3, 681, 500]) {
    const { nodes, sink } = collectNodes()
    const grown = growEdge(sha256, edge, sink)
    for (const text of entries.slice(edge.size, edge.size + size)) grown.append(textLeafHash(sha256, text))
    await insertLeaves(edge.size, edge.size + size)
    await insertNodes(db, log, nodes)
    edge = grown.snapshot()
  }
})

describe('[ZP-96] a proof at the hub', () => {
  it('leads each leaf to the root that a second implementation computes, at the head and at earlier sizes', async () => {
    for (const size of [1, 9, 316, 1000, 1500]) {
      const indexes = [...new Set([0, 1, Math.floor(size / 2), size - 1])].filter((index) => index < size)
      const proofs = await proveLeaves(db, log, indexes, size)
      const root = merkleTreeHash(entries.slice(0, size))
      for (const [n, index] of indexes.entries()) {
        const leaf = textLeafHash(sha256, entries[index] ?? '')
        expect(verifyInclusion(sha256, { index, size, leaf, root, proof: proofs[n] ?? [] })).toBe(true)
      }
    }
  })

  it('reads what stands on its path and not the leaves of the others', async () => {
    const left = { employer_id: log.employerId, device_id: log.deviceId }
    const kept = await db.selectFrom('log_leaf').selectAll().where('i', '<', 1400).where('i', '>=', 8).execute()
    await db.deleteFrom('log_leaf').where('i', '<', 1400).where('i', '>=', 8).execute()
    const [proof] = await proveLeaves(db, log, [3], 1500)
    expect(proof).toHaveLength(11)
    for (let at = 0; at < kept.length; at += 500)
      await db
        .insertInto('log_leaf')
        .values(kept.slice(at, at + 500).map((row) => ({ ...row, ...left })))
        .execute()
  })

  it('is found as well in a log that was taken in before nodes were kept', async () => {
    const before = await db.selectFrom('log_node').selectAll().orderBy('level').orderBy('idx').execute()
    await db.deleteFrom('log_node').execute()
    const head = { size: 1500, peaks: '[]', root: '', checkpoint: '', cosignature: '' }
    await db
      .insertInto('log_head')
      .values({ employer_id: log.employerId, device_id: log.deviceId, ...head })
      .execute()
    await buildStoredNodes(db)
    expect(await db.selectFrom('log_node').selectAll().orderBy('level').orderBy('idx').execute()).toEqual(before)
  })
})
