import canonicalize from 'canonicalize'
import { ledgerEntry, type LedgerEntry } from '../../shared/domain/ledger-entry.ts'
import type { CertificateProblem } from '../../shared/domain/vocabulary.ts'
import { fromBase64 } from '../../shared/ledger/bytes.ts'
import { findDisclosureProblem } from '../../shared/ledger/disclosure.ts'
import { LedgerFormatError } from '../../shared/ledger/ledger-format-error.ts'
import { parseVerifierKey, type VerifierKey } from '../../shared/ledger/verifier-key.ts'
import { statedGround } from '../../shared/retention/destruction-grounds.ts'
import { nodeLedgerCrypto } from '../ledger/node-ledger-crypto.ts'
import { batchDetail } from './batch-detail.ts'
import { signedCertificate, type AnyBody } from './certificate.ts'

export type CertificateCheck =
  | { readonly problem: CertificateProblem; readonly body?: AnyBody }
  | { readonly problem: null; readonly body: AnyBody; readonly publicKey: string }

/** What a caller knows beside the document: the registered key of the device, where it has it. */
export type KnownKey = { readonly key?: string | undefined }

const safeJson = (text: string): unknown => {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}

/** One byte string has one text here, so that a changed letter of it cannot go unseen. */
const strictBytes = (text: string): Uint8Array | null => {
  try {
    return fromBase64(text)
  } catch (error) {
    if (error instanceof LedgerFormatError) return null
    throw error
  }
}

const readKey = (text: string): VerifierKey | null => {
  try {
    return parseVerifierKey(nodeLedgerCrypto.sha256, text)
  } catch (error) {
    if (error instanceof LedgerFormatError) return null
    throw error
  }
}

/** Whether the closing entry says what the certificate says. */
const isItsEntry = (body: AnyBody, entry: LedgerEntry): boolean => {
  const { action, outcome, actor, at, subject, detail } = entry
  const who = actor.account === body.operator && actor.role === body.operator_role && actor.device === body.device
  if (action !== 'destroyed' || outcome !== 'done' || at !== body.finished_at || !who) return false
  if (body.format === 'candor-certificate-batch/1') return subject === undefined && detail === batchDetail(body.rows)
  return (
    subject?.candidate === body.subject.candidate &&
    subject.platform === body.subject.platform &&
    detail === `${body.reason} ${body.clause}`
  )
}

/** The ground that is stated must be that of the reason (ZP-79). */
const hasItsGround = (body: AnyBody): boolean => {
  if (body.format === 'candor-certificate-batch/1') return true
  return canonicalize(statedGround(body.reason, body.ground.clause)) === canonicalize(body.ground)
}

/** Whether the closing entry says what the certificate says, and stands in the log that the device signed. */
const entryProblem = (body: AnyBody, publicKey: string): CertificateProblem | null => {
  const { origin, index, entry, proof, checkpoint, cosignatures } = body.ledger
  const parsed = ledgerEntry.safeParse(safeJson(entry))
  if (!parsed.success || !isItsEntry(body, parsed.data)) return 'other_entry'
  const log = { origin, public_key: publicKey, checkpoint, cosignatures, rows: [{ i: index, entry, proof }] }
  return findDisclosureProblem(nodeLedgerCrypto, log) === undefined ? null : 'not_in_log'
}

/**
 * Checks a certificate by itself, without a store, a vault or a network: its form, its signature, and the proof of its place in the
 * device's log. Whether the key that signed it belongs to a registered device nobody can say from the document: only `key` says so.
 * @param document exactly the signed text; canonical JSON has one form, so anything else is found
 */
export const checkCertificate = (document: string, { key }: KnownKey = {}): CertificateCheck => {
  const value = safeJson(document)
  const parsed = signedCertificate.safeParse(value)
  if (!parsed.success) return { problem: 'malformed' }
  const { body, public_key: publicKey, signature } = parsed.data
  if (canonicalize(value) !== document) return { problem: 'not_canonical', body }
  const signer = readKey(publicKey)
  if (signer === null) return { problem: 'bad_key', body }
  if (key !== undefined && key !== publicKey) return { problem: 'other_device', body }
  const bytes = strictBytes(signature)
  // What was signed is the body as it stands, members that this version does not know included.
  const signed = new TextEncoder().encode(canonicalize((value as { readonly body: unknown }).body) ?? '')
  if (bytes === null || !nodeLedgerCrypto.verify(signer.publicKey, signed, bytes))
    return { problem: 'bad_signature', body }
  const problem = hasItsGround(body) ? entryProblem(body, publicKey) : 'other_ground'
  return problem === null ? { problem, body, publicKey } : { problem, body }
}

/** The same for a certificate of this very device; `null` when good. */
export const verifyCertificate = (
  document: string,
  ledger: { readonly verifierKey: string },
): CertificateProblem | null => checkCertificate(document, { key: ledger.verifierKey }).problem
