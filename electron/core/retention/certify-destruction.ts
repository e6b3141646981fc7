import { ledgerEntry } from '../../shared/domain/ledger-entry.ts'
import { platform as platformSchema, retentionReason } from '../../shared/domain/vocabulary.ts'
import { crashPoint } from '../crash-points.ts'
import { statedGround } from '../../shared/retention/destruction-grounds.ts'
import { getCertificate, insertCertificate } from '../ledger/certificates.ts'
import { noteOrdered } from '../ledger/destruction-orders.ts'
import { movePendingEntries, putPendingEntries, requireMovedIndex } from '../ledger/pending-entries.ts'
import { insertTombstone } from '../ledger/tombstones.ts'
import { requireProfile } from '../policy/profile/require-profile.ts'
import {
  certificateId,
  destructionLimits,
  methodsFor,
  notReachedOf,
  signCertificate,
  type CertificateBody,
} from './certificate.ts'
import type { DestructionJob, DestructionPart } from './destruction-rows.ts'
import type { DestructionTarget } from './destruction-target.ts'

/** How long a hash still tells who it was, for the person's own questions (D11): 12 months. */
export const pseudonymTime = 366 * 86_400_000

/** Whoever asked for something is known by the hash of the log for as long as the request is kept (D11). */
const requestEnd = ({ store, profiles }: DestructionTarget, job: DestructionJob, body: CertificateBody): number => {
  const asked = store.reader.get('SELECT 1 FROM subject_request WHERE person_hash = ? LIMIT 1', body.subject.candidate)
  if (asked === undefined) return 0
  const { evidence_years: years } = requireProfile(profiles, platformSchema.parse(job.platform)).document.retention
  return body.finished_at + years.value * pseudonymTime
}

/** The closing entry goes through `pending_entry` with a nonce that the job remembers, so that a second try finds it. */
const writeEntry = (target: DestructionTarget, job: DestructionJob): string => {
  const { db } = target.store
  const nonce =
    job.entry_nonce ??
    db.transaction(() => {
      const [fresh = ''] = putPendingEntries(db, target.ledger, target.actor, [
        {
          action: 'destroyed',
          outcome: 'done',
          subject: { platform: job.platform, id: job.platform_id },
          detail: `${job.reason} ${job.clause}`,
        },
      ])
      db.run('UPDATE destruction_job SET entry_nonce = ? WHERE id = ?', fresh, job.id)
      return fresh
    })
  movePendingEntries(db, target.ledger)
  crashPoint('destroy.entry')
  return nonce
}

const bodyOf = (target: DestructionTarget, job: DestructionJob, parts: readonly DestructionPart[]): CertificateBody => {
  const { ledger } = target
  const proof = ledger.proveEntry(requireMovedIndex(target.ledgerDb.reader, writeEntry(target, job)))
  const finishedAt = ledgerEntry.parse(JSON.parse(proof.entry)).at
  const platform = platformSchema.parse(job.platform)
  const profile = requireProfile(target.profiles, platform)
  const reason = retentionReason.parse(job.reason)
  const held = JSON.parse(job.counts) as Record<string, number>
  return {
    format: 'candor-certificate/1',
    id: certificateId(finishedAt, job.id),
    subject: { platform: job.platform, candidate: ledger.subjectHash(job.platform, job.platform_id) },
    scope: job.record_slot === null ? 'application' : 'person',
    reason,
    clause: job.clause,
    ground: statedGround(reason, profile.document.requests.deletion_clause),
    policy: { profile: profile.id, version: profile.document.policy.version },
    due_at: job.due_at,
    started_at: job.started_at,
    finished_at: finishedAt,
    time_source: proof.cosignatures.length > 0 ? 'device_and_witness' : 'device',
    counts: {
      ...held,
      keys: parts.length + (job.record_slot === null ? 0 : 1),
    },
    methods: methodsFor(held),
    not_reached: notReachedOf(held),
    left_behind: job.left_behind,
    ...(job.handed_over === '[]' ? {} : { handed_over: JSON.parse(job.handed_over) as CertificateBody['handed_over'] }),
    verified: { rows_left: 0, keys_left: 0 },
    operator: target.actor.account,
    operator_role: target.actor.role,
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
}

/** The last step: closing entry, certificate, tombstone, report to the hub, and the end of the job itself. */
export const certifyDestruction = (
  target: DestructionTarget,
  job: DestructionJob,
  parts: readonly DestructionPart[],
): void => {
  const { ledger, store, ledgerDb } = target
  const body = bodyOf(target, job, parts)
  const signed = signCertificate(body, ledger)
  const person = { platform: job.platform, id: job.platform_id }
  const until = body.finished_at + pseudonymTime
  ledgerDb.db.transaction(() => {
    insertCertificate(ledgerDb.db, {
      id: body.id,
      at: body.finished_at,
      subjectHash: body.subject.candidate,
      kind: 'single',
      reason: body.reason,
      json: signed,
    })
    noteOrdered(ledgerDb.db, job.id, body.id)
    // Only the person's end makes a tombstone: after a part of it, the other applications go on.
    if (job.record_slot === null) return
    insertTombstone(ledgerDb.db, target.tombstoneKey, person, {
      destroyedAt: body.finished_at,
      reason: body.reason,
      clause: job.clause,
      evidenceBefore: body.finished_at,
      until,
    })
  })
  if (job.record_slot !== null)
    ledger.endSubject(person.platform, person.id, Math.max(until, requestEnd(target, job, body)))
  crashPoint('destroy.certificate')
  store.db.transaction(() => {
    target.report(store.db, {
      certificateId: body.id,
      candidateId: job.platform_id,
      applicationIds: job.record_slot === null ? parts.map((part) => part.application_id) : null,
      reason: job.reason,
      finishedAt: body.finished_at,
      // After a kill the first signing stands: the hub and this home must hold the same bytes.
      document: getCertificate(ledgerDb.reader, body.id)?.json ?? signed,
    })
    store.db.run('UPDATE registered_file SET certificate = ? WHERE certificate = ?', body.id, job.id)
    store.db.run('DELETE FROM destruction_part WHERE job_id = ?', job.id)
    store.db.run('DELETE FROM destruction_job WHERE id = ?', job.id)
  })
}
