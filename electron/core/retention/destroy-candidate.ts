import { existsSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { createHash } from 'node:crypto'
import type { Clock } from '../../shared/clock.ts'
import { ledgerEntry, type LedgerEntry } from '../../shared/domain/ledger-entry.ts'
import { retentionReason } from '../../shared/domain/vocabulary.ts'
import { crashPoint } from '../crash-points.ts'
import type { Keystore } from '../keys/keystore-port.ts'
import type { Ledger } from '../ledger/ledger.ts'
import { insertCertificate } from '../ledger/certificates.ts'
import { noteDestroyingSlots } from '../ledger/destroying-slots.ts'
import { insertTombstone } from '../ledger/tombstones.ts'
import { movePendingEntries, putPendingEntries, requireMovedIndex } from '../ledger/pending-entries.ts'
import type { OpenDatabase } from '../store/open-store.ts'
import { truncateWal } from '../store/wal-checkpoint.ts'
import type { WritableDb } from '../store/database.ts'
import {
  certificateId,
  destructionLimits,
  destructionMethods,
  signCertificate,
  type CertificateBody,
} from './certificate.ts'
import {
  countLeftovers,
  deleteIndexRows,
  deleteStoreRows,
  listParts,
  type DestructionJob,
  type DestructionPart,
} from './destruction-rows.ts'

export type DestructionReport = {
  readonly certificateId: string
  /** As the platform names the person. */
  readonly candidateId: string
  /** Null when the whole person went. */
  readonly applicationIds: readonly string[] | null
  readonly reason: string
  readonly finishedAt: number
  readonly document: string
}

/** The files and keys of one account, as the sweeper needs them; it may open accounts that nobody is signed in to. */
export type DestructionTarget = {
  readonly store: OpenDatabase
  readonly index: OpenDatabase
  readonly keystore: Keystore
  readonly ledger: Ledger
  readonly ledgerDb: OpenDatabase
  /** HMAC key of tombstones. */
  readonly tombstoneKey: Uint8Array
  readonly actor: LedgerEntry['actor']
  readonly clock: Clock
  readonly software: string
  /** Puts the certificate on its way to the hub; nothing in a local workspace. In the caller's transaction. */
  readonly report: (db: WritableDb, report: DestructionReport) => void
  /** Opens the sealed path of a registered file. */
  readonly openPath: (sealed: Uint8Array, id: string) => string
}

/** A step could not finish; the job stays where it is and is tried again. */
class Retry extends Error {}

const setState = (db: WritableDb, jobId: string, state: string): void => {
  db.run('UPDATE destruction_job SET state = ?, problem = NULL WHERE id = ?', state, jobId)
}

const destroyKeys = (target: DestructionTarget, job: DestructionJob, parts: readonly DestructionPart[]): void => {
  const slots = [...(job.record_slot === null ? [] : [job.record_slot]), ...parts.map((part) => part.key_slot)]
  // Noted outside the store before the first key goes: a damaged mirror must never bring one of these back.
  noteDestroyingSlots(target.ledgerDb.db, slots)
  for (const [i, slot] of slots.entries()) {
    target.keystore.destroy(slot)
    if (i === 0) crashPoint('destroy.first_key')
  }
  if (slots.some((slot) => target.keystore.state(slot) === 'live')) throw new Retry('a key is still there')
  crashPoint('destroy.keys')
  setState(target.store.db, job.id, 'keys_gone')
}

const destroyRows = async (
  target: DestructionTarget,
  job: DestructionJob,
  parts: readonly DestructionPart[],
): Promise<void> => {
  const { store, index } = target
  // The index first: it has no keys of its own that would make its rows unreadable.
  deleteIndexRows(index.db, job.record_id)
  store.db.transaction(() => {
    const counts = deleteStoreRows(store.db, job, parts)
    const before = JSON.parse(job.counts) as Record<string, number>
    store.db.run('UPDATE destruction_job SET counts = ? WHERE id = ?', JSON.stringify({ ...before, ...counts }), job.id)
  })
  crashPoint('destroy.rows')
  for (const database of [store, index]) {
    if (!(await truncateWal(database.connection))) throw new Retry('a reader keeps the write-ahead log')
  }
  crashPoint('destroy.checkpoint')
  setState(store.db, job.id, 'rows_gone')
}

const sha256 = (path: string): string => createHash('sha256').update(readFileSync(path)).digest('hex')

/** Registered plain files: unchanged ones are overwritten and removed, others are counted as left with the person. */
const destroyCopies = (target: DestructionTarget, job: DestructionJob, parts: readonly DestructionPart[]): void => {
  const { db } = target.store
  const files = db.all<{ id: string; application_id: string | null; sealed_path: Uint8Array; sha256: string }>(
    'SELECT id, application_id, sealed_path, sha256 FROM registered_file WHERE record_id = ?',
    job.record_id,
  )
  const ours = files.filter(
    (file) => job.record_slot !== null || parts.some((part) => part.application_id === file.application_id),
  )
  let left = 0
  for (const file of ours) {
    const path = target.openPath(file.sealed_path, file.id)
    if (existsSync(path) && sha256(path) === file.sha256) {
      writeFileSync(path, new Uint8Array(statSync(path).size), { flag: 'r+', flush: true })
      rmSync(path)
    } else {
      left += 1
    }
    db.run('DELETE FROM registered_file WHERE id = ?', file.id)
  }
  crashPoint('destroy.copies')
  db.transaction(() => {
    db.run('UPDATE destruction_job SET left_behind = left_behind + ? WHERE id = ?', left, job.id)
    setState(db, job.id, 'copies_done')
  })
}

const verify = (target: DestructionTarget, job: DestructionJob, parts: readonly DestructionPart[]): void => {
  if (countLeftovers(target.store.reader, target.index.reader, job, parts) > 0) throw new Retry('rows are left')
  for (const part of parts) {
    if (target.keystore.state(part.key_slot) === 'live') throw new Retry('a key is still there')
  }
  setState(target.store.db, job.id, 'verified')
  crashPoint('destroy.verified')
}

/** The closing entry goes through `pending_entry` with a nonce that the job remembers, so that a second try finds it. */
const writeEntry = (target: DestructionTarget, job: DestructionJob): string => {
  const { db } = target.store
  if (job.entry_nonce === null) {
    db.transaction(() => {
      const [nonce] = putPendingEntries(db, target.ledger, target.actor, [
        {
          action: 'destroyed',
          outcome: 'done',
          subject: { platform: job.platform, id: job.platform_id },
          detail: `${job.reason} ${job.clause}`,
        },
      ])
      db.run('UPDATE destruction_job SET entry_nonce = ? WHERE id = ?', nonce ?? null, job.id)
    })
  }
  movePendingEntries(db, target.ledger)
  crashPoint('destroy.entry')
  const nonce = db.get<{ entry_nonce: string }>('SELECT entry_nonce FROM destruction_job WHERE id = ?', job.id)
  if (nonce === undefined) throw new Retry('the job is gone')
  return nonce.entry_nonce
}

/** How long a hash still tells who it was, for the person's own questions (D11): 12 months. */
const pseudonymTime = 366 * 86_400_000

const certify = (target: DestructionTarget, job: DestructionJob, parts: readonly DestructionPart[]): void => {
  const { ledger, store } = target
  const proof = ledger.proveEntry(requireMovedIndex(target.ledgerDb.reader, writeEntry(target, job)))
  const finishedAt = ledgerEntry.parse(JSON.parse(proof.entry)).at
  const body: CertificateBody = {
    format: 'candor-certificate/1',
    id: certificateId(finishedAt, job.id),
    subject: { platform: job.platform, candidate: ledger.subjectHash(job.platform, job.platform_id) },
    scope: job.record_slot === null ? 'application' : 'person',
    reason: retentionReason.parse(job.reason),
    clause: job.clause,
    due_at: job.due_at,
    started_at: job.started_at,
    finished_at: finishedAt,
    time_source: 'device',
    counts: {
      ...(JSON.parse(job.counts) as Record<string, number>),
      keys: parts.length + (job.record_slot === null ? 0 : 1),
    },
    methods: destructionMethods,
    left_behind: job.left_behind,
    verified: { rows_left: 0, keys_left: 0 },
    operator: target.actor.account,
    device: target.actor.device,
    software: target.software,
    ledger: {
      origin: proof.origin,
      index: proof.i,
      entry: proof.entry,
      proof: [...proof.proof],
      checkpoint: proof.checkpoint,
      cosignatures: [...proof.cosignatures],
    },
    limits: destructionLimits,
  }
  const document = signCertificate(body, ledger)
  const until = finishedAt + pseudonymTime
  target.ledgerDb.db.transaction(() => {
    insertCertificate(target.ledgerDb.db, {
      id: body.id,
      at: finishedAt,
      subjectHash: body.subject.candidate,
      json: document,
    })
    // Only the person's end makes a tombstone: after a part of it, the other applications go on.
    if (job.record_slot === null) return
    insertTombstone(
      target.ledgerDb.db,
      target.tombstoneKey,
      { platform: job.platform, id: job.platform_id },
      {
        destroyedAt: finishedAt,
        reason: body.reason,
        clause: job.clause,
        evidenceBefore: finishedAt,
        until,
      },
    )
  })
  if (job.record_slot !== null) ledger.endSubject(job.platform, job.platform_id, until)
  crashPoint('destroy.certificate')
  store.db.transaction(() => {
    target.report(store.db, {
      certificateId: body.id,
      candidateId: job.platform_id,
      applicationIds: job.record_slot === null ? parts.map((part) => part.application_id) : null,
      reason: job.reason,
      finishedAt,
      document,
    })
    store.db.run('DELETE FROM destruction_part WHERE job_id = ?', job.id)
    store.db.run('DELETE FROM destruction_job WHERE id = ?', job.id)
  })
}

const step = async (
  target: DestructionTarget,
  job: DestructionJob,
  parts: readonly DestructionPart[],
): Promise<void> => {
  switch (job.state) {
    case 'intent':
      // The intent's own entry may still wait in the store when core was killed right after the commit.
      movePendingEntries(target.store.db, target.ledger)
      return destroyKeys(target, job, parts)
    case 'keys_gone':
      return destroyRows(target, job, parts)
    case 'rows_gone':
      return destroyCopies(target, job, parts)
    case 'copies_done':
      return verify(target, job, parts)
    case 'verified':
      return certify(target, job, parts)
    default:
      throw new Retry('unknown state')
  }
}

/**
 * Takes one job from its last durable state to its certificate (`reliability.md` 4.2). Every step is idempotent; a kill at
 * any moment leaves a state from which the next call goes on. True when certified; false when it must be tried again.
 */
export const runDestruction = async (target: DestructionTarget, jobId: string): Promise<boolean> => {
  const { db } = target.store
  try {
    for (;;) {
      const job = db.get<DestructionJob>('SELECT * FROM destruction_job WHERE id = ?', jobId)
      if (job === undefined) return true
      await step(target, job, listParts(db, jobId))
    }
  } catch (error) {
    const problem = error instanceof Retry ? error.message : 'a step failed'
    db.run('UPDATE destruction_job SET attempts = attempts + 1, problem = ? WHERE id = ?', problem, jobId)
    if (error instanceof Retry) return false
    throw error
  }
}
