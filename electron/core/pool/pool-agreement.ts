import { IpcError } from '../../shared/ipc/ipc-error.ts'
import { findContacts } from '../../shared/text/find-contacts.ts'
import type { OpenedRecord } from '../candidates/open-record.ts'
import { policyOf } from '../candidates/policy-request.ts'
import { Refusal, type WriterCall } from '../handler.ts'
import { aad, toSealable } from '../keys/sealed-columns.ts'
import { ofPool } from '../sync/apply-person.ts'
import type { PoolMember } from './pool-rows.ts'
import { poolTerms } from './pool-terms.ts'

const day = 86_400_000
/** Shorter is no reference to anything. */
const leastReference = 3

export type Agreement = {
  readonly pool: string
  readonly consented_at?: number | undefined
  readonly reference?: string | undefined
}

export type Ground = {
  readonly consentId: string | null
  readonly consentedAt: number
  readonly until: number
  readonly reference: string
}

type Consent = { readonly id: string; readonly until: number | null }

/** The platform's consent to this very pool, if it stands. */
const consentTo = (call: WriterCall, { candidate }: OpenedRecord, pool: string): Consent | undefined =>
  call.store.get<Consent>(
    `SELECT id, until FROM consent WHERE platform = ? AND platform_id = ? AND purpose = 'talent_pool' AND granted = 1
       AND scope = ? AND (until IS NULL OR until > ?)`,
    candidate.platform,
    candidate.platform_id,
    `${ofPool}${pool}`,
    call.now,
  )

/** A pool's name is told to everybody in it and stands in clear: it names a kind of work, never a person. */
export const requirePoolName = (pool: string): void => {
  if (findContacts(pool).length > 0)
    throw new IpcError('E_INPUT', 'the name of a pool holds no contact', { field: 'pool' })
}

/**
 * What an agreement rests on: the platform's consent to this very pool, or one that somebody recorded with its day and its
 * reference (D10). Days count from the day on which the person agreed.
 *
 * @throws Refusal E_CONSENT without either; IpcError E_INPUT for a day that cannot be
 */
export const requireAgreement = (call: WriterCall, record: OpenedRecord, input: Agreement): Ground => {
  const { candidate, request } = record
  const { days, clause } = poolTerms(request.profile)
  const consent = consentTo(call, record, input.pool)
  const { reference = '', consented_at: said } = input
  if (consent !== undefined && said === undefined) {
    const until = Math.min(call.now + days * day, consent.until ?? Infinity)
    return { consentId: consent.id, consentedAt: call.now, until, reference }
  }
  if (said === undefined || reference.length < leastReference) {
    throw new Refusal(
      'E_CONSENT',
      'a pool needs an agreement that names it, with its day and a reference',
      { rule: 'POOL_CONSENT', clause },
      { subject: { platform: candidate.platform, id: candidate.platform_id }, policy: policyOf(request, clause) },
    )
  }
  if (said > call.now) throw new IpcError('E_INPUT', 'an agreement lies in the past', { field: 'consented_at' })
  const until = said + days * day
  if (until <= call.now)
    throw new IpcError('E_INPUT', 'this agreement has ended already', { field: 'consented_at', days })
  return { consentId: consent?.id ?? null, consentedAt: said, until, reference }
}

type Evidence = Pick<PoolMember, 'application_id' | 'channel' | 'evidence_at'>

/** What the record rests on now; a card from a search is nobody's to remember (D2). @throws Refusal E_PURPOSE */
export const requireEvidence = (record: OpenedRecord, known: PoolMember | undefined): Evidence => {
  const { candidate, applications, request } = record
  const own = applications.find(({ channel }) => !request.profile.cardChannels.has(channel))
  if (own !== undefined) return { application_id: own.id, channel: own.channel, evidence_at: own.evidence_at }
  if (known !== undefined) return known
  const rule = 'OTHER_PURPOSE'
  const clause = request.profile.clauseOf(rule)
  throw new Refusal(
    'E_PURPOSE',
    'a card from a search serves the job that it was found for',
    { rule, clause },
    { subject: { platform: candidate.platform, id: candidate.platform_id }, policy: policyOf(request, clause) },
  )
}

/** Writes a membership or renews it, inside the caller's transaction. */
export const putMembership = (
  call: WriterCall,
  { candidate }: OpenedRecord,
  pool: string,
  evidence: Evidence,
  ground: Ground,
): void => {
  const sealed = call.account.keystore.seal(
    candidate.key_slot,
    aad('pool_member', 'sealed', `${candidate.record_id}/${pool}`),
    toSealable(ground.reference),
  )
  call.store.run(
    `INSERT INTO pool_member (record_id, pool, application_id, channel, evidence_at, consented_at, until, consent_id, by, sealed)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
     ON CONFLICT (record_id, pool) DO UPDATE SET consented_at = excluded.consented_at, until = excluded.until,
       application_id = excluded.application_id, channel = excluded.channel, evidence_at = excluded.evidence_at,
       consent_id = excluded.consent_id, by = excluded.by, sealed = excluded.sealed, asked_first_at = NULL,
       asked_last_at = NULL`,
    candidate.record_id,
    pool,
    evidence.application_id,
    evidence.channel,
    evidence.evidence_at,
    ground.consentedAt,
    ground.until,
    ground.consentId,
    call.account.view.name,
    sealed,
  )
  call.store.run('UPDATE candidate SET version = version + 1 WHERE record_id = ?', candidate.record_id)
}
