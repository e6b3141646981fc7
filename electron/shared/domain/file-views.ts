import { z } from 'zod'
import { recordId } from './ids.ts'
import { legalBasis } from './vocabulary.ts'

/** Why a registered plain file could not be destroyed. */
export const fileProblem = z.enum(['missing', 'changed', 'read_only', 'open_elsewhere', 'volume_away', 'disk'])
export type FileProblem = z.infer<typeof fileProblem>

/** What a person says became of a file that was not found, or not found as it was. */
export const fileAnswer = z.enum(['destroyed', 'other_file', 'handed_over'])
export type FileAnswer = z.infer<typeof fileAnswer>

export const fileState = z.enum(['present', 'retry', 'task', 'destroyed', 'answered', 'handed_over'])
export type FileState = z.infer<typeof fileState>

/** A plain file outside that is registered for its destruction (D21). */
export const registeredFileView = z.object({
  id: z.string(),
  /** Left out once the person is destroyed and the file alone is still to be answered for. */
  record_id: recordId.optional(),
  label: z.string().optional(),
  /** Where several people stand in it. */
  people: z.int().optional(),
  state: fileState,
  /** Where it lies or lay, for whoever has to look for it; gone with the task. */
  path: z.string().optional(),
  size: z.int(),
  at: z.int().optional(),
  by: z.string().optional(),
  expires_at: z.int(),
  problem: fileProblem.optional(),
  attempts: z.int(),
  next_at: z.int().optional(),
  answer: fileAnswer.optional(),
  answered_by: z.string().optional(),
  legal_basis: legalBasis.optional(),
  /** The certificate that names it as left behind. */
  certificate: z.string().optional(),
})
export type RegisteredFileView = z.infer<typeof registeredFileView>
