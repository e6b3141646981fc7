import { z } from 'zod'
import { applicationId, jobId, recordId } from './ids.ts'
import { richText } from './views.ts'
import { lifeState, stage } from './vocabulary.ts'

export const interviewKind = z.enum(['onsite', 'phone', 'video'])
export type InterviewKind = z.infer<typeof interviewKind>

export const interviewState = z.enum(['planned', 'held', 'cancelled', 'absent'])
export type InterviewState = z.infer<typeof interviewState>

const words = z.string().trim()

/** What somebody fills in. An empty text takes away what was there. */
export const interviewDraft = z.object({
  /** Milliseconds since 1970 UTC. */
  starts_at: z.int().min(0),
  minutes: z.int().min(5).max(600),
  kind: interviewKind,
  place: words.max(200).default(''),
  link: words.max(500).default(''),
  interviewers: z.array(words.min(1).max(40)).max(12).default([]),
  words: words.max(2000).default(''),
  /** Minutes before it at which the program reminds; `null` = not at all. */
  remind_minutes: z.int().min(0).max(10_080).nullable().default(15),
})
export type InterviewDraft = z.infer<typeof interviewDraft>

/** One interview as its viewer may see it; keys that are not allowed, and empty ones, are missing. */
export const interviewView = z.object({
  id: z.string(),
  application_id: applicationId,
  record_id: recordId,
  /** What the record is called where nobody's name may stand. */
  number: z.int(),
  job_id: jobId,
  job_title: z.string(),
  life: lifeState,
  stage,
  /** The name as far as it may be seen. */
  name: z.string().optional(),
  starts_at: z.int(),
  minutes: z.int(),
  kind: interviewKind,
  state: interviewState,
  sequence: z.int(),
  remind_minutes: z.int().nullable(),
  place: z.string().optional(),
  link: z.string().optional(),
  interviewers: z.array(z.string()),
  words: richText.optional(),
  mine: z.boolean(),
})
export type InterviewView = z.infer<typeof interviewView>

/** Another interview at the same time: of the same people, of whoever asks, or of the same candidate. */
export const interviewConflict = z.object({
  id: z.string(),
  why: z.enum(['interviewer', 'own', 'candidate']),
  /** Those of the interviewers asked about who are taken. */
  who: z.array(z.string()),
  job_title: z.string(),
  starts_at: z.int(),
  minutes: z.int(),
})
export type InterviewConflict = z.infer<typeof interviewConflict>
