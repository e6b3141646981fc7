import { z } from 'zod'
import { policyRule } from '../../../shared/domain/policy-codes.ts'
import {
  channel,
  displayState,
  fieldName,
  form,
  platform,
  role,
  sealableField,
  stage,
} from '../../../shared/domain/vocabulary.ts'
import { sensitiveKinds } from '../../../shared/text/find-sensitive.ts'

/** An id of `clauses.json`: a row of a platform's text, a strict default (D) or a reading (K). */
export const clauseId = z
  .string()
  .regex(/^(?:(?:ZP|LG|WZ|QY|MM)-\d{2,3}|[DK]\d{1,2})$/, 'a clause id such as ZP-21, D4 or K3')

/** A number never stands without the rule that sets it: `[30, D4]`. */
const cited = z.tuple([z.int().nonnegative(), clauseId]).transform(([value, clause]) => ({ value, clause }))
export type Cited = z.infer<typeof cited>

/** What a cell may depend on besides its channel. */
export const cellCondition = z.enum(['told', 'public', 'calls', 'attached'])
export type CellCondition = z.infer<typeof cellCondition>

/** `t`: the platform's text says so; `d`: a strict default; `e`: an enterprise or a newer version made it stricter. */
export const cellSource = z.enum(['t', 'd', 'e'])
const plainCell = z.tuple([displayState, form, cellSource, clauseId])
type PlainCell = z.infer<typeof plainCell>
export type Cell = PlainCell | readonly [...PlainCell, { readonly if: CellCondition; readonly else: Cell }]
export const cell: z.ZodType<Cell> = z.lazy(() =>
  z.union([plainCell, z.tuple([...plainCell.def.items, z.strictObject({ if: cellCondition, else: cell })])]),
)

const cellRole = role.extract(['hr', 'headhunter'])
const cells = z.partialRecord(fieldName, z.partialRecord(channel, z.partialRecord(cellRole, cell)))

/** The most that a role without cells of its own sees of a field; one that is not named is absent. */
const cards = z.partialRecord(fieldName, z.tuple([displayState, form]))

const words = z.array(z.string())
/** Documents come from outside: a gate called like what every object has (`constructor`) would be found where there is none. */
export const gateName = z
  .string()
  .regex(/^[a-z_]{1,40}$/)
  .refine((name) => !(name in Object.prototype))
const gate = z.strictObject({ by: words, clause: clauseId })
/** A section that others read by name; what it says is cited as a whole. */
const section = z.looseObject({ clauses: z.array(clauseId).min(1) }).or(z.looseObject({ clause: clauseId }))

const policy = z.strictObject({
  version: z.string(),
  updated: z.iso.date().optional(),
  effective: z.iso.date().optional(),
  browse_mode: z.union([z.boolean(), z.literal('default')]).optional(),
  decline: z.string().optional(),
  pre_pipl: z.boolean().optional(),
  implied_consent: z.literal('refused').optional(),
  silent: words.optional(),
  clause: clauseId,
})

const retention = z.strictObject({
  rejected_days: cited,
  hired_days: cited,
  job_closed_days: cited,
  idle_job_days: cited,
  entitlement_end_days: cited,
  account_cancelled_workdays: cited,
  withdrawn_hours: cited,
  chat_days: cited,
  /** How long the report of a background check may be kept at most (ZP-57). */
  background_days: cited,
  /** How long a legal hold may last at most, from the day on which it is asked for (QY-36). */
  hold_days: cited,
  /** How long a registered plain file may lie outside (D21). */
  plain_file_days: cited,
  talent_pool: z.strictObject({ consent: z.literal('explicit'), days: cited, remind_days: z.array(cited) }),
  logs: z.strictObject({ floor_months: cited, on_destroy: z.literal('keyed_hash'), anonymise_months: cited }),
  evidence_years: cited,
  orders_years: cited,
})

/** A whole profile: a platform's file laid over the base (`extends`). */
export const profileSchema = z.strictObject({
  id: platform,
  policy,
  states: z.array(displayState),
  visibility: z.strictObject({ '*': z.literal('absent'), clause: clauseId }),
  candidate_type: z.strictObject({ kind: z.enum(['candidate', 'none']), clause: clauseId }),
  roles: z.looseObject({
    headhunter: z.record(z.string(), z.string()),
    admin: z.looseObject({ cells_as: cellRole, cards }),
    /** Whoever was asked to look at single applications; a profile that does not say what they see shows them nothing. */
    interviewer: z.looseObject({ cells_as: cellRole, cards }).optional(),
  }),
  gates: z.record(gateName, gate),
  candidate_flags: words.optional(),
  cache: z.strictObject({ card_hours: cited, attachments_in_cache: z.literal(false), card_channels: z.array(channel) }),
  delivered_channels: z.array(channel),
  lease: z.strictObject({ offline_hours: cited, headhunter_minutes: cited }),
  /** Fields that lie in a second layer, with a permission of their own (ZP-05). */
  sealed: z.strictObject({ fields: z.array(sealableField).min(1), clause: clauseId }),
  first_stage: z.strictObject({
    stages: z.array(stage).min(1),
    hidden: z.array(fieldName),
    banded: z.array(fieldName),
    clause: clauseId,
    band_clause: clauseId,
  }),
  retention,
  requests: z.strictObject({
    types: words,
    workdays: cited,
    /** Which working day warns whoever answers (ZP-91). */
    warn_workday: cited,
    /** How long the papers that show who asked outlive the answer (D13). */
    papers_days: cited,
    requesters: words,
    /** Where the text names the cases in which data has to be deleted (ZP-79). */
    deletion_clause: clauseId,
    relatives: z.boolean().optional(),
    direct_to_recruiter: z.boolean().optional(),
    stated: z.boolean().optional(),
    fee: z.string().optional(),
    /** Where somebody turns who did not get what they asked for, in the words of the person's page and letters (ZP-108). */
    complaint: z.strictObject({ zh: z.string().max(500), en: z.string().max(500), clause: clauseId }),
  }),
  incident: z.strictObject({ parts: words, draft_hours: cited }),
  /** How much looking work explains (ZP-94); a document of an earlier release has no such numbers. */
  access: z
    .strictObject({
      reveals_per_hour: cited,
      reveals_per_day: cited,
      views_per_minute: cited,
      views_per_hour: cited,
      views_per_day: cited,
      /** Reveals of one hour between midnight and six in China that somebody is told of. */
      night_reveals: cited,
      stop_minutes: cited,
    })
    .optional(),
  minors: z.strictObject({ min_age: cited, guardian_until: cited, exception: z.literal('self_supporting').optional() }),
  region: z.strictObject({
    store: z.literal('CN'),
    overseas_view: z.enum(['deny', 'record_and_consent']),
    needs: words.optional(),
    clause: clauseId,
  }),
  ai: z.looseObject({ enabled: z.literal(false), max_unanswered_greetings: cited, clause: clauseId }),
  insights: z.looseObject({ ttl_hours: cited, clause: clauseId }),
  notices: z.looseObject({ clause: clauseId }),
  policy_change: z.looseObject({ clause: clauseId }),
  clauses: z.partialRecord(policyRule, clauseId),
  cells,
  contact: section.optional(),
  download: section.optional(),
  attachments: section.optional(),
  /** `job`: what came with a delivery is for the members of the job delivered to (MM-28). */
  delivery: z
    .looseObject({ scope: z.enum(['record', 'job']).default('record'), clauses: z.array(clauseId).min(1) })
    .optional(),
  destruction: section.optional(),
  badges: section.optional(),
  background_check: section.optional(),
  entitlement: z.looseObject({ covers: words, clauses: z.array(clauseId).min(1) }).optional(),
  admin: section.optional(),
  files: section.optional(),
  recommend: section.optional(),
  notify: section.optional(),
  sharing: section.optional(),
  permissions: section.optional(),
  fields: section.optional(),
  mailbox: section.optional(),
  deletion_notice: section.optional(),
  objects: words.optional(),
  login: section.optional(),
  /** Who answers has been looked at by the platform (QY-17). */
  filing: z.looseObject({ states: words, gate: z.literal('answer'), clauses: z.array(clauseId).min(1) }).optional(),
  consult: z
    .looseObject({
      alias_only: z.literal(true),
      first_contact: z.literal('user_only'),
      bulk: z.literal('deny'),
      /** Kinds that are neither sent nor shown, and words of each beside its numbers (QY-24). */
      sensitive_words: z.array(z.enum(sensitiveKinds)).min(1),
      words: z.partialRecord(z.enum(sensitiveKinds), words),
      banner: z.literal('supervised'),
      clauses: z.array(clauseId).min(1),
    })
    .optional(),
  sync: section.optional(),
  lifecycle: section.optional(),
})
export type Profile = z.infer<typeof profileSchema>
