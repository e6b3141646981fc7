import { z } from 'zod'
import { approvalKind, approvalStatus, syncId, syncLabel, syncText, syncTime } from './sync-atoms.ts'
import { consentData, messageData, noteData, requestData, scorecardData, shareData } from './sync-changes.ts'
import { jobStatus, platform, stage } from './vocabulary.ts'

/** What a workstation sends (`docs/sync-protocol.md`, "Push"). */

export const logBody = z.object({
  /** Index of the first entry. */
  from: z.int().nonnegative(),
  /** Canonical JSON, one string an entry. */
  entries: z.array(z.string()).max(1000),
  /** `subject.candidate` of an entry → candidate id. */
  subjects: z.record(z.string(), syncId).default({}),
  /** C2SP signed note. */
  checkpoint: z.string(),
  /** Base64 nodes: from the size that the hub holds to the checkpoint's. */
  consistency: z.array(z.string()).default([]),
})
export type LogBody = z.infer<typeof logBody>

export const stageBody = z.object({ application_id: syncId, stage })

/** A destruction certificate; whatever else it says is kept as it came. */
export const destructionBody = z.looseObject({
  certificate_id: syncId,
  candidate_id: syncId,
  /** Only these applications went, the person's record did not; absent = all of it. */
  application_ids: z.array(syncId).optional(),
  reason: z.string().max(64),
  /** When the keys were gone. */
  destroyed_at: syncTime,
  policy: z.object({ profile: z.string(), version: z.string(), clause: z.string() }).optional(),
})
export type DestructionBody = z.infer<typeof destructionBody>

export const jobBody = z.object({
  job_id: syncId,
  status: jobStatus,
  /** Left out = as they were; `null` = the job says nothing of its own. */
  criteria: z.array(syncLabel).max(8).nullable().optional(),
  /** Left out = as it was. */
  call_in: z.boolean().optional(),
})
/** `note_id`: a new version of one's own note; `removed` takes it back. */
export const noteBody = noteData.extend({ note_id: syncId.optional(), removed: z.boolean().optional() })
/** `scorecard_id`: a new version of one's own. */
export const scorecardBody = scorecardData.extend({ scorecard_id: syncId.optional() })
/** Asks an interviewer to look at an application, or no more. */
export const assignmentBody = z.object({ application_id: syncId, account_id: syncId, assigned: z.boolean() })
export const subjectBody = z.object({ candidate_id: syncId, platform, evidence: syncId.optional() })
export const greetingBody = z.object({ application_id: syncId, text: syncText, by_ai: z.boolean().optional() })
export const requestAnswerBody = z.object({
  request_id: syncId,
  outcome: syncLabel,
  text: syncText.optional(),
  at: syncTime,
})
export const requestBody = requestData
export const invitationToApplyBody = z.object({ candidate_id: syncId, job_id: syncId, text: syncText.optional() })
/** An answer to whoever asked; one talk, and nothing else can be named (QY-25). */
export const consultationBody = z.object({ thread_id: syncId, text: z.string().max(1000) })
/** What the owner of a filed identity may bring about; approval is the platform's (QY-17). */
export const filingBody = z.object({ wanted: z.enum(['apply', 'cancel']) })
export const callBody = z.object({
  candidate_id: syncId,
  job_id: syncId,
  /** Seconds. */
  duration: z.number().optional(),
})
/** `share_id`: what becomes of one that was sent before. */
export const shareBody = shareData.extend({ share_id: syncId.optional() })
export const incidentBody = z.looseObject({ title: syncLabel, text: syncText.optional() })

/** The `body` of an outbox item, by `kind`. */
export const outboxBodies = {
  log: logBody,
  stage: stageBody,
  destruction: destructionBody,
  job: jobBody,
  subject: subjectBody,
  message: messageData,
  note: noteBody,
  scorecard: scorecardBody,
  assignment: assignmentBody,
  request: requestBody,
  request_answer: requestAnswerBody,
  consent: consentData,
  share: shareBody,
  greeting: greetingBody,
  invitation_to_apply: invitationToApplyBody,
  call: callBody,
  consultation: consultationBody,
  filing: filingBody,
  incident: incidentBody,
} as const
export type OutboxKind = keyof typeof outboxBodies
export type OutboxBodyOf<K extends OutboxKind> = z.input<(typeof outboxBodies)[K]>
export const isOutboxKind = (kind: string): kind is OutboxKind => Object.hasOwn(outboxBodies, kind)

export const outboxItem = z.object({ id: z.uuid(), kind: z.string().max(64), at: syncTime, body: z.unknown() })
export type OutboxItem = z.infer<typeof outboxItem>
export const outboxRequest = z.object({ items: z.array(outboxItem).max(500) })

export const outboxResult = z.object({
  id: z.string(),
  status: z.enum(['accepted', 'duplicate', 'rejected']),
  /** Of a refusal: `log_conflict`, `invalid`, `unknown_kind`, `not_found`, `forbidden`, … */
  code: z.string().optional(),
  detail: z.string().optional(),
  /** `log`: the witness's cosigned checkpoint (C2SP `tlog-cosignature`: signature lines of a signed note). */
  cosignature: z.string().optional(),
  /** `log`: how many entries the hub holds of this device. */
  size: z.int().optional(),
})
export type OutboxResult = z.infer<typeof outboxResult>
export const outboxAnswer = z.object({ results: z.array(outboxResult) })

export const virtualNumberBody = z.object({ candidate_id: syncId, job_id: syncId })
export const virtualNumber = z.object({ number: z.string(), extension: z.string().optional(), expires_at: syncTime })
export type VirtualNumber = z.infer<typeof virtualNumber>

export const approvalBody = z.object({
  kind: approvalKind,
  candidate_id: syncId,
  job_id: syncId,
  reason: syncText,
  /** The end of a legal hold, which must have one; no other kind names it. */
  until: syncTime.optional(),
  /** What a hand-over rests on. */
  legal_basis: syncLabel.optional(),
  fields: z.array(syncLabel).max(40).optional(),
  application_ids: z.array(syncId).min(1).max(200).optional(),
  /** Until when an answer is of use: a request that nobody decides ends then; three days without it, thirty at most. */
  expires_at: syncTime.optional(),
})
/** Ends a legal hold before its time. */
export const holdReleaseBody = z.object({ reason: syncText })
/** Answer of `POST /v1/approvals`; the decision comes back as a change. */
export const approvalAnswer = z.object({ id: syncId, status: approvalStatus })
