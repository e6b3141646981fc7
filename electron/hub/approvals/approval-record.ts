import type { ChangeDataOf } from '../../shared/domain/sync-records.ts'
import type { HubTransaction, RecordInternal } from '../db/schema.ts'
import type { Hub } from '../hub.ts'
import { notFound } from '../hub-problem.ts'
import { putRecords, type RecordDraft } from '../records/put-records.ts'
import { listRowKeys, openData } from '../records/record-data.ts'
import type { Session } from '../session.ts'

export type Approval = ChangeDataOf<'approval'>

/** One record as it stands, locked until the transaction ends. @throws HubProblem 404 */
export const requireRecord = async (
  hub: Hub,
  tx: HubTransaction,
  employerId: string,
  type: 'approval' | 'hold',
  id: string,
): Promise<{ readonly data: unknown; readonly internal: RecordInternal | null }> => {
  const row = await tx
    .selectFrom('record')
    .select(['employer_id', 'type', 'id', 'data', 'sealed', 'internal', 'candidate_id'])
    .where('employer_id', '=', employerId)
    .where('type', '=', type)
    .where('id', '=', id)
    .where('deleted', '=', false)
    .forUpdate()
    .executeTakeFirst()
  if (row === undefined) throw notFound(type)
  const keys = await listRowKeys(hub.candidateKeys, tx, employerId, [row])
  return { data: openData(row, keys), internal: row.internal }
}

/** The same ones again under a new revision; a person who was destroyed meanwhile has none any more. @throws HubProblem 404 */
export const putAgain = async (hub: Hub, tx: HubTransaction, session: Session, drafts: readonly RecordDraft[]) => {
  if ((await putRecords(hub, tx, session.employerId, drafts)) < drafts.length) throw notFound('candidate')
}

/** An approval with what has changed about it; who may see it stays as it was. */
export const approvalDraft = (id: string, data: Approval, internal: RecordInternal | null): RecordDraft => ({
  type: 'approval',
  id,
  candidateId: data.candidate_id,
  data,
  ...(internal === null ? {} : { internal }),
})
