import type { ReaderCall, WriterCall } from '../handler.ts'
import { contactHash } from './person-hashes.ts'

/** The one live record whose contact this is, by the keyed hashes of the index; undefined where there is none, or several. */
export const recordOfContact = (
  call: ReaderCall | WriterCall,
  kind: 'phone' | 'email',
  value: string | undefined,
): string | undefined => {
  const hash = contactHash(kind, value, call.vault.keys.searchKey())
  if (hash === undefined) return undefined
  const rows = call.account.index.reader.all<{ record_id: string }>(
    `SELECT DISTINCT r.record_id FROM person_hash h JOIN list_row r ON r.id = h.row_id
     WHERE h.hash = ? AND h.kind = ? AND r.id NOT IN (SELECT row_id FROM stale_row) LIMIT 2`,
    hash,
    kind,
  )
  return rows.length === 1 ? rows[0]?.record_id : undefined
}
