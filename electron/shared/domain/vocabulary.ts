import { z } from 'zod'

/** Closed vocabularies of `clauses.md` ("How to read the tables") and of the sync protocol. */

export const platform = z.enum(['zhaopin', 'lagou', 'wanzhou', 'qingyun', 'maimai', 'direct'])
export type Platform = z.infer<typeof platform>
/** Whose rules are shown where nobody has chosen yet. */
export const firstPlatform: Platform = platform.options[0] ?? 'direct'

export const role = z.enum(['hr', 'headhunter', 'interviewer', 'admin', 'officer', 'visitor', 'unverified'])
export type Role = z.infer<typeof role>

/** How a record was obtained. */
export const channel = z.enum([
  'recommended',
  'searched',
  'greeted',
  'exchanged',
  'card',
  'delivered',
  'downloaded',
  'emailed',
  'direct',
  'campus_exam',
  'referred',
])
export type Channel = z.infer<typeof channel>

/** Strictest first: the order is the meaning. */
export const displayStates = ['absent', 'alias', 'masked', 'VN', 'approval', 'reveal', 'see'] as const
export const displayState = z.enum(displayStates)
export type DisplayState = z.infer<typeof displayState>

export const form = z.enum(['full', 'alias', 'age_band', 'city', 'redacted'])
export type Form = z.infer<typeof form>

export const stage = z.enum(['new', 'reviewed', 'interview', 'offer', 'hired', 'rejected', 'withdrawn'])
export type Stage = z.infer<typeof stage>

/** D18: the first screening stage hides photo, sex, birth date and the like. */
export const firstStages: readonly Stage[] = ['new', 'reviewed']

export const decision = z.enum(['hired', 'rejected', 'withdrawn'])
export type Decision = z.infer<typeof decision>

export const jobStatus = z.enum(['open', 'paused', 'closed', 'filled'])
export type JobStatus = z.infer<typeof jobStatus>

export const visibility = z.enum(['public', 'hidden_from_headhunters', 'none'])
export type Visibility = z.infer<typeof visibility>

export const attachmentState = z.enum(['present', 'declined', 'withheld', 'none'])
export type AttachmentState = z.infer<typeof attachmentState>

/** A record's life: `destroyed` records have no row, only a tombstone. */
export const lifeState = z.enum(['live', 'locked'])
export type LifeState = z.infer<typeof lifeState>

/** Everything of a person that a profile decides about, cell by cell. */
export const fieldName = z.enum([
  'name',
  'phone',
  'email',
  'wechat',
  'photo',
  'birth_date',
  'sex',
  'household',
  'political_status',
  'residence',
  'body',
  'current_salary',
  'expected_salary',
  'attachment',
  'id_number',
  'insights',
  'save',
])
export type FieldName = z.infer<typeof fieldName>

/** What tells who a person is and how to reach them; sent by a hub only with its evidence. */
export const contactField = z.enum(['name', 'phone', 'email', 'wechat'])
export type ContactField = z.infer<typeof contactField>

/** Fields that may be shown in full for a moment, one at a time, where a profile says `reveal`. */
export const revealField = z.enum([
  ...contactField.options,
  'sex',
  'birth_date',
  'residence',
  'household',
  'political_status',
  'current_salary',
  'id_number',
])
export type RevealField = z.infer<typeof revealField>

/** Fields of a resume that can lie in the second layer (ZP-05): what the law calls sensitive, and what is nobody's business early. */
export const sealableField = z.enum(['household', 'political_status', 'current_salary', 'id_number'])
export type SealableField = z.infer<typeof sealableField>

/** Why a person's data may be used for a job (PIPL 13; ZP-67, LG-25, MM-23). All but `consent` rest on a reference. */
export const legalBasis = z.enum([
  'consent',
  'contract',
  'legal_duty',
  'emergency',
  'public_interest',
  'already_public',
  'other_law',
])
export type LegalBasis = z.infer<typeof legalBasis>

/** What an account may switch on for itself, or a function that does not exist and never will (ZP-06). */
export const permissionName = z.enum(['insights', 'sealed_fields'])
export type PermissionName = z.infer<typeof permissionName>

/** Reason codes that may stand in the ledger; typed words are sealed in the store instead (`ledger.md`). */
export const reasonCode = z.enum(['screening', 'contact', 'interview', 'offer', 'request', 'audit', 'other'])
export type ReasonCode = z.infer<typeof reasonCode>

export const ledgerAction = z.enum([
  'view',
  'search_hit',
  'reveal',
  'open_file',
  'download',
  'export',
  'print',
  'copy',
  'call',
  'share',
  'search',
  'stage',
  'approve',
  'hold',
  'lock',
  'destroy_begin',
  'destroyed',
  'restore',
  'consent',
  'request',
  'incident',
  'merge',
  'sign_in',
  'log_read',
  'policy_change',
  'key_rotated',
  'truncated',
  'clock',
])
export type LedgerAction = z.infer<typeof ledgerAction>

/** Why somebody is turned down, for the person's own question later; nothing that the law protects can be a reason. */
export const rejectReason = z.enum([
  'skills',
  'experience',
  'education',
  'salary',
  'location',
  'availability',
  'position_filled',
  'other',
])
export type RejectReason = z.infer<typeof rejectReason>

/** Why a record's time ends (D4–D8); the certificate states it (ZP-79). */
export const retentionReason = z.enum([
  'rejected',
  'withdrawn',
  'hired',
  'job_closed',
  'job_filled',
  'job_idle',
  'card_cache',
  'entitlement_ended',
  'account_cancelled',
  'platform_ceased',
  'consent_withdrawn',
  'hidden',
  'blocked_employer',
  'deletion_notice',
  'candidate_gone',
  'pool_ended',
  'requested',
  'unlawful_processing',
  'law_requires',
])
export type RetentionReason = z.infer<typeof retentionReason>

/** Why somebody orders a destruction before its time: of their own accord, or because the law wants it (ZP-79). */
export const orderedReason = retentionReason.extract([
  'requested',
  'consent_withdrawn',
  'unlawful_processing',
  'law_requires',
])

/** What can be wrong with a certificate of destruction. */
export const certificateProblem = z.enum([
  'malformed',
  'not_canonical',
  'bad_key',
  'other_device',
  'bad_signature',
  'other_ground',
  'other_entry',
  'not_in_log',
  'changed_pdf',
])
export type CertificateProblem = z.infer<typeof certificateProblem>
