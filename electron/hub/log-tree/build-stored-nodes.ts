import { textLeafHash } from '../../shared/ledger/merkle.ts'
import { emptyEdge, growEdge } from '../../shared/ledger/tree-edge.ts'
import type { HubQueries } from '../db/schema.ts'
import { ledgerCrypto } from '../ledger-crypto.ts'
import { collectNodes, insertNodes } from './log-nodes.ts'

const page = 4000

/** Stores the nodes of the logs that were taken in before nodes were kept. */
export const buildStoredNodes = async (db: HubQueries): Promise<void> => {
  const heads = await db.selectFrom('log_head').select(['employer_id', 'device_id', 'size']).execute()
  for (const head of heads) {
    let edge = emptyEdge
    while (edge.size < head.size) {
      const rows = await db
        .selectFrom('log_leaf')
        .select('entry')
        .where('employer_id', '=', head.employer_id)
        .where('device_id', '=', head.device_id)
        .where('i', '>=', edge.size)
        .where('i', '<', edge.size + page)
        .orderBy('i')
        .execute()
      if (rows.length === 0) throw new Error('a part of a log is missing')
      const { nodes, sink } = collectNodes()
      const grown = growEdge(ledgerCrypto.sha256, edge, sink)
      for (const row of rows) grown.append(textLeafHash(ledgerCrypto.sha256, row.entry))
      await insertNodes(db, { employerId: head.employer_id, deviceId: head.device_id }, nodes)
      edge = grown.snapshot()
    }
  }
}
