import { vacuumKeys } from '../db/open-database.ts'
import type { HubTransaction } from '../db/schema.ts'
import type { Hub } from '../hub.ts'
import { subjectEnd } from '../log-tree/subject-life.ts'
import { evidenceTypes } from './evidence-words.ts'
import { takeRevisions } from './put-records.ts'

/**
 * Ends the hub's own copy: key, attachments and contents first, then a `delete` for whoever still holds one. The mapping of the
 * log's subject hashes is dropped 12 months later, or after three years where evidence is kept (D11). Harmless when repeated.
 */
export const destroyCandidate = async (hub: Hub, employerId: string, candidateId: string): Promise<void> => {
  await hub.db.transaction().execute((tx) => destroyCandidateIn(hub, tx, employerId, candidateId))
  await vacuumKeys(hub.db)
  hub.events.emit(employerId)
}

export const destroyCandidateIn = async (
  hub: Hub,
  tx: HubTransaction,
  employerId: string,
  candidateId: string,
): Promise<void> => {
  const now = hub.clock.now()
  const first = !(await isDestroyed(tx, employerId, candidateId))
  await hub.candidateKeys.destroy(tx, employerId, candidateId, now)
  await tx
    .deleteFrom('attachment_bytes')
    .where('employer_id', '=', employerId)
    .where('candidate_id', '=', candidateId)
    .execute()
  const rows = await tx
    .selectFrom('record')
    .select(['type', 'id'])
    .where('employer_id', '=', employerId)
    .where('candidate_id', '=', candidateId)
    .where('type', 'not in', evidenceTypes)
    .where('deleted', '=', false)
    .orderBy('rev')
    .execute()
  let rev = await takeRevisions(tx, employerId, Math.max(1, rows.length))
  for (const row of rows) {
    await tx
      .updateTable('record')
      .set({ rev: rev++, at: now, deleted: true, data: null, sealed: null, internal: null })
      .where('employer_id', '=', employerId)
      .where('type', '=', row.type)
      .where('id', '=', row.id)
      .execute()
  }
  // Their facts are evidence; the words beside them died with the key. A request that came since has a key of its own.
  if (first) {
    await tx
      .updateTable('record')
      .set({ sealed: null })
      .where('employer_id', '=', employerId)
      .where('candidate_id', '=', candidateId)
      .where('type', 'in', evidenceTypes)
      .execute()
  }
  await tx
    .updateTable('log_subject')
    .set({ drop_at: await subjectEnd(tx, employerId, candidateId, now) })
    .where('employer_id', '=', employerId)
    .where('candidate_id', '=', candidateId)
    .where('drop_at', 'is', null)
    .execute()
}

const isDestroyed = async (tx: HubTransaction, employerId: string, candidateId: string): Promise<boolean> =>
  (await tx
    .selectFrom('record_key')
    .select('destroyed_at')
    .where('employer_id', '=', employerId)
    .where('candidate_id', '=', candidateId)
    .where('destroyed_at', 'is not', null)
    .executeTakeFirst()) !== undefined
