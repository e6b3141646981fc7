import type { RetentionReason } from '../domain/vocabulary.ts'

/** The five cases in which data must be deleted (ZP-79, QY-40, MM-41; PIPL 47). */
export const legalGrounds = {
  purpose_met_or_moot: { law: 'PIPL 47(1)' },
  service_or_term_ended: { law: 'PIPL 47(2)' },
  consent_withdrawn: { law: 'PIPL 47(3)' },
  unlawful_processing: { law: 'PIPL 47(4)' },
  law_requires: { law: 'PIPL 47(5)' },
} as const
export type LegalGround = keyof typeof legalGrounds

/** The ground of every reason why a record's time ends; a new reason without one does not compile. */
export const groundOfReason: Readonly<Record<RetentionReason, LegalGround>> = {
  rejected: 'purpose_met_or_moot',
  withdrawn: 'purpose_met_or_moot',
  hired: 'purpose_met_or_moot',
  job_closed: 'purpose_met_or_moot',
  job_filled: 'purpose_met_or_moot',
  job_idle: 'purpose_met_or_moot',
  // Somebody decided that it is no longer needed; the law has no ground that asks for less.
  requested: 'purpose_met_or_moot',
  card_cache: 'service_or_term_ended',
  entitlement_ended: 'service_or_term_ended',
  account_cancelled: 'service_or_term_ended',
  platform_ceased: 'service_or_term_ended',
  candidate_gone: 'service_or_term_ended',
  pool_ended: 'service_or_term_ended',
  consent_withdrawn: 'consent_withdrawn',
  hidden: 'consent_withdrawn',
  blocked_employer: 'consent_withdrawn',
  // The platform must tell whoever got the data to delete it as well.
  deletion_notice: 'law_requires',
  unlawful_processing: 'unlawful_processing',
  law_requires: 'law_requires',
}

export type StatedGround = { readonly code: LegalGround; readonly clause: string; readonly law: string }

/**
 * What a certificate states as the legal ground of a destruction.
 *
 * @param clause where the platform's text names the five cases (`requests.deletion_clause` of its profile)
 */
export const statedGround = (reason: RetentionReason, clause: string): StatedGround => {
  const code = groundOfReason[reason]
  return { code, clause, law: legalGrounds[code].law }
}
