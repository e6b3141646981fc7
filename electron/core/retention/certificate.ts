import canonicalize from 'canonicalize'
import { z } from 'zod'
import { ledgerEntry } from '../../shared/domain/ledger-entry.ts'
import { findDisclosureProblem } from '../../shared/ledger/disclosure.ts'
import { nodeLedgerCrypto } from '../ledger/node-ledger-crypto.ts'
import type { Ledger } from '../ledger/ledger.ts'
import type { CertificateView } from '../../shared/domain/views.ts'
import { legalBasis, retentionReason } from '../../shared/domain/vocabulary.ts'

/** What a certificate of destruction says (`docs/formats.md`). Pseudonymous: the subject is the ledger's hash of the person. */
export const certificateBody = z.object({
  format: z.literal('candor-certificate/1'),
  id: z.string(),
  subject: z.object({ platform: z.string(), candidate: z.string() }),
  /** Whether the whole person went, or one application of theirs. */
  scope: z.enum(['person', 'application']),
  reason: retentionReason,
  clause: z.string(),
  /** The profile whose deadlines were applied. */
  policy: z.object({ profile: z.string(), version: z.string() }),
  /** Milliseconds since 1970 UTC. */
  due_at: z.int(),
  started_at: z.int(),
  finished_at: z.int(),
  time_source: z.enum(['device', 'device_and_witness']),
  /** What was held, by kind; never content. */
  counts: z.record(z.string(), z.int()),
  methods: z.array(z.object({ of: z.string(), method: z.string() })),
  /** Copies that could not be reached. */
  left_behind: z.int(),
  /** Packages that were handed over for a personnel file and are not hunted (K22); left out where there was none. */
  handed_over: z
    .array(z.object({ sha256: z.string(), legal_basis: legalBasis.nullable(), at: z.int().nullable() }))
    .optional(),
  verified: z.object({ rows_left: z.int(), keys_left: z.int() }),
  operator: z.string(),
  device: z.string(),
  software: z.string(),
  /** The closing entry and the proof that it stands in the log (RFC 9162 inclusion, base64). */
  ledger: z.object({
    origin: z.string(),
    index: z.int(),
    entry: z.string(),
    proof: z.array(z.string()),
    checkpoint: z.string(),
    cosignatures: z.array(z.string()),
  }),
  limits: z.string(),
})
export type CertificateBody = z.infer<typeof certificateBody>

const signedCertificate = z.object({ body: certificateBody, public_key: z.string(), signature: z.string() })

export const destructionMethods: CertificateBody['methods'] = [
  { of: 'keys', method: 'overwritten in both key files and flushed (crypto-erase AES-256-GCM, NIST SP 800-88r2 CE)' },
  { of: 'rows', method: 'deleted with secure_delete, write-ahead log truncated' },
  { of: 'index', method: 'deleted with FTS5 secure-delete, write-ahead log truncated' },
]

export const destructionLimits =
  'Crypto-erased, not physically destroyed: flash blocks, disk images, memory and paper are outside of what software can reach.'

/** Signs with the device's log key; returns the document as canonical JSON (RFC 8785). */
export const signCertificate = (body: CertificateBody, ledger: Ledger): string => {
  const text = canonicalize(body)
  if (text === undefined) throw new TypeError('a certificate is always an object')
  const signature = Buffer.from(ledger.sign(new TextEncoder().encode(text))).toString('base64')
  return canonicalize({ body, public_key: ledger.verifierKey, signature }) ?? ''
}

/** Whether the closing entry says what the certificate says, and stands in the log that the device signed. */
const entryProblem = (body: CertificateBody, publicKey: string): string | null => {
  const { origin, index, entry, proof, checkpoint, cosignatures } = body.ledger
  const parsed = ledgerEntry.safeParse(safeJson(entry))
  if (!parsed.success) return 'the closing entry is none'
  const { action, subject, at } = parsed.data
  const same = action === 'destroyed' && subject?.candidate === body.subject.candidate && at === body.finished_at
  if (!same) return 'the closing entry is about something else'
  const problem = findDisclosureProblem(nodeLedgerCrypto, {
    origin,
    public_key: publicKey,
    checkpoint,
    cosignatures,
    rows: [{ i: index, entry, proof }],
  })
  return problem === undefined ? null : 'the closing entry does not stand in the log'
}

/** Checks form, signature and the proof of its place in the log; `null` when good, else what is wrong. */
export const verifyCertificate = (document: string, ledger: Ledger): string | null => {
  const parsed = signedCertificate.safeParse(safeJson(document))
  if (!parsed.success) return 'the document is not a certificate'
  if (parsed.data.public_key !== ledger.verifierKey) return 'signed by another device'
  const text = canonicalize(parsed.data.body) ?? ''
  const good = nodeLedgerCrypto.verify(
    ledger.publicKey,
    new TextEncoder().encode(text),
    Buffer.from(parsed.data.signature, 'base64'),
  )
  return good ? entryProblem(parsed.data.body, parsed.data.public_key) : 'the signature does not fit the text'
}

const safeJson = (text: string): unknown => {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}

export const certificateView = (document: string): CertificateView => {
  const { body } = signedCertificate.parse(JSON.parse(document))
  return {
    id: body.id,
    at: body.finished_at,
    reason: body.reason,
    clause: body.clause,
    platform: body.subject.platform,
    due_at: body.due_at,
    started_at: body.started_at,
    finished_at: body.finished_at,
    counts: body.counts,
    left: body.left_behind,
    ledger_index: body.ledger.index,
  }
}

/** `CD-2026-1121-3f9a01`: the day in Asia/Shanghai, and the job's id shortened. */
export const certificateId = (finishedAt: number, jobId: string): string => {
  const day = new Intl.DateTimeFormat('en-CA', { timeZone: 'Asia/Shanghai', dateStyle: 'short' }).format(finishedAt)
  const [year, month, date] = day.split('-')
  return `CD-${year}-${month}${date}-${jobId.replaceAll('-', '').slice(0, 8)}`
}
