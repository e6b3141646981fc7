import { toBase64 } from '../../shared/ledger/bytes.ts'
import { logOrigin } from '../../shared/ledger/checkpoint.ts'
import type { Hub } from '../hub.ts'
import { HubProblem, notFound } from '../hub-problem.ts'
import { proveGrowth } from '../log-tree/log-nodes.ts'
import type { CandidateSession } from './require-candidate.ts'

/**
 * Why a log of `to` entries begins with the one of `from` entries that the person saw before. Only for logs that name the
 * person; no other is known to exist.
 * @returns base64 hashes, empty for equal sizes (RFC 9162 §2.1.4.1)
 * @throws HubProblem 404 for a log that does not name the person, 400 `invalid_request` for sizes that it does not have
 */
export const getGrowth = async (
  hub: Hub,
  { employerId, candidateId }: CandidateSession,
  { origin, from, to }: { readonly origin: string; readonly from: number; readonly to: number },
): Promise<{ readonly consistency: readonly string[] }> => {
  const head = await hub.db
    .selectFrom('log_subject')
    .innerJoin('log_head', (join) =>
      join
        .onRef('log_head.employer_id', '=', 'log_subject.employer_id')
        .onRef('log_head.device_id', '=', 'log_subject.device_id'),
    )
    .select(['log_head.device_id', 'log_head.size'])
    .where('log_subject.employer_id', '=', employerId)
    .where('log_subject.candidate_id', '=', candidateId)
    .where('log_subject.device_id', '=', origin.slice(logOrigin('').length))
    .executeTakeFirst()
  if (head === undefined || logOrigin(head.device_id) !== origin) throw notFound('log')
  if (from > to || to > head.size) throw new HubProblem(400, 'invalid_request', 'the log has no such sizes')
  const proof = await proveGrowth(hub.db, { employerId, deviceId: head.device_id }, from, to)
  return { consistency: proof.map(toBase64) }
}
