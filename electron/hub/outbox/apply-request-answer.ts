import type { z } from 'zod'
import { requestData, type requestAnswerBody } from '../../shared/domain/sync-records.ts'
import { HubProblem } from '../hub-problem.ts'
import { ownRequestKey } from '../records/evidence-words.ts'
import { putRecords } from '../records/put-records.ts'
import { listRowKeys, openData } from '../records/record-data.ts'
import type { Applied, ApplyContext, ParsedItem } from './apply-item.ts'

/**
 * An answer stands by its request, so that the person reads it on their page. Of somebody whose data are destroyed only what
 * became of the request is kept: words about them died with their key, and what they asked since ends with the answer.
 */
export const applyRequestAnswer = async (
  { hub, tx, session }: ApplyContext,
  { text, ...body }: z.output<typeof requestAnswerBody>,
  item: ParsedItem,
): Promise<Applied> => {
  if (session.role === 'headhunter') throw new HubProblem(403, 'role', 'the employer answers requests')
  const request = await tx
    .selectFrom('record')
    .leftJoin('record_key', (join) =>
      join
        .onRef('record_key.employer_id', '=', 'record.employer_id')
        .onRef('record_key.candidate_id', '=', 'record.candidate_id'),
    )
    .selectAll('record')
    .select('record_key.destroyed_at')
    .where('record.employer_id', '=', session.employerId)
    .where('record.type', '=', 'request')
    .where('record.id', '=', body.request_id)
    .executeTakeFirst()
  const keys =
    request === undefined ? new Map() : await listRowKeys(hub.candidateKeys, tx, session.employerId, [request])
  const candidateId = request?.candidate_id ?? undefined
  const gone = typeof request?.destroyed_at === 'number'
  const answer = {
    type: 'request_answer',
    id: item.id,
    ...(candidateId === undefined ? {} : { candidateId }),
    // Of a request that is not known here nobody could read the words, and no key would seal them.
    data: {
      ...body,
      ...(text === undefined || gone || candidateId === undefined ? {} : { text }),
      by: session.accountId,
    },
    internal: { audience: ['admin', 'officer'], account: session.accountId },
  }
  const known = requestData.safeParse(request === undefined ? undefined : openData(request, keys)).data
  // Every workstation that has the request learns that it is answered, so that nobody answers it twice.
  const answered =
    known === undefined
      ? []
      : [
          {
            type: 'request',
            id: body.request_id,
            ...(candidateId === undefined ? {} : { candidateId }),
            data: { ...known, ...(gone ? { detail: '' } : {}), answered_at: body.at, outcome: body.outcome },
          },
        ]
  await putRecords(hub, tx, session.employerId, [answer, ...answered], 'evenDestroyed')
  if (gone) await hub.candidateKeys.destroy(tx, session.employerId, ownRequestKey(body.request_id), hub.clock.now())
  return {}
}
