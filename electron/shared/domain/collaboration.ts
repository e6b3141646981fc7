import { z } from 'zod'
import { jobId, recordId } from './ids.ts'
import { isProtectedWish } from './job-requirements.ts'
import { richText } from './rich-text.ts'
import { platform, rejectReason, stage } from './vocabulary.ts'

/** What colleagues say to each other about an application, as the window shows it. */

const time = z.int()

/** An account of the same enterprise, as far as colleagues know each other. */
export const colleague = z.object({ id: z.string(), name: z.string(), role: z.string() })
export type Colleague = z.infer<typeof colleague>

/** The account's id at the hub; a local workspace has no colleagues. */
export const colleagueId = z.string().min(1).max(128)

export const noteView = z.object({
  id: z.string(),
  at: time,
  edited_at: time.optional(),
  author: z.string(),
  /** Written by whoever looks, and so theirs to change or to take away. */
  own: z.boolean(),
  text: richText,
  mentions: z.array(colleague.pick({ id: true, name: true })),
})
export type NoteView = z.infer<typeof noteView>

export const mentionView = z.object({
  note_id: z.string(),
  at: time,
  author: z.string(),
  seen: z.boolean(),
  record_id: recordId,
  job_id: jobId,
  job_title: z.string(),
  platform,
  /** The candidate as a list would name them; missing where the name is absent. */
  name: z.string().optional(),
  text: richText,
})
export type MentionView = z.infer<typeof mentionView>

/** What a job that says nothing else is judged by: codes with words in both languages. */
export const defaultCriteria = ['professional', 'communication', 'fit', 'cooperation'] as const

/** A criterion in words. What the law protects is none (Employment Promotion Law 26-31). */
export const criterion = z
  .string()
  .trim()
  .min(1)
  .max(24)
  .refine((words) => !isProtectedWish(words), { error: 'protected' })
export const criteria = z
  .array(criterion)
  .min(1)
  .max(8)
  .refine((list) => new Set(list.map((one) => one.toLowerCase())).size === list.length, { error: 'repeated' })

/** 1 falls clearly short, 3 meets what is asked for, 5 stands out. */
export const mark = z.int().min(1).max(5)
/** No middle: whoever judges says yes or no. */
export const recommendation = z.enum(['strong_no', 'no', 'yes', 'strong_yes'])
export type Recommendation = z.infer<typeof recommendation>

export const scorecardView = z.object({
  id: z.string(),
  author: z.string(),
  own: z.boolean(),
  at: time,
  revised_at: time.optional(),
  marks: z.record(z.string(), mark),
  recommendation: recommendation.optional(),
  text: richText.optional(),
})
export type ScorecardView = z.infer<typeof scorecardView>

export const scorecardsView = z.object({
  criteria: z.array(z.string()),
  own: scorecardView.optional(),
  /** How many others have given theirs; nothing else of them is told before one's own is given. */
  given: z.int(),
  /** Missing until one's own is given. */
  others: z.array(scorecardView).optional(),
})
export type ScorecardsView = z.infer<typeof scorecardsView>

export const assignmentView = z.object({ account: z.string(), name: z.string(), at: time })
export type AssignmentView = z.infer<typeof assignmentView>

/** What has happened with an application, in codes: what was said stands elsewhere. */
export const activityRow = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('move'),
    at: time,
    by: z.string(),
    from: stage,
    to: stage,
    reason: rejectReason.or(z.string()).optional(),
    undone: z.boolean(),
  }),
  z.object({ kind: z.literal('note'), at: time, by: z.string(), edited: z.boolean() }),
  z.object({ kind: z.literal('scorecard'), at: time, by: z.string(), revised: z.boolean() }),
  z.object({
    kind: z.literal('interview'),
    at: time,
    by: z.string(),
    way: z.enum(['onsite', 'phone', 'video']),
    state: z.enum(['planned', 'held', 'cancelled', 'absent']),
    starts_at: time,
  }),
  z.object({
    kind: z.literal('message'),
    at: time,
    by: z.string(),
    sort: z.enum(['greeting', 'invitation', 'chat']),
    author: z.enum(['candidate', 'human', 'ai']),
  }),
])
export type ActivityRow = z.infer<typeof activityRow>
