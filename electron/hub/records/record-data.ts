import type { RecordTable } from '../db/schema.ts'
import { seal, unseal } from '../keys/seal.ts'

/** Types whose content is the person's own and dies with their key. */
const sealedTypes: ReadonlySet<string> = new Set([
  'candidate',
  'attachment',
  'message',
  'note',
  'scorecard',
  'greeting',
])

export const isSealedType = (type: string): boolean => sealedTypes.has(type)

type Place = { readonly employerId: string; readonly type: string; readonly id: string }
const aad = (place: Place): string => `${place.employerId}|${place.type}|${place.id}|data`

export const sealData = (key: Uint8Array, place: Place, data: unknown): Uint8Array =>
  seal(key, aad(place), Buffer.from(JSON.stringify(data)))

/** @returns `undefined` when the key is gone or the row holds nothing */
export const openData = (
  row: Pick<RecordTable, 'employer_id' | 'type' | 'id' | 'sealed' | 'candidate_id'> & { readonly data: unknown },
  keys: ReadonlyMap<string, Uint8Array>,
): unknown => {
  if (row.sealed === null) return row.data ?? undefined
  const key = row.candidate_id === null ? undefined : keys.get(row.candidate_id)
  if (key === undefined) return undefined
  const plain = unseal(key, aad({ employerId: row.employer_id, type: row.type, id: row.id }), row.sealed)
  return JSON.parse(Buffer.from(plain).toString('utf8'))
}
