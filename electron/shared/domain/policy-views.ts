import { z } from 'zod'
import { channel, displayState, fieldName, form, permissionName, platform } from './vocabulary.ts'

/** Rules as the window and the command line show them: a profile as the matrix that it is, and what changed in it. */

/** Whether the platform's own text says so, a strict default does, or a stricter rule laid over both. */
export const ruleSource = z.enum(['text', 'default', 'enterprise'])
export type RuleSource = z.infer<typeof ruleSource>

export const cellView = z.object({
  state: displayState,
  form,
  clause: z.string(),
  source: ruleSource,
  /** The rule that a decision by this cell names, and what would lift it; codes of `policy-texts.json`. */
  rule: z.string(),
  lift: z.string().nullable(),
  /** `told`, `public`, `calls` or `attached`: the cell holds when this does, and `otherwise` when it does not. */
  condition: z.string().optional(),
  get otherwise() {
    return cellView.optional()
  },
})
export type CellView = z.infer<typeof cellView>

/** A row a field; a key a channel. A channel that is not named is absent (D1). */
export const matrixRow = z.object({ field: fieldName, cells: z.partialRecord(channel, cellView) })
export type MatrixRow = z.infer<typeof matrixRow>

/** `retention.rejected_days` = 30 by D4. `unit` is `minutes`, `hours`, `days`, `workdays`, `months`, `years` or `count`. */
export const numberView = z.object({
  path: z.string(),
  value: z.int(),
  unit: z.enum(['minutes', 'hours', 'days', 'workdays', 'months', 'years', 'count']),
  clause: z.string(),
  source: ruleSource,
})
export type NumberView = z.infer<typeof numberView>

export const gateView = z.object({ name: z.string(), by: z.array(z.string()), clause: z.string(), source: ruleSource })

export const profileSummary = z.object({
  platform,
  /** The platform's own label of its policy. */
  version: z.string(),
  /** Hash of exactly these rules. */
  revision: z.string(),
  updated: z.string().optional(),
  effective: z.string().optional(),
  candidates: z.boolean(),
  /** Cells and numbers that a stricter rule of the enterprise or of a hub has replaced. */
  tightened: z.int(),
})
export type ProfileSummary = z.infer<typeof profileSummary>

/** Columns of a matrix: the two whose cells a profile states, and those that look through them. */
export const matrixRole = z.enum(['hr', 'headhunter', 'interviewer', 'admin', 'officer'])
export type MatrixRole = z.infer<typeof matrixRole>

export const profileView = profileSummary.extend({
  role: matrixRole,
  channels: z.array(channel),
  rows: z.array(matrixRow),
  numbers: z.array(numberView),
  gates: z.array(gateView),
  /** Hidden, and shown as a band, in the first stage (D18, K21). */
  first_stage: z.object({ hidden: z.array(fieldName), banded: z.array(fieldName), clause: z.string() }),
  sealed: z.object({ fields: z.array(fieldName), clause: z.string() }),
  /** Topics on which the platform's text says nothing, so that every rule about them is a default (LG-28). */
  silent: z.array(z.string()),
  flags: z.array(z.string()),
  /** Where a candidate turns who did not get what they asked for (ZP-108). */
  complaint: z.object({ zh: z.string(), en: z.string(), clause: z.string() }),
  /** The enterprise's own rules as they were written; missing where there are none. */
  enterprise: z.string().optional(),
  /** The clauses named above: where they stand in the platform's text, and what they ask for. */
  clauses: z.record(z.string(), z.object({ place: z.string(), behaviour: z.string() })),
})
export type ProfileView = z.infer<typeof profileView>

export const changeDirection = z.enum(['stricter', 'looser', 'other'])
export type ChangeDirection = z.infer<typeof changeDirection>

/** One difference between two versions of a profile. `before` and `after` are as a matrix shows them: `reveal`, `30`, … */
export const profileChange = z.object({
  part: z.enum(['cell', 'number', 'list', 'gate', 'other']),
  path: z.string(),
  field: fieldName.optional(),
  channel: channel.optional(),
  role: z.string().optional(),
  before: z.string().nullable(),
  after: z.string().nullable(),
  direction: changeDirection,
  clause: z.string(),
})
export type ProfileChange = z.infer<typeof profileChange>

/** Where another version came from: a new program, the platform or hub, the enterprise itself. */
export const updateSource = z.enum(['program', 'hub', 'enterprise'])
export type UpdateSource = z.infer<typeof updateSource>

export const policyUpdate = z.object({
  /** Platform and the revision that it leads to. */
  id: z.string(),
  platform,
  source: updateSource,
  version: z.string(),
  from_version: z.string(),
  /** Milliseconds since 1970 UTC. Before `effective_at` it is announced and the old rules hold (ZP-01). */
  received_at: z.int(),
  effective_at: z.int(),
  in_force: z.boolean(),
  changes: z.array(profileChange),
})
export type PolicyUpdate = z.infer<typeof policyUpdate>

/** A notice of the hub beside the rules themselves. */
export const hubNotice = z.object({
  id: z.string(),
  /** Names these very words: an answer is to what was read, and other words under the same id are asked for again. */
  key: z.string(),
  at: z.int(),
  title: z.string(),
  body: z.string(),
  version: z.string(),
  requires_consent: z.boolean(),
  answered: z.boolean(),
})
export type HubNotice = z.infer<typeof hubNotice>

export const permissionView = z.object({
  name: permissionName,
  on: z.boolean(),
  /** When it last served its purpose; missing = never. */
  last_used_at: z.int().optional(),
  clause: z.string(),
})
export type PermissionView = z.infer<typeof permissionView>
