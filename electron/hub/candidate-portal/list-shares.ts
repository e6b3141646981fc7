import type { z } from 'zod'
import { shareData } from '../../shared/domain/sync-records.ts'
import type { Hub } from '../hub.ts'
import { listRowKeys, openData } from '../records/record-data.ts'
import type { CandidateSession } from './require-candidate.ts'

export type PortalShare = z.output<typeof shareData>

/** To whom the person's data were given, newest first; the words end with the person's key. */
export const listPortalShares = async (
  hub: Hub,
  { employerId, candidateId }: CandidateSession,
): Promise<readonly PortalShare[]> => {
  const rows = await hub.db
    .selectFrom('record')
    .select(['employer_id', 'type', 'id', 'candidate_id', 'data', 'sealed'])
    .where('employer_id', '=', employerId)
    .where('candidate_id', '=', candidateId)
    .where('type', '=', 'share')
    .where('deleted', '=', false)
    .orderBy('rev', 'desc')
    .execute()
  const keys = await listRowKeys(hub.candidateKeys, hub.db, employerId, rows)
  return rows.flatMap((row) => shareData.safeParse(openData(row, keys)).data ?? [])
}
