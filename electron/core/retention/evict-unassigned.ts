import type { EntryDraft } from '../../shared/domain/ledger-entry.ts'
import { movePendingEntries, putPendingEntries } from '../ledger/pending-entries.ts'
import type { ReadableDb } from '../store/database.ts'
import { truncateWal } from '../store/wal-checkpoint.ts'
import { nothingUnsent } from '../sync/outbox.ts'
import { addMissedRecords } from '../sync/sync-state.ts'
import { destroySlots } from './destroy-keys.ts'
import type { DestructionTarget } from './destruction-target.ts'
import { deleteIndexRows, deleteStoreRows, type DestructionJob, type DestructionPart } from './destruction-rows.ts'

type Loan = DestructionPart &
  Pick<DestructionJob, 'record_id' | 'platform' | 'platform_id'> & { readonly record_slot: string }

/** Applications of live records that an interviewer is asked to look at no more; a legal hold keeps them (QY-36). */
const listEnded = (db: ReadableDb, account: string, now: number): Loan[] =>
  db.all<Loan>(
    `SELECT a.id AS application_id, a.key_slot, c.record_id, c.platform, c.platform_id, c.key_slot AS record_slot
     FROM application a JOIN candidate c ON c.record_id = a.record_id
     WHERE c.life = 'live' AND c.origin = 'hub' AND (a.held_until IS NULL OR a.held_until <= ?)
       AND NOT EXISTS (SELECT 1 FROM assignment s WHERE s.application_id = a.id AND s.account = ?)
       AND NOT EXISTS (SELECT 1 FROM destruction_job d WHERE d.record_id = c.record_id)
       AND ${nothingUnsent}
     LIMIT 100`,
    now,
    account,
  )

/** The record goes with the last of its applications; `seen_rev` goes, too, so that a later assignment brings it back. */
const asJob = (loan: Loan, whole: boolean): DestructionJob => ({
  id: '',
  record_id: loan.record_id,
  platform: loan.platform,
  platform_id: loan.platform_id,
  record_slot: whole ? loan.record_slot : null,
  reason: 'assignment',
  clause: 'ZP-95',
  due_at: 0,
  state: 'intent',
  started_at: 0,
  attempts: 0,
  counts: '{}',
  left_behind: 0,
  handed_over: '[]',
  entry_nonce: null,
})

/**
 * Takes what an interviewer had on loan away once the assignment ends. Keys and rows go as in a destruction; there is no
 * certificate and no tombstone, because the person is still there for others, and a later assignment brings the record again.
 * What was written about it and has not reached the hub is sent first; until then nobody sees the record. Returns how many
 * applications went.
 */
export const evictUnassigned = async (target: DestructionTarget): Promise<number> => {
  const { store, index, ledger, assignedTo } = target
  if (assignedTo === undefined) return 0
  const now = target.clock.now()
  let evicted = 0
  for (let loans = listEnded(store.reader, assignedTo, now); loans.length > 0;) {
    const people = Map.groupBy(loans, ({ record_id: id }) => id)
    const jobs = [...people.values()].flatMap((parts) => {
      const [first] = parts
      if (first === undefined) return []
      const all =
        store.reader.get<{ n: number }>('SELECT count(*) AS n FROM application WHERE record_id = ?', first.record_id)
          ?.n ?? 0
      return [{ job: asJob(first, all === parts.length), parts }]
    })
    store.db.transaction(() => {
      for (const { application_id: id } of loans) target.keepQueued(id)
    })
    for (const { job, parts } of jobs) {
      destroySlots(target, [
        ...(job.record_slot === null ? [] : [job.record_slot]),
        ...parts.map((part) => part.key_slot),
      ])
      deleteIndexRows(index.db, job.record_id)
    }
    store.db.transaction(() => {
      const entries = jobs.map(({ job, parts }): EntryDraft => {
        deleteStoreRows(store.db, job, parts)
        return {
          action: 'destroyed',
          outcome: 'done',
          subject: { platform: job.platform, id: job.platform_id },
          detail: 'assignment_ended ZP-95',
        }
      })
      // What is assigned anew stands before the cursor, so the next run begins from the start.
      addMissedRecords(store.db, ['assignments'])
      putPendingEntries(store.db, ledger, target.actor, entries)
    })
    movePendingEntries(store.db, ledger)
    evicted += loans.length
    loans = listEnded(store.reader, assignedTo, now)
  }
  if (evicted > 0) for (const database of [store, index]) await truncateWal(database.connection)
  return evicted
}
