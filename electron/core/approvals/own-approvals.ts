import type { ApprovalState, OwnApproval } from '../../shared/domain/approval-views.ts'
import type { ApprovalData } from '../../shared/domain/sync-records.ts'
import type { CandidateRecord } from '../candidates/candidate-rows.ts'
import type { ReaderCall } from '../handler.ts'
import { authorOf, namesOf } from '../scorecards/colleagues.ts'
import { bookedOf, type BookedApproval } from './approval-book.ts'

const day = 86_400_000
/** What was refused or is over is told for so long beside the field, then it may be asked for as if for the first time. */
const toldFor = 3 * day

export const stateOf = (data: ApprovalData, now: number): ApprovalState => {
  switch (data.status) {
    case 'pending':
      if (data.expires_at !== undefined && Date.parse(data.expires_at) <= now) return 'expired'
      return data.first_by === undefined ? 'pending' : 'half'
    case 'granted':
      return data.until !== undefined && Date.parse(data.until) <= now ? 'over' : 'granted'
    case 'refused':
      return data.ended ?? 'refused'
  }
}

export const ownView = (data: BookedApproval, now: number, nameOf: (id: string) => string): OwnApproval => ({
  id: data.id,
  kind: data.kind,
  state: stateOf(data, now),
  ...(data.fields === undefined ? {} : { fields: data.fields }),
  at: data.at,
  ...(data.until === undefined ? {} : { until: Date.parse(data.until) }),
  ...(data.expires_at === undefined ? {} : { expires_at: Date.parse(data.expires_at) }),
  ...(data.by === undefined ? {} : { by: nameOf(data.by) }),
})

/** What this account has asked for about a person: pending, granted, or decided a short time ago. */
export const ownApprovals = (
  call: ReaderCall,
  { candidate }: { readonly candidate: CandidateRecord },
): OwnApproval[] => {
  const own = authorOf(call.account).id
  const mine = bookedOf(call, candidate.platform_id).filter((one) => one.account_id === own)
  if (mine.length === 0) return []
  const nameOf = namesOf(call)
  return mine
    .map((one) => ownView(one, call.now, nameOf))
    .filter(
      ({ state, at }) => state === 'pending' || state === 'half' || state === 'granted' || at > call.now - toldFor,
    )
}
