import { requestAnswerBody, requestData } from '../../shared/domain/sync-records.ts'
import type { Hub } from '../hub.ts'
import { listRowKeys, openData } from '../records/record-data.ts'
import type { CandidateSession } from './require-candidate.ts'

/** A request that was made here or reached the employer otherwise, and what became of it. Times are milliseconds. */
export type PortalRequest = {
  readonly id: string
  readonly kind: string
  readonly requester: string
  readonly receivedAt: number
  readonly dueAt: number
  /** The person's own words; gone once their data are destroyed. */
  readonly detail: string
  readonly answer: { readonly outcome: string; readonly text: string | undefined; readonly at: number } | undefined
}

/** Newest first. */
export const listPortalRequests = async (
  hub: Hub,
  { employerId, candidateId }: CandidateSession,
): Promise<readonly PortalRequest[]> => {
  const rows = await hub.db
    .selectFrom('record')
    .select(['employer_id', 'type', 'id', 'candidate_id', 'data', 'sealed'])
    .where('employer_id', '=', employerId)
    .where('candidate_id', '=', candidateId)
    .where('type', 'in', ['request', 'request_answer'])
    .where('deleted', '=', false)
    .orderBy('rev')
    .execute()
  const keys = await listRowKeys(hub.candidateKeys, hub.db, employerId, rows)
  const answers = new Map(
    rows.flatMap((row) => {
      const answer = row.type === 'request_answer' ? requestAnswerBody.safeParse(openData(row, keys)).data : undefined
      return answer === undefined ? [] : [[answer.request_id, answer] as const]
    }),
  )
  return rows
    .flatMap((row): PortalRequest[] => {
      const request = row.type === 'request' ? requestData.safeParse(openData(row, keys)).data : undefined
      if (request === undefined) return []
      const answer = answers.get(row.id)
      return [
        {
          id: row.id,
          kind: request.kind,
          requester: request.requester,
          receivedAt: Date.parse(request.received_at),
          dueAt: Date.parse(request.due_at),
          detail: request.detail,
          answer:
            answer === undefined
              ? undefined
              : { outcome: answer.outcome, text: answer.text || undefined, at: Date.parse(answer.at) },
        },
      ]
    })
    .reverse()
}
