import type { HubQueries } from '../db/schema.ts'
import type { CandidateKeys } from '../keys/candidate-keys.ts'
import { evidenceTypes, ownRequestKey, splitWords } from './evidence-words.ts'
import { sealData } from './record-data.ts'

const page = 500

/**
 * Seals the words of evidence that was stored when they lay in clear. Nothing that a workstation gets changes by it, so the
 * revisions stay. Words about destroyed people go, but for requests that nobody has answered yet.
 */
export const sealStoredWords = async (db: HubQueries, candidateKeys: CandidateKeys): Promise<void> => {
  for (let after = ''; ;) {
    const rows = await db
      .selectFrom('record')
      .select(['employer_id', 'type', 'id', 'candidate_id', 'data'])
      .where('type', 'in', evidenceTypes)
      .where('candidate_id', 'is not', null)
      .where('data', 'is not', null)
      .where('sealed', 'is', null)
      .where('id', '>', after)
      .orderBy('id')
      .limit(page)
      .execute()
    const last = rows.at(-1)?.id
    if (last === undefined) return
    // Several types may share an id: whatever the page's last id has is read to its end.
    const rest = await db
      .selectFrom('record')
      .select(['employer_id', 'type', 'id', 'candidate_id', 'data'])
      .where('type', 'in', evidenceTypes)
      .where('candidate_id', 'is not', null)
      .where('data', 'is not', null)
      .where('sealed', 'is', null)
      .where('id', '=', last)
      .execute()
    for (const row of [...rows.filter(({ id }) => id !== last), ...rest]) await sealRow(db, candidateKeys, row)
    after = last
  }
}

type Row = {
  readonly employer_id: string
  readonly type: string
  readonly id: string
  readonly candidate_id: string | null
  readonly data: unknown
}

const sealRow = async (db: HubQueries, candidateKeys: CandidateKeys, row: Row): Promise<void> => {
  const { facts, words } = splitWords(row.type, row.data)
  if (row.candidate_id === null || words === undefined) return
  const place = { employerId: row.employer_id, type: row.type, id: row.id }
  const open = row.type === 'request' && !('answered_at' in facts)
  const names = [row.candidate_id, ...(open ? [ownRequestKey(row.id)] : [])]
  let key: Uint8Array | undefined
  for (const name of names) key ??= (await candidateKeys.ensure(db, row.employer_id, [name])).get(name)
  await db
    .updateTable('record')
    .set({ data: JSON.stringify(facts), sealed: key === undefined ? null : sealData(key, place, words) })
    .where('employer_id', '=', row.employer_id)
    .where('type', '=', row.type)
    .where('id', '=', row.id)
    .execute()
}
