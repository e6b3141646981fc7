import type { ChangeDataOf } from '../../shared/domain/sync-records.ts'
import { putShare } from '../sharing/share-rows.ts'
import { getCandidate } from './candidate-row.ts'
import type { PageWork } from './page-work.ts'
import { pastTime } from './past-time.ts'
import type { ChangeHead } from './read-change.ts'

/** What a colleague gave to somebody, or its end. False when the person is not here: the caller lets it wait. */
export const applyShare = (work: PageWork, head: ChangeHead, data: ChangeDataOf<'share'>): boolean => {
  const person = getCandidate(work.store, data.candidate_id)
  if (person === undefined) return false
  if (work.keystore.state(person.key_slot) !== 'live') return true
  putShare(
    work.store,
    work.keystore,
    person.key_slot,
    {
      id: head.id,
      record_id: person.record_id,
      rev: head.rev,
      at: pastTime(data.at, work.now),
      by: data.by ?? '',
      recipient: data.recipient,
      reason: data.reason,
      consent_id: data.consent_id ?? null,
      types: JSON.stringify(data.types),
      ended_at: data.ended_at === undefined ? null : pastTime(data.ended_at, work.now),
    },
    {
      contact: data.contact,
      purpose: data.purpose,
      method: data.method,
      ...(data.document === undefined ? {} : { document: data.document }),
    },
  )
  return true
}

export const endShare = (work: PageWork, head: ChangeHead): void => {
  work.store.run('DELETE FROM share_act WHERE id = ?', head.id)
}
