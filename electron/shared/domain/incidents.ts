import { z } from 'zod'
import { recordId } from './ids.ts'
import { platform } from './vocabulary.ts'

/** What a notice has to say (ZP-100): facts and impact, measures, advice, remedies, and how to reach the officer. */
export const incidentPart = z.enum(['facts_impact', 'measures', 'advice', 'remedies', 'contact'])
export type IncidentPart = z.infer<typeof incidentPart>

export const incidentKind = z.enum([
  'lost_device',
  'unauthorised_access',
  'wrong_recipient',
  'leaked_data',
  'malware',
  'other',
])
export type IncidentKind = z.infer<typeof incidentKind>

/** How somebody was told. */
export const incidentChannel = z.enum(['email', 'letter', 'phone', 'push', 'platform'])
export type IncidentChannel = z.infer<typeof incidentChannel>

export const incidentState = z.enum(['draft', 'telling', 'told', 'closed'])
export type IncidentState = z.infer<typeof incidentState>

export const incidentParts = z.object({
  facts_impact: z.string(),
  measures: z.string(),
  advice: z.string(),
  remedies: z.string(),
  contact: z.string(),
})
export type IncidentParts = z.infer<typeof incidentParts>

export const incidentView = z.object({
  id: z.string(),
  kind: incidentKind,
  title: z.string(),
  state: incidentState,
  at: z.int(),
  discovered_at: z.int(),
  from_at: z.int(),
  to_at: z.int(),
  account: z.string().optional(),
  account_name: z.string().optional(),
  draft_due_at: z.int(),
  drafted_at: z.int().optional(),
  public_at: z.int().optional(),
  reported_at: z.int().optional(),
  closed_at: z.int().optional(),
  by: z.string(),
  parts: incidentParts,
  /** Parts that are still to be written. */
  missing: z.array(incidentPart),
  persons: z.int(),
  told: z.int(),
  /** Affected, and no record of them is here any more. */
  gone_told: z.int(),
  gone_untold: z.int(),
})
export type IncidentView = z.infer<typeof incidentView>

export const incidentPersonView = z.object({
  record_id: recordId,
  /** The name as far as the viewer may have it, else the record's number. */
  label: z.string(),
  platform,
  fields: z.array(z.string()),
  first_at: z.int(),
  last_at: z.int(),
  seen: z.int(),
  channel: incidentChannel.optional(),
  told_at: z.int().optional(),
})
export type IncidentPersonView = z.infer<typeof incidentPersonView>
