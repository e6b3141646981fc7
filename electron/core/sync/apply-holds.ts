import type { ChangeDataOf } from '../../shared/domain/sync-records.ts'
import { putApproval } from '../holds/approval-rows.ts'
import { getHold, putHold, putHoldWords, releaseWordsId, updateHeldUntil } from '../holds/hold-rows.ts'
import { requireProfile } from '../policy/profile/require-profile.ts'
import { addClocks } from './apply-person.ts'
import { getCandidate, type CandidateRow } from './candidate-row.ts'
import type { PageWork } from './page-work.ts'
import type { ChangeHead } from './read-change.ts'

const day = 86_400_000

export type HoldOutcome = 'applied' | 'waits' | 'invalid'

/** Keys that are gone do not come back for a hold: what came too late is entered and keeps nothing. */
const isTooLate = (work: PageWork, person: CandidateRow): boolean => {
  if (work.keystore.state(person.key_slot) === 'live') return false
  work.drafts.push({
    action: 'hold',
    outcome: 'denied',
    subject: { platform: person.platform, id: person.platform_id },
    detail: 'too late',
  })
  return true
}

/** When a hold ends: no platform's word makes it longer than the rules let one be (QY-36). */
const endOf = (work: PageWork, head: ChangeHead, person: CandidateRow, until: string): number => {
  const { hold_days: longest } = requireProfile(work.profiles, person.platform).document.retention
  return Math.min(Date.parse(until), Math.min(head.at, work.now) + longest.value * day)
}

/** A legal hold stops the destruction of one person's records; nobody approves their own (QY-36). */
export const applyHold = (work: PageWork, head: ChangeHead, data: ChangeDataOf<'hold'>): HoldOutcome => {
  if (data.by === data.approver) return 'invalid'
  const person = getCandidate(work.store, data.candidate_id)
  if (person === undefined) return 'waits'
  if (isTooLate(work, person)) return 'applied'
  const released = data.released_by !== undefined
  putHold(work, person, {
    id: head.id,
    rev: head.rev,
    until: endOf(work, head, person, data.until),
    by: data.by,
    approver: data.approver,
    at: head.at,
    released_at: released ? Math.min(Date.parse(data.until), work.now) : null,
    released_by: data.released_by ?? null,
  })
  putHoldWords(work, person, head.id, head.at, data.reason)
  if (data.release_reason !== undefined)
    putHoldWords(work, person, releaseWordsId(head.id), head.at, data.release_reason)
  addClocks(work, person.record_id)
  work.drafts.push({
    action: 'hold',
    outcome: 'done',
    subject: { platform: person.platform, id: person.platform_id },
    detail: released ? 'released' : `until ${data.until}`,
  })
  return 'applied'
}

export const endHold = (work: PageWork, head: ChangeHead): void => {
  const row = getHold(work.store, head.id)
  if (row === undefined) return
  work.store.run('DELETE FROM legal_hold WHERE id = ?', head.id)
  for (const id of [head.id, releaseWordsId(head.id)]) work.store.run('DELETE FROM typed_reason WHERE id = ?', id)
  const person = getCandidate(work.store, row.platform_id)
  if (person === undefined) return
  updateHeldUntil(work.store, person)
  addClocks(work, person.record_id)
}

/** A hub that makes no hold of what was granted has still granted it. What it says of the hold itself comes after and counts. */
const holdGranted = (work: PageWork, head: ChangeHead, person: CandidateRow, data: ChangeDataOf<'approval'>): void => {
  const { by, until } = data
  if (by === undefined || until === undefined || getHold(work.store, head.id) !== undefined) return
  putHold(work, person, {
    id: head.id,
    rev: 0,
    until: endOf(work, head, person, until),
    by: data.account_id,
    approver: by,
    at: head.at,
    released_at: null,
    released_by: null,
  })
  putHoldWords(work, person, head.id, head.at, data.reason)
  addClocks(work, person.record_id)
}

const kinds: Readonly<Partial<Record<ChangeDataOf<'approval'>['kind'], 'hold' | 'handover'>>> = {
  hold: 'hold',
  handover: 'handover',
}

/** A bulk that one person alone has granted, or whoever asked beside somebody (ZP-96). */
const isOneVoice = ({
  kind,
  application_ids: ids,
  status,
  by,
  first_by: first,
  account_id: asker,
}: ChangeDataOf<'approval'>): boolean =>
  (kind === 'bulk' || ids !== undefined) &&
  ((status === 'granted' && (first === undefined || first === by)) || first === asker)

/** An approval that retention acts on; `stored` for those of other duties. */
export const applyApproval = (
  work: PageWork,
  head: ChangeHead,
  data: ChangeDataOf<'approval'>,
): HoldOutcome | 'stored' => {
  // Nobody decides about their own, whatever a hub lets through; what nobody decided ended by itself.
  const undecided = data.status === 'refused' && data.ended !== undefined
  if (data.by === data.account_id || (data.status !== 'pending' && data.by === undefined && !undecided))
    return 'invalid'
  const kind = kinds[data.kind]
  if (kind === undefined) return isOneVoice(data) ? 'invalid' : 'stored'
  const person = getCandidate(work.store, data.candidate_id)
  if (person === undefined) return 'waits'
  if (isTooLate(work, person)) return 'applied'
  const application = work.store.get<{ id: string }>(
    'SELECT id FROM application WHERE record_id = ? AND job_id = ? ORDER BY at DESC',
    person.record_id,
    data.job_id,
  )
  const decided = data.status !== 'pending'
  putApproval(work, {
    id: head.id,
    rev: head.rev,
    kind,
    record_id: person.record_id,
    application_id: application?.id ?? null,
    asked_by: data.account_id,
    asked_at: head.at,
    state: data.status,
    decided_by: decided ? (data.by ?? null) : null,
    decided_at: decided ? head.at : null,
    until: data.until === undefined ? null : Date.parse(data.until),
    legal_basis: data.legal_basis ?? null,
    reason: data.reason,
    keySlot: person.key_slot,
  })
  if (kind === 'hold' && data.status === 'granted') holdGranted(work, head, person, data)
  return 'applied'
}

export const endApproval = (work: PageWork, head: ChangeHead): void => {
  work.store.run('DELETE FROM approval WHERE id = ?', head.id)
}
