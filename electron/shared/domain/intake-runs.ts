import { z } from 'zod'
import { jobId, recordId } from './ids.ts'
import { platform } from './vocabulary.ts'

/** How files come: chosen or dropped, from a watched folder, pasted, inside an archive, by mail. */
export const intakeWay = z.enum(['file', 'folder', 'paste', 'zip', 'mail'])
export type IntakeWay = z.infer<typeof intakeWay>

/** Where a resume comes from, in the words of whoever takes it in (ZP-53, ZP-98). */
export const intakeSource = z.enum(['hand_in', 'fair', 'campus', 'referral', 'email', 'other'])
export type IntakeSource = z.infer<typeof intakeSource>

/** What became of a file. Every file that arrives gets exactly one of these. */
export const intakeResult = z.enum(['imported', 'merged', 'quarantined', 'refused', 'asked'])
export type IntakeResult = z.infer<typeof intakeResult>

/** What a person has to say before a file is taken in: whose it is, for which job, or, of a picture, what it shows. */
export const intakeQuestion = z.enum(['platform', 'job', 'words'])
export type IntakeQuestion = z.infer<typeof intakeQuestion>

/** What a remembered answer is remembered for. */
export const choiceKind = z.enum(['sender', 'template', 'mailbox'])
export type ChoiceKind = z.infer<typeof choiceKind>

/** `proved`: the receiving server vouches for the sender. `claimed`: the mail or the file says so itself. */
export const senderConfidence = z.enum(['proved', 'claimed'])
export type SenderConfidence = z.infer<typeof senderConfidence>

const time = z.int()

export const intakeRunView = z.object({
  id: z.string(),
  way: intakeWay,
  state: z.enum(['running', 'done', 'stopped', 'interrupted']),
  started_at: time,
  ended_at: time.optional(),
  by: z.string(),
  total: z.int().optional(),
  /** Files read so far: the sum of the counts. */
  read: z.int(),
  counts: z.record(intakeResult, z.int()),
})
export type IntakeRunView = z.infer<typeof intakeRunView>

export const intakeItemView = z.object({
  seq: z.int(),
  at: time,
  way: intakeWay,
  /** Extension only; names may tell of people. */
  label: z.string(),
  size: z.int(),
  result: intakeResult,
  /** Why it was set aside, or which rule refused it. */
  reason: z.string().optional(),
  clause: z.string().optional(),
  record_id: recordId.optional(),
  quarantine_id: z.string().optional(),
  dropped: z.int(),
})
export type IntakeItemView = z.infer<typeof intakeItemView>

/** A file that waits for a person's word. */
export const intakeAskView = z.object({
  id: z.string(),
  at: time,
  asks: intakeQuestion,
  way: intakeWay,
  label: z.string(),
  size: z.int(),
  /** The part of the sender's address behind the sign; the part in front may be a person's. */
  domain: z.string().optional(),
  guess: z.object({
    platform: platform.optional(),
    confidence: senderConfidence.optional(),
    job_id: jobId.optional(),
  }),
  /** Others that wait and came from the same sender, or look alike. */
  alike: z.object({ sender: z.int(), template: z.int(), mailbox: z.int() }),
})
export type IntakeAskView = z.infer<typeof intakeAskView>

export const intakeChoiceView = z.object({
  id: z.string(),
  kind: choiceKind,
  domain: z.string(),
  platform,
  job_id: jobId.optional(),
  source: intakeSource,
  at: time,
  by: z.string(),
  used: z.int(),
})
export type IntakeChoiceView = z.infer<typeof intakeChoiceView>

/** What becomes of a file in a watched folder once it was taken in. */
export const afterIntake = z.enum(['leave', 'move', 'remove'])
export type AfterIntake = z.infer<typeof afterIntake>

/** Why a folder is not watched just now: it is not there, may not be read, or its job takes nothing more. */
export const folderProblem = z.enum(['missing', 'access', 'job'])
export type FolderProblem = z.infer<typeof folderProblem>

export const watchedFolderView = z.object({
  id: z.string(),
  path: z.string(),
  job_id: jobId,
  job_title: z.string().optional(),
  platform: platform.optional(),
  source: intakeSource,
  afterwards: afterIntake,
  at: time,
  by: z.string(),
  problem: folderProblem.optional(),
})
export type WatchedFolderView = z.infer<typeof watchedFolderView>
