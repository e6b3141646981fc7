import { z } from 'zod'
import { contact, resume } from './resume.ts'
import {
  accountStatus,
  approvalKind,
  approvalStatus,
  consentPurpose,
  requester,
  requestKind,
  syncId,
  syncLabel,
  syncRole,
  syncText,
  syncTime,
} from './sync-atoms.ts'
import { workingYear } from './working-year.ts'
import { attachmentState, channel, decision, jobStatus, platform, stage, visibility } from './vocabulary.ts'

/** The `data` of every change (`docs/sync-protocol.md`, "Pull"). */

export const jobData = z.object({
  title: syncLabel,
  department: syncLabel.optional(),
  city: syncLabel.optional(),
  status: jobStatus,
  kind: z.enum(['campus_exam']).optional(),
  opened_at: syncTime,
  closed_at: syncTime.optional(),
  owner_id: syncId,
  /** Accounts besides the owner that work on this job; what came with a delivery is for them (MM-28). */
  members: z.array(syncId).optional(),
  headcount: z.int().optional(),
  salary: syncLabel.optional(),
  description: syncText.optional(),
  /** What its applications are judged by, where it says so itself. */
  criteria: z.array(syncLabel).max(8).optional(),
  /** Candidates may call about it, by a number that hides the recruiter's (ZP-49). */
  call_in: z.boolean().optional(),
})

export const candidateData = z.object({
  platform,
  visibility,
  /** Names of employers from which the person hides. */
  blocked_employers: z.array(syncLabel).default([]),
  allow_call: z.boolean().optional(),
  /** Fields that the person published (Maimai); names of `fieldName`. */
  public_fields: z.array(z.string()).optional(),
  /** `YYYY-MM`; absent = age unknown. */
  birth_month: z
    .string()
    .regex(/^\d{4}-\d{2}$/)
    .optional(),
  guardian_consent: z.boolean().optional(),
  /** Lives on their own labour income (WZ-39). */
  self_supporting: z.boolean().optional(),
  resume,
  /** Only with its evidence. */
  contact: contact.optional(),
  insights: z.record(z.string(), z.unknown()).optional(),
  insights_opt_out: z.boolean().optional(),
  ai_refused: z.boolean().optional(),
  do_not_contact: z.boolean().optional(),
  education_verified: z.boolean().optional(),
  /** What the platform has verified, and when; a mark that is left out is withdrawn. Never a certificate's number. */
  badges: z
    .array(z.object({ kind: z.enum(['real_name', 'company', 'career', 'education']), at: syncTime.optional() }))
    .max(20)
    .optional(),
  /** The platform's own model reworded the text at the person's wish. */
  ai_polished: z.boolean().optional(),
  virtual_number: z.boolean().default(false),
})
export type CandidateData = z.infer<typeof candidateData>

export const applicationData = z.object({
  job_id: syncId,
  candidate_id: syncId,
  channel,
  /** The message or delivery id. */
  evidence: syncId.optional(),
  evidence_at: syncTime,
  stage,
  stage_label: syncLabel.optional(),
  /** When the stage was reached. */
  at: syncTime,
  decision: decision.optional(),
  attachment_ids: z.array(syncId).default([]),
  attachment: attachmentState,
  /** Accounts that were asked to look at this application alone (role `interviewer`). */
  interviewers: z.array(syncId).max(50).optional(),
})

export const attachmentData = z.object({
  application_id: syncId.optional(),
  candidate_id: syncId,
  name: syncLabel,
  media_type: syncLabel,
  /** Bytes. */
  size: z.int().nonnegative(),
  /** Lower-case hex; the ETag of the bytes. */
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
})

export const consentData = z.object({
  candidate_id: syncId,
  purpose: consentPurpose,
  granted: z.boolean(),
  scope: syncText.optional(),
  until: syncTime.optional(),
})

/** What was given to another processor, by the person's own separate consent (ZP-70): the five items, and on what ground. */
export const shareData = z.object({
  candidate_id: syncId,
  recipient: syncLabel,
  contact: syncLabel,
  purpose: syncLabel,
  method: syncLabel,
  /** Codes of fields. */
  types: z.array(syncLabel).max(40),
  reason: syncLabel,
  /** The agreement or order that it rests on besides. */
  document: syncLabel.optional(),
  consent_id: syncId.optional(),
  at: syncTime,
  by: syncId.optional(),
  /** When it ended: the consent was withdrawn, or the recipient needs it no more. */
  ended_at: syncTime.optional(),
})

export const requestData = z.object({
  candidate_id: syncId,
  kind: requestKind,
  requester,
  received_at: syncTime,
  due_at: syncTime,
  detail: syncText.default(''),
  /** What became of it, once somebody of the enterprise has answered. */
  answered_at: syncTime.optional(),
  outcome: syncLabel.optional(),
})

export const deletionNoticeData = z.object({ candidate_id: syncId, reason: syncLabel })

export const lifecycleData = z.object({
  subject: z.enum(['candidate', 'account', 'entitlement', 'platform', 'employer']),
  id: syncId,
  event: z.enum(['cancelled', 'deactivated', 'ended', 'ceased', 'revoked']),
})

export const holdData = z.object({
  candidate_id: syncId,
  until: syncTime,
  reason: syncText,
  /** Account ids; never the same one. */
  by: syncId,
  approver: syncId,
  /** Who ended it before its time, which `until` is then. */
  released_by: syncId.optional(),
  release_reason: syncText.optional(),
})

export const messageData = z.object({
  application_id: syncId,
  /** `candidate`, `ai`, or the id of the account that wrote it. */
  from: syncId,
  text: syncText,
  at: syncTime,
  /** Contact fields that the candidate disclosed with this message: `name`, `phone`, `email`, `wechat`. */
  disclosed: z.array(z.string()).optional(),
})

export const noteData = z.object({
  candidate_id: syncId,
  application_id: syncId.optional(),
  by: syncId.optional(),
  at: syncTime,
  text: syncText,
  /** Colleagues who are spoken to in it. */
  mentions: z.array(syncId).max(20).optional(),
  /** When its words were changed last. */
  edited_at: syncTime.optional(),
})

export const scorecardData = z.object({
  application_id: syncId,
  by: syncId.optional(),
  at: syncTime,
  /** Criterion → 1…5. */
  scores: z.record(z.string(), z.number()).default({}),
  text: syncText.optional(),
  recommendation: z.enum(['strong_no', 'no', 'yes', 'strong_yes']).optional(),
  revised_at: syncTime.optional(),
})

export const entitlementData = z.object({
  kind: syncLabel,
  platform: platform.optional(),
  quota: z.int().optional(),
  until: syncTime,
})

export const announcementData = z.object({
  title: syncLabel,
  body: syncText.optional(),
  exam_type: syncLabel.optional(),
  region: syncLabel.optional(),
  published_at: syncTime.optional(),
  apply_until: syncTime.optional(),
  url: syncLabel.optional(),
  /** Published by this employer itself. */
  own: z.boolean().optional(),
})

export const positionData = z.object({
  title: syncLabel,
  unit: syncLabel.optional(),
  announcement_id: syncId.optional(),
  exam_type: syncLabel.optional(),
  region: syncLabel.optional(),
  headcount: z.int().optional(),
  requirements: syncText.optional(),
  /** Published aggregates only. */
  figures: z.record(z.string(), z.number()).optional(),
  figures_at: syncTime.optional(),
  /** Who published the figures (QY-11). */
  figures_source: syncLabel.optional(),
  published_at: syncTime.optional(),
  apply_until: syncTime.optional(),
  /** Published by this employer itself. */
  own: z.boolean().optional(),
})

export const consultationData = z.object({
  /** Never a name: what the platform calls the person there. */
  alias: syncLabel,
  /** Whose talk it belongs to; a message without one is a talk of its own. */
  thread_id: syncId.optional(),
  topic: syncLabel.optional(),
  text: syncText,
  at: syncTime,
  from: z.enum(['user', 'institution']),
})

export const profileData = z.object({
  platform,
  version: syncLabel,
  effective_from: z.string().max(40),
  document: z.record(z.string(), z.unknown()),
})

export const quotas = z.object({
  reveal_per_day: z.int().nonnegative().optional(),
  download_per_day: z.int().nonnegative().optional(),
})
/** A platform, a public service, or somebody of the enterprise who saw the person. */
export const realNameMethods = ['platform', 'network_id', 'in_person'] as const
/** What a platform may ask for (ZP-39), and an administrator's own word for a colleague (WZ-09). */
export const employmentMethods = [
  'platform',
  'company_mail',
  'social_insurance',
  'licence',
  'authorisation',
  'e_licence',
  'payment_account',
  'admin_vouches',
] as const

export const verification = z.object({
  real_name: z.boolean().default(false),
  employment: z.boolean().default(false),
  caller: z.boolean().default(false),
  /** How it was found out; of the check itself nothing is kept: no paper, no number, no face (ZP-38, LG-06, MM-07). */
  real_name_method: z.enum(realNameMethods).optional(),
  employment_method: z.enum(employmentMethods).optional(),
  employment_status: z.enum(['pending', 'verified', 'expired', 'revoked']).optional(),
  verified_at: syncTime.optional(),
  /** When employment has to be shown again (MM-15). */
  next_check: syncTime.optional(),
  /** When the person agreed, separately, to be checked (ZP-38). */
  consent_at: syncTime.optional(),
})
export type Verification = z.infer<typeof verification>

export const accountData = z.object({
  name: syncLabel,
  email: syncLabel.optional(),
  role: syncRole,
  status: accountStatus,
  quotas: quotas.default({}),
  verification: verification.optional(),
  agency: z.object({ id: syncId, name: syncLabel }).optional(),
  /** Absent: the person keeps it to themselves (ZP-40). */
  title: syncLabel.optional(),
})

export const invitationData = z.object({
  /** Gone once the invitation was accepted, revoked or has ended (ZP-41). */
  email: syncLabel.optional(),
  role: syncRole,
  jobs: z.array(z.object({ job_id: syncId, until: syncTime.optional() })).optional(),
  agency: z.object({ id: syncId, name: syncLabel }).optional(),
  by: syncId.optional(),
  /** The first administrator's, by whoever runs the hub, who vouches for them. */
  founder: z.literal(true).optional(),
  created_at: syncTime.optional(),
  status: z.enum(['open', 'accepted', 'expired', 'revoked']).default('open'),
  expires_at: syncTime,
})

export const approvalData = z.object({
  kind: approvalKind,
  candidate_id: syncId,
  job_id: syncId,
  reason: syncText,
  /** Who asked. */
  account_id: syncId,
  status: approvalStatus,
  /** Who decided; never who asked. */
  by: syncId.optional(),
  /** Of a hold: its end, asked for or granted; else until when what was granted may be used. */
  until: syncTime.optional(),
  legal_basis: syncLabel.optional(),
  /** What may be seen, of whom: fields of a record, applications of a bulk. */
  fields: z.array(syncLabel).max(40).optional(),
  application_ids: z.array(syncId).max(200).optional(),
  /** When a request that nobody decides ends by itself. */
  expires_at: syncTime.optional(),
  /** Why a refused one was never decided. */
  ended: z.enum(['withdrawn', 'expired']).optional(),
  /** Whose deputy decided. */
  on_behalf_of: syncId.optional(),
  /** Of a bulk: who granted first, and whose deputy that was. It stays pending until a second person has. */
  first_by: syncId.optional(),
  first_on_behalf_of: syncId.optional(),
})
export type ApprovalData = z.infer<typeof approvalData>

export const noticeData = z.object({
  title: syncLabel,
  body: syncText,
  requires_consent: z.boolean(),
  version: syncLabel,
})

/** The `data` of a change, by `type`. */
export const changeData = {
  job: jobData,
  candidate: candidateData,
  application: applicationData,
  attachment: attachmentData,
  consent: consentData,
  share: shareData,
  request: requestData,
  deletion_notice: deletionNoticeData,
  lifecycle: lifecycleData,
  hold: holdData,
  message: messageData,
  note: noteData,
  scorecard: scorecardData,
  entitlement: entitlementData,
  announcement: announcementData,
  position: positionData,
  consultation: consultationData,
  profile: profileData,
  account: accountData,
  invitation: invitationData,
  approval: approvalData,
  notice: noticeData,
  calendar: workingYear,
} as const
export type ChangeType = keyof typeof changeData
export type ChangeDataOf<T extends ChangeType> = z.infer<(typeof changeData)[T]>

export const isChangeType = (type: string): type is ChangeType => Object.hasOwn(changeData, type)

/** One change; `data` is parsed by `changeData[type]` afterwards, so that one bad record never loses its page. */
export const change = z.object({
  type: z.string().min(1).max(64),
  op: z.enum(['upsert', 'delete']),
  id: syncId,
  /** The higher one of an id wins; a `delete` beats every rev up to its own. */
  rev: z.int().nonnegative(),
  at: syncTime,
  data: z.unknown().optional(),
})
export type Change = z.infer<typeof change>

export const changesPage = z.object({
  /** Parsed one by one with `change`. */
  changes: z.array(z.unknown()).max(1000),
  next_cursor: z.string().max(1024),
  has_more: z.boolean(),
  server_time: syncTime,
})
export type ChangesPage = z.infer<typeof changesPage>
