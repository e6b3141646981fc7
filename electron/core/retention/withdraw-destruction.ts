import type { EntryDraft } from '../../shared/domain/ledger-entry.ts'
import { isDestroyingSlot } from '../ledger/destroying-slots.ts'
import { movePendingEntries, putPendingEntries } from '../ledger/pending-entries.ts'
import type { DestructionTarget } from './destruction-target.ts'
import { listOpenJobs, listParts, slotsOf, type DestructionJob } from './destruction-rows.ts'

/** No key of it is gone, and none was about to go: only then there is a way back. */
const isUntouched = (target: DestructionTarget, job: DestructionJob): boolean =>
  job.state === 'intent' &&
  slotsOf(job, listParts(target.store.reader, job.id)).every(
    (slot) => target.keystore.state(slot) === 'live' && !isDestroyingSlot(target.ledgerDb.reader, slot),
  )

const withdraw = (target: DestructionTarget, jobs: readonly DestructionJob[], why: string): void => {
  if (jobs.length === 0) return
  const { db } = target.store
  db.transaction(() => {
    for (const job of jobs) {
      db.run('DELETE FROM destruction_part WHERE job_id = ?', job.id)
      db.run('DELETE FROM destruction_job WHERE id = ?', job.id)
    }
    const entries = jobs.map((job): EntryDraft => ({
      action: 'destroy_begin',
      outcome: 'denied',
      subject: { platform: job.platform, id: job.platform_id },
      detail: `withdrawn ${why}`,
    }))
    putPendingEntries(db, target.ledger, target.actor, entries)
  })
  movePendingEntries(db, target.ledger)
}

/** Takes back what somebody ordered before its time, as long as no key is gone. */
export const withdrawEarly = (target: DestructionTarget): void => {
  const now = target.clock.now()
  const early = listOpenJobs(target.store.reader).filter((job) => job.due_at > now && isUntouched(target, job))
  withdraw(target, early, 'cancelled')
}

/** A legal hold that came after the intent keeps the record (QY-36). True when it did. */
export const withdrawIfHeld = (target: DestructionTarget, job: DestructionJob): boolean => {
  const held = target.store.reader.get(
    `SELECT 1 FROM application a JOIN destruction_part p ON p.application_id = a.id
     WHERE p.job_id = ? AND a.held_until > ?
     UNION ALL SELECT 1 FROM legal_hold WHERE platform = ? AND platform_id = ? AND until > ?
       AND NOT EXISTS (SELECT 1 FROM destruction_part WHERE job_id = ?)`,
    job.id,
    target.clock.now(),
    // The end of a pool takes no application along, only the person.
    job.platform,
    job.platform_id,
    target.clock.now(),
    job.id,
  )
  if (held === undefined || !isUntouched(target, job)) return false
  withdraw(target, [job], 'held QY-36')
  return true
}
