import { requestOutcome } from '../../shared/domain/request-views.ts'
import type { ChangeDataOf } from '../../shared/domain/sync-records.ts'
import type { Platform } from '../../shared/domain/vocabulary.ts'
import { getRequest, insertRequest } from '../requests/request-rows.ts'
import { getCandidate } from './candidate-row.ts'
import type { PageWork } from './page-work.ts'
import type { ChangeHead } from './read-change.ts'

/** The platform of somebody who was destroyed here: they may still ask who looked (K17). */
const platformOfDestroyed = (work: PageWork, id: string): Platform | null =>
  [...work.profiles.keys()].find((platform) => work.findTombstone(platform, id) !== undefined) ?? null

/** Somebody else of the enterprise has answered; what was typed here meanwhile stays. */
const closeAnswered = (work: PageWork, head: ChangeHead, data: ChangeDataOf<'request'>): void => {
  if (data.answered_at === undefined) return
  const outcome = requestOutcome.safeParse(data.outcome)
  work.store.run(
    "UPDATE subject_request SET state = 'closed', outcome = ?, closed_at = ? WHERE id = ? AND state = 'open'",
    outcome.success ? outcome.data : 'done',
    Math.min(Date.parse(data.answered_at), work.now),
    head.id,
  )
}

/**
 * A request that somebody filed with the hub. It is kept whoever holds the record, and its first receipt counts for good: what the
 * hub says of one that is known changes only when it is due.
 */
export const applyRequest = (work: PageWork, head: ChangeHead, data: ChangeDataOf<'request'>): void => {
  const due = Date.parse(data.due_at)
  if (getRequest(work.store, head.id) !== undefined) {
    work.store.run('UPDATE subject_request SET rev = ?, hub_due_at = ? WHERE id = ?', head.rev, due, head.id)
    closeAnswered(work, head, data)
    return
  }
  const person = getCandidate(work.store, data.candidate_id)
  const platform = person?.platform ?? platformOfDestroyed(work, data.candidate_id)
  const received = Math.min(Date.parse(data.received_at), work.now)
  insertRequest(work, {
    id: head.id,
    rev: head.rev,
    via: 'portal',
    kind: data.kind,
    requester: data.requester,
    kinship: null,
    platform,
    platform_id: data.candidate_id,
    person_hash: platform === null ? null : work.ledger.subjectHash(platform, data.candidate_id),
    received_at: received,
    noted_at: work.now,
    hub_due_at: due,
    // Whoever asks for themselves came by a link that was made for them alone.
    proofs: data.requester === 'self' ? [{ kind: 'identity', how: 'portal', at: received }] : [],
    recordId: person?.record_id ?? null,
    words: data.detail === '' ? {} : { detail: data.detail },
  })
  if (data.requester === 'self')
    work.store.run("UPDATE subject_request SET identity = 'verified', identity_at = ? WHERE id = ?", received, head.id)
  closeAnswered(work, head, data)
  work.drafts.push({
    action: 'request',
    outcome: 'done',
    ...(platform === null ? {} : { subject: { platform, id: data.candidate_id } }),
    detail: `received ${data.kind} ${data.requester} portal`,
  })
}
