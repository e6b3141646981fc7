import { z } from 'zod'
import { recordId } from './ids.ts'

export const dateKind = z.enum(['training', 'confidentiality', 'agreement'])
export type DateKind = z.infer<typeof dateKind>

/** A date that comes again: whose training, whose promise of confidentiality, which agreement (ZP-97, ZP-99). */
export const officerDate = z.object({
  id: z.string(),
  kind: dateKind,
  whose: z.string(),
  done_at: z.int(),
  until: z.int().optional(),
  by: z.string(),
})
export type OfficerDate = z.infer<typeof officerDate>

export const assessmentResult = z.enum(['planned', 'acceptable', 'measures', 'stopped'])
export type AssessmentResult = z.infer<typeof assessmentResult>

/** An impact assessment (PIPL 55): what is assessed, why, what came of it, and when it is looked at again. */
export const impactAssessment = z.object({
  id: z.string(),
  title: z.string(),
  /** Why it is owed: a case of PIPL 55. */
  basis: z.enum(['sensitive', 'automated_decision', 'entrusted', 'provided', 'published', 'overseas', 'other']),
  done_at: z.int().optional(),
  next_at: z.int().optional(),
  result: assessmentResult,
  measures: z.string(),
  by: z.string(),
})
export type ImpactAssessment = z.infer<typeof impactAssessment>

export const auditExport = z.object({
  id: z.string(),
  at: z.int(),
  by: z.string(),
  from_at: z.int(),
  to_at: z.int(),
  size: z.int(),
  sha256: z.string(),
})
export type AuditExport = z.infer<typeof auditExport>

/** Somebody's reading of the log, which the log itself tells. */
export const logRead = z.object({
  i: z.int(),
  at: z.int(),
  account: z.string(),
  name: z.string(),
  role: z.string(),
  outcome: z.string(),
  detail: z.string().optional(),
  /** Of one person: their record where it is here. */
  record_id: recordId.optional(),
  of_one: z.boolean(),
  /** Another device than this one, by its name at the hub. */
  device: z.string().optional(),
})
export type LogRead = z.infer<typeof logRead>

/** Whose logs were read: every device's; this one's because there is no hub, the role may not, or the hub is away. */
export const logsRead = z.enum(['all', 'no_hub', 'not_allowed', 'hub_away'])
export type LogsRead = z.infer<typeof logsRead>

/** What waits for the officer: figures alone. */
export const deskFigures = z.object({
  /** Named where there is no hub. */
  officer: z.string().optional(),
  /** What waits for somebody's decision, by where it is decided. */
  approvals: z.object({ holds: z.int(), handovers: z.int() }),
  holds: z.object({ running: z.int(), ending: z.int() }),
  /** `next_due_at`: when the first of those whose clock runs has to be answered. */
  requests: z.object({ open: z.int(), warn: z.int(), alarm: z.int(), next_due_at: z.int().optional() }),
  incidents: z.object({ open: z.int(), late: z.int(), untold: z.int() }),
  files: z.object({ outside: z.int(), tasks: z.int() }),
  dates: z.object({ over: z.int(), soon: z.int() }),
  assessments: z.object({ planned: z.int(), due: z.int() }),
  audit_at: z.int().optional(),
  now: z.int(),
})
export type DeskFigures = z.infer<typeof deskFigures>
