import canonicalize from 'canonicalize'
import { z } from 'zod'
import type { Ledger } from '../ledger/ledger.ts'
import { legalBasis, orderedReason, retentionReason } from '../../shared/domain/vocabulary.ts'

/** Why a copy was not destroyed by this program: codes of `counts` without their kind. */
const notReached = z.object({ of: z.enum(['file', 'backup']), why: z.string(), count: z.int() })

/** The closing entry and the proof that it stands in the log (RFC 9162 inclusion, base64). */
const place = z.object({
  origin: z.string(),
  index: z.int(),
  entry: z.string(),
  proof: z.array(z.string()),
  checkpoint: z.string(),
  cosignatures: z.array(z.string()),
})

/** Who, where, with what, and when. Times are milliseconds since 1970 UTC. */
const common = {
  id: z.string(),
  started_at: z.int(),
  finished_at: z.int(),
  time_source: z.enum(['device', 'device_and_witness']),
  /** What was held, by kind; never content. */
  counts: z.record(z.string(), z.int()),
  /** Copies that could not be reached. */
  left_behind: z.int(),
  operator: z.string(),
  operator_role: z.string(),
  device: z.string(),
  software: z.string(),
  ledger: place,
  limits: z.string(),
}

/** What a certificate of destruction says (`docs/formats.md`). Pseudonymous: the subject is the ledger's hash of the person. */
export const certificateBody = z.object({
  ...common,
  format: z.literal('candor-certificate/1'),
  subject: z.object({ platform: z.string(), candidate: z.string() }),
  /** Whether the whole person went, or one application of theirs. */
  scope: z.enum(['person', 'application']),
  reason: retentionReason,
  clause: z.string(),
  /** Which of the five cases of the law it is (ZP-79), and where the platform's policy names it. */
  ground: z.object({ code: z.string(), clause: z.string(), law: z.string() }),
  /** The profile whose deadlines were applied. */
  policy: z.object({ profile: z.string(), version: z.string() }),
  due_at: z.int(),
  methods: z.array(z.object({ of: z.string(), method: z.string() })),
  /** The copies of `left_behind`, with the reason of each. */
  not_reached: z.array(notReached),
  /** Packages that were handed over for a personnel file and are not hunted (K22); left out where there was none. */
  handed_over: z
    .array(z.object({ sha256: z.string(), legal_basis: legalBasis.nullable(), at: z.int().nullable() }))
    .optional(),
  verified: z.object({ rows_left: z.int(), keys_left: z.int() }),
})
export type CertificateBody = z.infer<typeof certificateBody>

/** One order that destroyed several people: each one's own certificate, named by its hash. */
export const batchBody = z.object({
  ...common,
  format: z.literal('candor-certificate-batch/1'),
  /** `due`: everything that was due. `as_found`: chosen by somebody, each for the reason of its own clock. */
  order: z.object({ at: z.int(), reason: z.enum([...orderedReason.options, 'due', 'as_found']) }),
  rows: z.array(
    z.object({
      certificate: z.string(),
      /** SHA-256 of the certificate's document, hex. */
      sha256: z.string(),
      subject: z.object({ platform: z.string(), candidate: z.string() }),
      scope: z.enum(['person', 'application']),
      reason: retentionReason,
      clause: z.string(),
      finished_at: z.int(),
    }),
  ),
  /** Ordered and not destroyed: a legal hold came between, or the order was taken back. */
  not_destroyed: z.int(),
})
export type BatchBody = z.infer<typeof batchBody>

export const anyBody = z.discriminatedUnion('format', [certificateBody, batchBody])
export type AnyBody = z.infer<typeof anyBody>

export const signedCertificate = z.strictObject({ body: anyBody, public_key: z.string(), signature: z.string() })

const methods = {
  keys: 'overwritten in both key files and flushed (crypto-erase AES-256-GCM, NIST SP 800-88r2 CE)',
  rows: 'deleted with secure_delete, write-ahead log truncated',
  index: 'deleted with FTS5 secure-delete, write-ahead log truncated',
  files: 'overwritten once and removed (clear)',
  backups: 'key slots beside the backups overwritten (crypto-erase)',
} as const

/** The method of each class of what was held; files and backups only where some were destroyed. */
export const methodsFor = (counts: Readonly<Record<string, number>>): CertificateBody['methods'] =>
  (Object.keys(methods) as Array<keyof typeof methods>)
    .filter((of) => (of !== 'files' && of !== 'backups') || (counts[`${of}_destroyed`] ?? 0) > 0)
    .map((of) => ({ of, method: methods[of] }))

/** Kinds of `counts` that say that a copy was left, with what they say. A package that was handed over is not among them. */
const left = /^(?<of>file|backup)s_(?<why>changed|missing|unreachable|said_.+)$/

export const notReachedOf = (counts: Readonly<Record<string, number>>): CertificateBody['not_reached'] =>
  Object.entries(counts).flatMap(([kind, count]) => {
    const { of, why } = left.exec(kind)?.groups ?? {}
    return (of === 'file' || of === 'backup') && why !== undefined && count > 0 ? [{ of, why, count }] : []
  })

export const destructionLimits =
  'Crypto-erased, not physically destroyed: flash blocks, disk images, memory and paper are outside of what software can reach.'

/** Signs with the device's log key; returns the document as canonical JSON (RFC 8785). */
export const signCertificate = (body: AnyBody, ledger: Pick<Ledger, 'sign' | 'verifierKey'>): string => {
  const text = canonicalize(body)
  if (text === undefined) throw new TypeError('a certificate is always an object')
  const signature = Buffer.from(ledger.sign(new TextEncoder().encode(text))).toString('base64')
  return canonicalize({ body, public_key: ledger.verifierKey, signature }) ?? ''
}

/** `CD-2026-1121-3f9a01b2`: the day in Asia/Shanghai, and the id of the job shortened; `CDB-…` for an order of several. */
export const certificateId = (finishedAt: number, jobId: string, prefix: 'CD' | 'CDB' = 'CD'): string => {
  const day = new Intl.DateTimeFormat('en-CA', { timeZone: 'Asia/Shanghai', dateStyle: 'short' }).format(finishedAt)
  const [year, month, date] = day.split('-')
  return `${prefix}-${year}-${month}${date}-${jobId.replaceAll('-', '').slice(0, 8)}`
}
