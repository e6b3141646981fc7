import canonicalize from 'canonicalize'
import { toHex } from '../../shared/ledger/bytes.ts'
import { sha256 } from '../ledger/node-ledger-crypto.ts'
import type { BatchBody } from './certificate.ts'

/** What the log's entry of an order of several says: how many, and the hash of the rows of its certificate. */
export const batchDetail = (rows: BatchBody['rows']): string => {
  const bytes = new TextEncoder().encode(canonicalize(rows) ?? '')
  return `batch rows=${rows.length} sha256=${toHex(sha256(bytes))}`
}
