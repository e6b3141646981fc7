import { z } from 'zod'
import { ownApproval } from './approval-views.ts'
import { activityRow, assignmentView, noteView, scorecardsView } from './collaboration.ts'
import { richText } from './rich-text.ts'
import {
  attachmentState,
  channel,
  displayState,
  form,
  jobStatus,
  ledgerAction,
  legalBasis,
  lifeState,
  platform,
  retentionReason,
  stage,
} from './vocabulary.ts'
import { badgeView, fitView } from './match-views.ts'
import { accountId, applicationId, attachmentId, jobId, recordId } from './ids.ts'

/** What may cross the contract: views computed in core, already masked. Times are milliseconds since 1970 UTC. */

const time = z.int()

/** Why a field looks as it does. Computed without looking at the value, so it tells nothing about whether there is one. */
export const whyView = z.object({
  field: z.string(),
  state: displayState,
  form,
  /** Stable codes; their sentences stand in `resources/policy-texts.json`. */
  rule: z.string(),
  clause: z.string(),
  lift: z.string().nullable(),
})
export type WhyView = z.infer<typeof whyView>

export { richText, type RichText } from './rich-text.ts'

/** The end of a record's time: which rule, when, and how it was counted. */
export const dueView = z.object({ at: time, reason: retentionReason, clause: z.string(), held: z.boolean() })
export type DueView = z.infer<typeof dueView>

export const jobView = z.object({
  id: jobId,
  platform,
  /** Whose words they are: a hub's, or this workspace's own, which can be changed here. */
  origin: z.enum(['hub', 'local']),
  title: z.string(),
  department: z.string().optional(),
  city: z.string().optional(),
  status: jobStatus,
  kind: z.string().optional(),
  headcount: z.int().optional(),
  salary: z.string().optional(),
  description: z.string().optional(),
  opened_at: time,
  status_at: time,
  /** Live applications a stage. */
  stages: z.record(z.string(), z.int()),
  total: z.int(),
  /** Earliest end among its applications. */
  next_due_at: time.optional(),
})
export type JobView = z.infer<typeof jobView>

/** A job as it is advertised: what anybody may read (ZP-107). */
export const publicJob = jobView.pick({
  id: true,
  title: true,
  department: true,
  city: true,
  headcount: true,
  salary: true,
  description: true,
  opened_at: true,
})
export type PublicJob = z.infer<typeof publicJob>

/** A row of the list. Keys that the viewer may not have are missing (`clauses.md`: absent is not hidden). */
export const candidateRow = z.object({
  id: recordId,
  platform,
  life: lifeState,
  /** The application that the row stands for: the newest, or that of the job filtered by. */
  application: z
    .object({
      id: applicationId,
      job_id: jobId,
      job_title: z.string(),
      channel,
      stage,
      at: time,
      /** Where the job has steps of its own; one without a name is called like its stage. */
      step: z.object({ id: z.string(), name: z.string().optional() }).optional(),
    })
    .optional(),
  applications: z.int(),
  name: z.string().optional(),
  phone: z.string().optional(),
  email: z.string().optional(),
  age_band: z.string().optional(),
  city: z.string().optional(),
  years: z.int().optional(),
  degree: z.string().optional(),
  school: z.string().optional(),
  title: z.string().optional(),
  company: z.string().optional(),
  skills: z.array(z.string()).optional(),
  /** What is expected, yuan a month, from and to. */
  salary: z.tuple([z.int(), z.int()]).optional(),
  /** Active days of the last thirty, where insights may be seen (ZP-62). */
  active_days: z.int().optional(),
  due: dueView.optional(),
  /** How well the resume meets what the job asks for; only where the job asks for something and the body may be seen. */
  score: z.int().min(0).max(100).optional(),
  /** What the platform has verified, and what is said of the text; none of it orders anything (ZP-15). */
  badges: z.array(badgeView).optional(),
  /** Where the search matched, masked; only with a query. */
  snippet: richText.optional(),
  why: z.array(whyView),
})
export type CandidateRow = z.infer<typeof candidateRow>

export const ledgerRow = z.object({
  i: z.int(),
  at: time,
  action: ledgerAction,
  outcome: z.enum(['shown', 'denied', 'done']),
  account: z.string(),
  role: z.string(),
  fields: z.array(z.string()).optional(),
  reason: z.string().optional(),
  job: z.string().optional(),
  job_title: z.string().optional(),
  clause: z.string().optional(),
  detail: z.string().optional(),
  /** The subject's hash, shortened to 12 characters, and the record's number while it exists here. */
  subject: z.string().optional(),
  record_id: recordId.optional(),
})
export type LedgerRow = z.infer<typeof ledgerRow>

export const attachmentView = z.object({
  id: attachmentId,
  /** Extension and kind only: a file name holds the person's name more often than not. */
  label: z.string(),
  media_type: z.string(),
  size: z.int(),
})

export const candidateDetail = candidateRow.omit({ snippet: true, salary: true, active_days: true }).extend({
  job: jobView.pick({ id: true, title: true, status: true }).optional(),
  others: z.array(
    z.object({
      id: applicationId,
      job_id: jobId,
      job_title: z.string(),
      channel,
      stage,
      at: time,
      due: dueView.optional(),
    }),
  ),
  wechat: z.string().optional(),
  sex: z.string().optional(),
  birth_date: z.string().optional(),
  household: z.string().optional(),
  political_status: z.string().optional(),
  residence: z.string().optional(),
  current_salary: z.string().optional(),
  /** Never the number: a blank where an approval lets it be revealed. */
  id_number: z.string().optional(),
  expected_salary: z.string().optional(),
  expected_job: z.string().optional(),
  expected_city: z.string().optional(),
  job_state: z.string().optional(),
  summary: richText.optional(),
  work: z
    .array(
      z.object({
        company: richText,
        position: richText,
        from: z.string().optional(),
        to: z.string().optional(),
        text: richText,
      }),
    )
    .optional(),
  education: z
    .array(
      z.object({
        school: richText,
        major: richText,
        degree: z.string().optional(),
        from: z.string().optional(),
        to: z.string().optional(),
      }),
    )
    .optional(),
  projects: z
    .array(z.object({ name: richText, from: z.string().optional(), to: z.string().optional(), text: richText }))
    .optional(),
  skills: z.array(richText).optional(),
  languages: z.array(richText).optional(),
  certificates: z.array(richText).optional(),
  /** The score with every point's reason; no points where the job asks for nothing or nothing is known. */
  fit: fitView.optional(),
  /** What the platform reports of the person's last day, where the cell is `see` (ZP-62). */
  insights: z
    .object({ reply_rate: z.number().optional(), active_days_of_30: z.number().optional(), fetched_at: time })
    .optional(),
  /** The viewer's own requests of the last days about this person, newest first: who decides, and since when. */
  approvals: z.array(ownApproval),
  /** Fields that lie in the second layer: shown with a badge, opened one at a time (ZP-05). */
  sealed: z.array(z.string()),
  /** What the candidate has set; each stops something here (ZP-14, ZP-17, ZP-63, MM-13, MM-17). */
  wishes: z.array(
    z.enum(['hidden', 'hidden_from_headhunters', 'no_calls', 'insights_off', 'ai_refused', 'do_not_contact']),
  ),
  /** Other jobs that the record may be used for, beside its applications. */
  purposes: z.array(z.object({ job_id: jobId, job_title: z.string(), legal_basis: legalBasis, at: time })),
  attachment: attachmentState,
  attachments: z.array(attachmentView),
  notes: z.array(noteView),
  /** Missing where the body may not be read, or without an application. */
  scorecards: scorecardsView.optional(),
  /** Who was asked to look at this application as an interviewer. */
  assignments: z.array(assignmentView),
  /** What has happened with the applications, newest first; looks at them stand in `timeline`. */
  activity: z.array(activityRow),
  timeline: z.array(ledgerRow),
  source: z.object({
    received_at: time,
    origin: z.string().optional(),
    /** D15: nobody may open a record of unknown age before somebody has confirmed it. */
    age_confirmed: z.boolean(),
  }),
})
export type CandidateDetail = z.infer<typeof candidateDetail>

export const destructionState = z.enum([
  'scheduled',
  'due',
  'held',
  'locked',
  'intent',
  'keys_gone',
  'rows_gone',
  'copies_done',
  'verified',
  'certified',
  'retry',
])
export type DestructionState = z.infer<typeof destructionState>

/** A part of the plan: all of it, or what one question asks for. */
export const planView = z.enum(['all', 'overdue', 'locked', 'held'])
export type PlanView = z.infer<typeof planView>

export const retentionClock = z.object({
  reason: retentionReason,
  clause: z.string(),
  at: time,
  /** What it counts: `value` of `unit` from `from`. */
  from: time,
  value: z.number(),
  unit: z.enum(['hours', 'days', 'workdays']),
  /** Working days were counted in a year whose holidays are not known. */
  assumed: z.boolean().optional(),
})
export type RetentionClock = z.infer<typeof retentionClock>

export const retentionRow = z.object({
  /** Tells rows apart; nothing else. */
  key: z.string(),
  /** Left out where a talent-pool consent alone keeps the person, or where the rows have gone already. */
  application_id: applicationId.optional(),
  record_id: recordId,
  /** Masked name, or the record's number once it is locked. */
  label: z.string(),
  job_id: jobId.optional(),
  job_title: z.string(),
  platform,
  reason: retentionReason,
  clause: z.string(),
  due_at: time,
  state: destructionState,
  /** Every clock that runs, the one that decides first. */
  clocks: z.array(retentionClock),
  /** A legal hold keeps it until then. */
  held_until: time.optional(),
  detail: z.string().optional(),
})
export type RetentionRow = z.infer<typeof retentionRow>

const certificateCommon = {
  id: z.string(),
  at: time,
  started_at: time,
  finished_at: time,
  /** What was held, by kind; never content. */
  counts: z.record(z.string(), z.int()),
  left: z.int(),
  ledger_index: z.int(),
  operator: z.string(),
}

/** A certificate of one person, or of an order that took several. */
export const certificateView = z.discriminatedUnion('kind', [
  z.object({
    ...certificateCommon,
    kind: z.literal('single'),
    reason: retentionReason,
    clause: z.string(),
    /** Which of the five cases of the law (ZP-79). */
    ground: z.string(),
    platform: z.string(),
    scope: z.enum(['person', 'application']),
    due_at: time,
  }),
  z.object({
    ...certificateCommon,
    kind: z.literal('batch'),
    /** Why it was ordered: a reason that somebody named, everything that was due, or each by its own clock. */
    reason: z.string(),
    rows: z.int(),
    not_destroyed: z.int(),
  }),
])
export type CertificateView = z.infer<typeof certificateView>

export const quarantineView = z.object({
  id: z.string(),
  at: time,
  reason: z.string(),
  detail: z.string().optional(),
  /** Extension only; the name itself is sealed. */
  label: z.string(),
  size: z.int(),
  attempts: z.int(),
  /** Another version of the program tried last: trying again may read it. */
  updated: z.boolean(),
})
export type QuarantineView = z.infer<typeof quarantineView>

export const accountView = z.object({
  id: accountId,
  name: z.string(),
  role: z.string(),
  employer: z.string(),
  hub: z.string().optional(),
  local: z.boolean(),
  /** Of an account that its platform restricts: the role whose duties it keeps (ZP-37). */
  duties_of: z.string().optional(),
})
export type AccountView = z.infer<typeof accountView>

/** A long job: what it does, how far it is, whether it can be stopped. */
export const jobProgress = z.object({
  kind: z.enum(['sync', 'retention', 'intake', 'backup', 'mailbox']),
  state: z.enum(['idle', 'running', 'done', 'failed', 'cancelled']),
  phase: z.string(),
  done: z.int(),
  total: z.int().nullable(),
  at: time,
  error: z.object({ code: z.string(), message: z.string() }).optional(),
})
export type JobProgress = z.infer<typeof jobProgress>
