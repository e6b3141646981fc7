import type { ErrorCode } from '../../shared/ipc/ipc-error.ts'
import { hasMembership } from '../pool/pool-rows.ts'
import { crashPoint } from '../crash-points.ts'
import { movePendingEntries } from '../ledger/pending-entries.ts'
import { mapSqliteError } from '../store/sqlite-error.ts'
import { truncateWal } from '../store/wal-checkpoint.ts'
import { certifyDestruction } from './certify-destruction.ts'
import { destroyCopies } from './destroy-copies.ts'
import { destroySlots, requireDead, unlessDiskFull } from './destroy-keys.ts'
import {
  countLeftovers,
  deleteIndexRows,
  deleteStoreRows,
  listOthers,
  listParts,
  slotsOf,
  type DestructionJob,
  type DestructionPart,
} from './destruction-rows.ts'
import { keepNoContact } from './keep-no-contact.ts'
import { Retry, type DestructionTarget } from './destruction-target.ts'
import { withdrawIfHeld } from './withdraw-destruction.ts'

const setState = ({ store }: DestructionTarget, jobId: string, state: string): void => {
  store.db.run('UPDATE destruction_job SET state = ?, problem = NULL WHERE id = ?', state, jobId)
}

/** Keys of the papers that showed who asked about this person. */
const paperSlots = ({ store }: DestructionTarget, job: DestructionJob): string[] =>
  store.reader
    .all<{ key_slot: string }>(
      'SELECT p.key_slot FROM subject_request r JOIN request_paper p ON p.request_id = r.id WHERE r.platform_id = ?',
      job.platform_id,
    )
    .map((row) => row.key_slot)

const destroyKeys = (target: DestructionTarget, job: DestructionJob, parts: readonly DestructionPart[]): void => {
  // The intent's own entry may still wait in the store when core was killed right after the commit.
  movePendingEntries(target.store.db, target.ledger)
  if (withdrawIfHeld(target, job)) return
  const { record_slot: recordSlot } = job
  if (recordSlot !== null && target.keystore.state(recordSlot) === 'live') {
    // Somebody applied for another job, or agreed to be remembered, since the intent: the person stays, this application goes.
    const { reader } = target.store
    if (listOthers(reader, job.record_id).length > 0 || hasMembership(reader, job.record_id)) {
      target.store.db.run('UPDATE destruction_job SET record_slot = NULL WHERE id = ?', job.id)
      return
    }
  }
  if (recordSlot !== null) unlessDiskFull(() => keepNoContact(target, job.record_id))
  destroySlots(target, [...slotsOf(job, parts), ...(recordSlot === null ? [] : paperSlots(target, job))])
  crashPoint('destroy.keys')
  setState(target, job.id, 'keys_gone')
}

/** Whatever came to a record whose key is gone already cannot be read either: it goes with the rest. */
const absorbOthers = (target: DestructionTarget, job: DestructionJob): void => {
  const { db } = target.store
  if (job.record_slot === null) return
  const others = listOthers(db, job.record_id)
  if (others.length === 0) return
  destroySlots(
    target,
    others.map((part) => part.key_slot),
  )
  db.transaction(() => {
    for (const { application_id: id, key_slot: slot } of others) {
      db.run('INSERT INTO destruction_part (job_id, application_id, key_slot) VALUES (?, ?, ?)', job.id, id, slot)
    }
  })
}

const destroyRows = async (target: DestructionTarget, job: DestructionJob): Promise<void> => {
  const { store, index } = target
  const elsewhere = store.db.get('SELECT 1 FROM destruction_job WHERE record_id = ? AND id <> ?', job.record_id, job.id)
  if (job.record_slot !== null && elsewhere !== undefined) {
    throw new Retry('another application of the person is still on its way')
  }
  absorbOthers(target, job)
  const parts = listParts(store.db, job.id)
  // The index first: it has no keys of its own that would make its rows unreadable.
  deleteIndexRows(index.db, job.record_id)
  store.db.transaction(() => {
    const counts = deleteStoreRows(store.db, job, parts)
    if (job.record_slot === null) target.reweigh(job.record_id)
    const before = JSON.parse(job.counts) as Record<string, number>
    store.db.run('UPDATE destruction_job SET counts = ? WHERE id = ?', JSON.stringify({ ...before, ...counts }), job.id)
  })
  crashPoint('destroy.rows')
  for (const database of [store, index]) {
    if (!(await truncateWal(database.connection))) throw new Retry('a reader keeps the write-ahead log')
  }
  crashPoint('destroy.checkpoint')
  setState(target, job.id, 'rows_gone')
}

const verify = (target: DestructionTarget, job: DestructionJob, parts: readonly DestructionPart[]): void => {
  if (countLeftovers(target.store.reader, target.index.reader, job, parts) > 0) throw new Retry('rows are left')
  requireDead(target, slotsOf(job, parts))
  setState(target, job.id, 'verified')
  crashPoint('destroy.verified')
}

const step = async (
  target: DestructionTarget,
  job: DestructionJob,
  parts: readonly DestructionPart[],
): Promise<void> => {
  switch (job.state) {
    case 'intent':
      return destroyKeys(target, job, parts)
    case 'keys_gone':
      return destroyRows(target, job)
    case 'rows_gone':
      return destroyCopies(target, job, parts)
    case 'copies_done':
      return verify(target, job, parts)
    case 'verified':
      return certifyDestruction(target, job, parts)
    default:
      throw new Retry('unknown state')
  }
}

export type DestructionOutcome =
  | { readonly outcome: 'certified' | 'withdrawn' }
  /** `code` where something failed that should not; without it a step only has to wait. */
  | { readonly outcome: 'retry'; readonly code?: ErrorCode }

const noteProblem = ({ store }: DestructionTarget, jobId: string, problem: string): void => {
  try {
    store.db.run('UPDATE destruction_job SET attempts = attempts + 1, problem = ? WHERE id = ?', problem, jobId)
  } catch {
    // A disk that takes nothing takes no note either; the next pass tries again.
  }
}

/**
 * Takes one job from its last durable state to its certificate (`docs/formats.md`, "Destruction"). Every step is idempotent;
 * a kill at any moment leaves a state from which the next call goes on. Never throws: one that fails must not keep the
 * others.
 */
export const runDestruction = async (target: DestructionTarget, jobId: string): Promise<DestructionOutcome> => {
  const { db } = target.store
  let last = ''
  try {
    for (;;) {
      const job = db.get<DestructionJob>('SELECT * FROM destruction_job WHERE id = ?', jobId)
      if (job === undefined) return { outcome: last === 'verified' ? 'certified' : 'withdrawn' }
      last = job.state
      await step(target, job, listParts(db, jobId))
    }
  } catch (error) {
    if (error instanceof Retry) {
      noteProblem(target, jobId, error.message)
      return { outcome: 'retry' }
    }
    const { code } = mapSqliteError(error)
    noteProblem(target, jobId, code)
    return { outcome: 'retry', code }
  }
}
