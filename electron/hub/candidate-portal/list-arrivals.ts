import { logOrigin } from '../../shared/ledger/checkpoint.ts'
import type { Hub } from '../hub.ts'
import type { CandidateSession } from './require-candidate.ts'

/** When each of a person's log rows reached the hub, by `placeOf`. A look that was taken offline comes later than it was. */
export type Arrivals = ReadonlyMap<string, number>

export const placeOf = (origin: string, index: number): string => `${origin} ${index}`

export const listArrivals = async (hub: Hub, { employerId, candidateId }: CandidateSession): Promise<Arrivals> => {
  const rows = await hub.db
    .selectFrom('log_subject')
    .innerJoin('log_leaf', (join) =>
      join
        .onRef('log_leaf.employer_id', '=', 'log_subject.employer_id')
        .onRef('log_leaf.device_id', '=', 'log_subject.device_id')
        .onRef('log_leaf.subject', '=', 'log_subject.subject'),
    )
    .select(['log_leaf.device_id', 'log_leaf.i', 'log_leaf.received_at'])
    .where('log_subject.employer_id', '=', employerId)
    .where('log_subject.candidate_id', '=', candidateId)
    .execute()
  return new Map(
    rows.flatMap((row) =>
      row.received_at === null ? [] : [[placeOf(logOrigin(row.device_id), row.i), row.received_at]],
    ),
  )
}
