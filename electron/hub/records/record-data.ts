import type { HubQueries, RecordTable } from '../db/schema.ts'
import type { CandidateKeys } from '../keys/candidate-keys.ts'
import { seal, unseal } from '../keys/seal.ts'
import { isEvidenceType, ownRequestKey } from './evidence-words.ts'

/** Types whose content is the person's own and dies with their key. */
const sealedTypes: ReadonlySet<string> = new Set([
  'candidate',
  'attachment',
  'message',
  'note',
  'scorecard',
  'greeting',
  'share',
])

export const isSealedType = (type: string): boolean => sealedTypes.has(type)

type Place = { readonly employerId: string; readonly type: string; readonly id: string }
type Row = Pick<RecordTable, 'employer_id' | 'type' | 'id' | 'sealed' | 'candidate_id'> & { readonly data: unknown }

const aad = (place: Place): string => `${place.employerId}|${place.type}|${place.id}|data`

export const sealData = (key: Uint8Array, place: Place, data: unknown): Uint8Array =>
  seal(key, aad(place), Buffer.from(JSON.stringify(data)))

/** The names of the keys that may open these rows, for `candidateKeys.list`. */
const keyNames = (rows: ReadonlyArray<Pick<Row, 'type' | 'id' | 'candidate_id'>>): string[] => [
  ...new Set(rows.flatMap((row) => row.candidate_id ?? [])),
  ...rows.flatMap((row) => (row.type === 'request' ? [ownRequestKey(row.id)] : [])),
]

export const listRowKeys = (
  keys: CandidateKeys,
  db: HubQueries,
  employerId: string,
  rows: ReadonlyArray<Pick<Row, 'type' | 'id' | 'candidate_id'>>,
): Promise<Map<string, Uint8Array>> => keys.list(db, employerId, keyNames(rows))

const keyOf = (row: Row, keys: ReadonlyMap<string, Uint8Array>): Uint8Array | undefined =>
  (row.candidate_id === null ? undefined : keys.get(row.candidate_id)) ??
  (row.type === 'request' ? keys.get(ownRequestKey(row.id)) : undefined)

/**
 * @param keys from `listRowKeys`
 * @returns `undefined` when the key is gone or the row holds nothing; of evidence the facts alone are left then
 */
export const openData = (row: Row, keys: ReadonlyMap<string, Uint8Array>): unknown => {
  const clear = row.data ?? undefined
  if (row.sealed === null) return clear
  const key = keyOf(row, keys)
  if (key === undefined) return clear
  const plain = unseal(key, aad({ employerId: row.employer_id, type: row.type, id: row.id }), row.sealed)
  const opened: unknown = JSON.parse(Buffer.from(plain).toString('utf8'))
  return isEvidenceType(row.type) ? { ...(clear as object), ...(opened as object) } : opened
}
