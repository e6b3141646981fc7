import { openRecord, type OpenedRecord } from '../candidates/open-record.ts'
import type { ReaderCall } from '../handler.ts'
import { Refusal } from '../handler.ts'
import { IpcError } from '../../shared/ipc/ipc-error.ts'
import { comparedKinds, openKinds, personHashes, type ComparedKind } from './person-hashes.ts'

/** More than these is no person any more but a number that many use: a teacher's, an agency's. */
const most = 20

const bothHave = (call: ReaderCall, one: OpenedRecord, other: OpenedRecord): ComparedKind[] => {
  const key = call.vault.keys.searchKey()
  const known = new Map(
    personHashes(one.request, one.person, key).map(({ kind, hash }) => [kind, Buffer.from(hash).toString('hex')]),
  )
  const open = new Set(openKinds(other.request))
  return personHashes(other.request, other.person, key)
    .filter(({ kind, hash }) => open.has(kind) && known.get(kind) === Buffer.from(hash).toString('hex'))
    .map(({ kind }) => kind)
}

/** Opens another record for this viewer; null where a rule keeps it closed or it is gone: it takes no part then. */
export const tryOpen = (call: ReaderCall, recordId: string): OpenedRecord | null => {
  try {
    return openRecord(call, recordId, undefined)
  } catch (error) {
    if (error instanceof Refusal || (error instanceof IpcError && ['E_LOCKED', 'E_NOT_FOUND'].includes(error.code)))
      return null
    throw error
  }
}

/** What two records, both open to this viewer now, have in common among the values open on both sides. */
export const sameIn = (call: ReaderCall, one: OpenedRecord, other: OpenedRecord): ComparedKind[] => {
  const same = new Set(bothHave(call, one, other))
  return comparedKinds.filter((kind) => same.has(kind))
}

/**
 * Records that may be of the same person. The index says who might be; each is then opened and compared by the rules of now,
 * so that a hash of yesterday tells nothing that a cell hides today.
 */
export const findSame = (
  call: ReaderCall,
  record: OpenedRecord,
): ReadonlyArray<{ readonly other: OpenedRecord; readonly basis: readonly ComparedKind[] }> =>
  call.index
    .all<{ record_id: string }>(
      `SELECT DISTINCT o.record_id FROM list_row r JOIN person_hash h ON h.row_id = r.id
       JOIN person_hash s ON s.hash = h.hash AND s.kind = h.kind AND s.row_id <> r.id
       JOIN list_row o ON o.id = s.row_id
       WHERE r.record_id = ? AND o.id NOT IN (SELECT row_id FROM stale_row) ORDER BY o.newest_at DESC LIMIT ${most}`,
      record.candidate.record_id,
    )
    .flatMap(({ record_id: id }) => {
      const other = tryOpen(call, id)
      if (other === null) return []
      const basis = sameIn(call, record, other)
      return basis.length === 0 ? [] : [{ other, basis }]
    })
