import type { HoldState, HoldView } from '../../shared/domain/hold-views.ts'
import { getCandidate, requireCandidate, type CandidateRecord } from '../candidates/candidate-rows.ts'
import type { ReaderCall } from '../handler.ts'
import { authorOf, namesOf } from '../scorecards/colleagues.ts'
import { approvalWords, type ApprovalRow } from './approval-rows.ts'
import { cleanWords } from './clean-words.ts'
import { disputeApprover } from './dispute-hold.ts'
import { holdWords, releaseWordsId, type HoldRow } from './hold-rows.ts'
import { recordLabels, type RecordLabels } from './record-labels.ts'
import { mayDecide } from './second-person.ts'

const order: readonly HoldState[] = ['pending', 'active', 'released', 'ended', 'refused']

const stateOf = (hold: HoldRow, now: number): HoldState =>
  hold.released_at !== null ? 'released' : hold.until > now ? 'active' : 'ended'

/** Whether this account may end a hold: whoever asked for it, and whoever may approve one. */
export const mayRelease = (call: Pick<ReaderCall, 'account' | 'vault'>, hold: HoldRow): boolean =>
  call.account.role !== 'hr' || call.account.hub === null || hold.by === authorOf(call.account).id

type Made = { readonly items: readonly HoldView[]; readonly subjects: RecordLabels['subjects'] }

/** Every hold of this account's records and every request for one, what waits for somebody first. */
export const listHolds = (call: ReaderCall): Made => {
  const { store, now, account } = call
  const labels = recordLabels(call)
  const nameOf = namesOf(call)
  const words = (candidate: CandidateRecord, text: string | undefined) =>
    text === undefined ? undefined : cleanWords(call, candidate, text)
  const shared = (candidate: CandidateRecord) => {
    const due = store.get<{ at: number | null }>(
      'SELECT min(due_at) AS at FROM application WHERE record_id = ?',
      candidate.record_id,
    )?.at
    return {
      record_id: candidate.record_id as HoldView['record_id'],
      label: labels.labelOf(candidate),
      platform: candidate.platform,
      ...(due === undefined || due === null ? {} : { due_at: due }),
    }
  }
  const asked = store
    .all<ApprovalRow>("SELECT * FROM approval WHERE kind = 'hold' AND state IN ('pending', 'refused')")
    .map((row): HoldView => {
      const candidate = requireCandidate(store, row.record_id)
      const reason = words(candidate, approvalWords(account.keystore, candidate.key_slot, row))
      const pending = row.state === 'pending'
      return {
        id: row.id,
        ...shared(candidate),
        state: pending ? 'pending' : 'refused',
        until: row.until ?? row.asked_at,
        at: row.asked_at,
        by: nameOf(row.asked_by),
        ...(row.decided_by === null ? {} : { approver: nameOf(row.decided_by) }),
        ...(reason === undefined ? {} : { reason }),
        may_decide: pending && mayDecide(call, row),
        may_release: false,
      }
    })
  const held = store
    .all<HoldRow & { record_id: string }>(
      'SELECT h.*, c.record_id FROM legal_hold h JOIN candidate c ON c.platform = h.platform AND c.platform_id = h.platform_id',
    )
    .flatMap((hold): HoldView[] => {
      const candidate = getCandidate(store, hold.record_id)
      if (candidate === undefined) return []
      const state = stateOf(hold, now)
      const read = (id: string) => words(candidate, holdWords(store, account.keystore, candidate, id))
      const reason = read(hold.id)
      const release = read(releaseWordsId(hold.id))
      return [
        {
          id: hold.id,
          ...shared(candidate),
          state,
          until: hold.until,
          at: hold.at ?? hold.until,
          by: nameOf(hold.by),
          approver: nameOf(hold.approver),
          ...(hold.released_by === null ? {} : { released_by: nameOf(hold.released_by) }),
          ...(reason === undefined ? {} : { reason }),
          ...(release === undefined ? {} : { release_reason: release }),
          may_decide: false,
          may_release: state === 'active' && hold.approver !== disputeApprover && mayRelease(call, hold),
        },
      ]
    })
  const items = [...asked, ...held].sort(
    (a, b) => order.indexOf(a.state) - order.indexOf(b.state) || a.until - b.until || a.id.localeCompare(b.id),
  )
  return { items, subjects: labels.subjects }
}
