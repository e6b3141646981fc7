import type { z } from 'zod'
import { consentData, type shareBody } from '../../shared/domain/sync-records.ts'
import { recipientScope } from '../../shared/domain/sharing.ts'
import { HubProblem } from '../hub-problem.ts'
import { putRecords } from '../records/put-records.ts'
import { listRowKeys, openData } from '../records/record-data.ts'
import type { Applied, ApplyContext, ParsedItem } from './apply-item.ts'
import { requireKnownCandidate } from './require-target.ts'

/** Whether the last that the person said about giving something to this recipient is yes (ZP-34). */
const hasConsented = async ({ hub, tx, session }: ApplyContext, candidateId: string, recipient: string) => {
  const rows = await tx
    .selectFrom('record')
    .selectAll()
    .where('employer_id', '=', session.employerId)
    .where('candidate_id', '=', candidateId)
    .where('type', '=', 'consent')
    .where('deleted', '=', false)
    .orderBy('rev')
    .execute()
  const keys = await listRowKeys(hub.candidateKeys, tx, session.employerId, rows)
  const now = hub.clock.now()
  return rows.reduce((granted, row) => {
    const said = consentData.safeParse(openData(row, keys)).data
    if (said?.purpose !== 'sharing') return granted
    if (said.scope === recipientScope(recipient))
      return said.granted && (said.until === undefined || Date.parse(said.until) > now)
    return said.scope === undefined && !said.granted ? false : granted
  }, false)
}

/** A record of what was given to another processor. The hub asks for the consent itself; an end needs none. */
export const applyShare = async (
  context: ApplyContext,
  { share_id: known, ...data }: z.output<typeof shareBody>,
  item: ParsedItem,
): Promise<Applied> => {
  const { hub, tx, session } = context
  await requireKnownCandidate(context, data.candidate_id)
  if (data.ended_at === undefined && !(await hasConsented(context, data.candidate_id, data.recipient))) {
    throw new HubProblem(403, 'consent_missing', 'no consent of this person names this recipient')
  }
  const written = await putRecords(hub, tx, session.employerId, [
    {
      type: 'share',
      id: known ?? item.id,
      candidateId: data.candidate_id,
      data: { ...data, by: data.by ?? session.accountId },
    },
  ])
  if (written === 0) throw new HubProblem(410, 'destroyed', 'this candidate’s record has been destroyed')
  return {}
}
