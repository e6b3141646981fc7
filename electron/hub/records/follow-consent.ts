import { recipientOfScope } from '../../shared/domain/sharing.ts'
import { shareData } from '../../shared/domain/sync-records.ts'
import type { HubTransaction } from '../db/schema.ts'
import type { Hub } from '../hub.ts'
import { isoTime } from '../hub-clock.ts'
import { putRecords, touchCandidates } from './put-records.ts'
import { listRowKeys, openData } from './record-data.ts'

type Said = { readonly purpose: string; readonly granted: boolean; readonly scope?: string | undefined }

/**
 * What a word of the person changes at once: whoever takes a consent to sharing back ends what was given by it, of one recipient
 * or, without a scope, of all (ZP-70); a consent to looks from abroad, or its end, gives the candidate a new revision (ZP-102).
 */
export const followConsent = async (
  hub: Hub,
  tx: HubTransaction,
  employerId: string,
  candidateId: string,
  said: Said,
): Promise<void> => {
  if (said.purpose === 'cross_border') await touchCandidates(hub, tx, employerId, [candidateId])
  if (said.purpose === 'sharing' && !said.granted) await endShares(hub, tx, employerId, candidateId, said)
}

const endShares = async (
  hub: Hub,
  tx: HubTransaction,
  employerId: string,
  candidateId: string,
  said: Said,
): Promise<void> => {
  const recipient = recipientOfScope(said.scope)
  const rows = await tx
    .selectFrom('record')
    .select(['employer_id', 'type', 'id', 'candidate_id', 'data', 'sealed'])
    .where('employer_id', '=', employerId)
    .where('candidate_id', '=', candidateId)
    .where('type', '=', 'share')
    .where('deleted', '=', false)
    .execute()
  const keys = await listRowKeys(hub.candidateKeys, tx, employerId, rows)
  const ended = rows.flatMap((row) => {
    const share = shareData.safeParse(openData(row, keys)).data
    if (share === undefined || share.ended_at !== undefined) return []
    if (recipient !== null && share.recipient !== recipient) return []
    return [{ type: 'share', id: row.id, candidateId, data: { ...share, ended_at: isoTime(hub.clock.now()) } }]
  })
  if (ended.length > 0) await putRecords(hub, tx, employerId, ended)
}
