import canonicalize from 'canonicalize'
import { ledgerEntry } from '../../shared/domain/ledger-entry.ts'
import { toHex, utf8 } from '../../shared/ledger/bytes.ts'
import { crashPoint } from '../crash-points.ts'
import { getCertificate, insertCertificate } from '../ledger/certificates.ts'
import {
  closeOrder,
  destroyOrder,
  listOrderedJobs,
  listOrders,
  type DestructionOrder,
  type OrderedJob,
} from '../ledger/destruction-orders.ts'
import { sha256 } from '../ledger/node-ledger-crypto.ts'
import { requireMovedIndex } from '../ledger/pending-entries.ts'
import { batchDetail } from './batch-detail.ts'
import {
  batchBody,
  certificateBody,
  certificateId,
  destructionLimits,
  signCertificate,
  signedCertificate,
  type BatchBody,
  type CertificateBody,
} from './certificate.ts'
import type { DestructionTarget } from './destruction-target.ts'

type Single = { readonly document: string; readonly body: CertificateBody }

const singlesOf = ({ ledgerDb }: DestructionTarget, jobs: readonly OrderedJob[]): Single[] =>
  jobs.flatMap(({ certificate }) => {
    const json = certificate === null ? undefined : getCertificate(ledgerDb.reader, certificate)?.json
    if (json === undefined) return []
    return [{ document: json, body: certificateBody.parse(signedCertificate.parse(JSON.parse(json)).body) }]
  })

const rowOf = ({ document, body }: Single): BatchBody['rows'][number] => ({
  certificate: body.id,
  sha256: toHex(sha256(utf8(document))),
  subject: body.subject,
  scope: body.scope,
  reason: body.reason,
  clause: body.clause,
  finished_at: body.finished_at,
})

const sum = (singles: readonly Single[]): Record<string, number> => {
  const counts: Record<string, number> = {}
  for (const { body } of singles)
    for (const [kind, n] of Object.entries(body.counts)) counts[kind] = (counts[kind] ?? 0) + n
  return counts
}

/** Decides the rows and the closing entry once; after a kill the same ones are found again. */
const close = (target: DestructionTarget, order: DestructionOrder, singles: readonly Single[]): DestructionOrder => {
  if (order.rows !== null) return order
  const rows = singles.map(rowOf)
  const draft = { action: 'destroyed', outcome: 'done', detail: batchDetail(rows) } as const
  const [entry] = target.ledger.prepareEntries(target.actor, [draft])
  if (entry === undefined) throw new TypeError('one draft makes one entry')
  const text = canonicalize(rows) ?? ''
  closeOrder(target.ledgerDb.db, order.id, text, entry)
  crashPoint('destroy.order')
  return { ...order, rows: text, ...entry }
}

const bodyOf = (target: DestructionTarget, order: DestructionOrder, jobs: readonly OrderedJob[]): BatchBody => {
  const { ledger, ledgerDb, actor } = target
  const singles = singlesOf(target, jobs)
  const { rows, nonce, canonical } = close(target, order, singles)
  ledger.appendCanonical([{ nonce: nonce ?? '', canonical: canonical ?? '' }])
  const proof = ledger.proveEntry(requireMovedIndex(ledgerDb.reader, nonce ?? ''))
  const finishedAt = ledgerEntry.parse(JSON.parse(proof.entry)).at
  return batchBody.parse({
    format: 'candor-certificate-batch/1',
    id: certificateId(finishedAt, order.id, 'CDB'),
    order: { at: order.at, reason: order.reason },
    started_at: Math.min(...singles.map(({ body }) => body.started_at)),
    finished_at: finishedAt,
    time_source: proof.cosignatures.length > 0 ? 'device_and_witness' : 'device',
    counts: sum(singles),
    left_behind: singles.reduce((total, { body }) => total + body.left_behind, 0),
    rows: JSON.parse(rows ?? '[]') as unknown,
    not_destroyed: jobs.length - singles.length,
    operator: actor.account,
    operator_role: actor.role,
    device: actor.device,
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
  })
}

const isOpen = ({ store }: DestructionTarget, { job_id: id }: OrderedJob): boolean =>
  store.reader.get('SELECT 1 FROM destruction_job WHERE id = ?', id) !== undefined

/**
 * Makes the certificate of every order of this account whose destructions have all come to an end; returns how many. The certificate
 * and the end of the order are one transaction, so a kill makes it neither vanish nor come twice. An order of which nothing was
 * destroyed ends without one.
 */
export const certifyOrders = (target: DestructionTarget): number => {
  const { db, reader } = target.ledgerDb
  let certified = 0
  for (const order of listOrders(reader, target.account)) {
    const jobs = listOrderedJobs(reader, order.id)
    if (jobs.some((job) => isOpen(target, job))) continue
    if (jobs.every(({ certificate }) => certificate === null)) {
      db.transaction(() => destroyOrder(db, order.id))
      continue
    }
    const body = bodyOf(target, order, jobs)
    const json = signCertificate(body, target.ledger)
    crashPoint('destroy.order_entry')
    db.transaction(() => {
      insertCertificate(db, {
        id: body.id,
        at: body.finished_at,
        subjectHash: '',
        kind: 'batch',
        reason: body.order.reason,
        json,
      })
      destroyOrder(db, order.id)
    })
    crashPoint('destroy.order_certificate')
    certified += 1
  }
  return certified
}
