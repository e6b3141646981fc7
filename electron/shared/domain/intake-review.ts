import { z } from 'zod'
import { applicationId, recordId } from './ids.ts'
import { parsedField } from './intake.ts'
import { displayState } from './vocabulary.ts'

/** Fields of one value each, in the order of the page. */
export const flatField = z.enum([
  'name',
  'sex',
  'birth',
  'phone',
  'email',
  'wechat',
  'city',
  'expected_job',
  'expected_city',
  'expected_salary',
  'current_salary',
  'years',
  'summary',
  'skills',
  'languages',
  'certificates',
])
export type FlatField = z.infer<typeof flatField>

/** Fields of several entries, and what an entry has. */
export const listField = z.enum(['work', 'education', 'projects'])
export type ListField = z.infer<typeof listField>
export const entryKeys = {
  work: ['name', 'position', 'startDate', 'endDate', 'summary'],
  education: ['institution', 'area', 'studyType', 'startDate', 'endDate'],
  projects: ['name', 'startDate', 'endDate', 'description'],
} as const satisfies Readonly<Record<ListField, readonly string[]>>

const text = z.string().max(4_000)

/** One change; only what was changed comes, because the page does not hold what it may not show. */
export const correctionDraft = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('value'), field: flatField, value: text.nullable() }),
  z.object({
    kind: z.literal('entry'),
    field: listField,
    /** One behind the last adds an entry. */
    index: z.int().min(0).max(200),
    /** Empty takes the entry away. */
    values: z.record(z.string().max(20), text).nullable(),
  }),
])
export type CorrectionDraft = z.infer<typeof correctionDraft>

const corrected = z.object({ at: z.int(), by: z.string() }).optional()

/** A stretch of the original: plain, masked, or where a field was read. */
export const originalPiece = z.object({
  text: z.string(),
  masked: z.boolean(),
  field: z.union([parsedField, z.literal('summary')]).optional(),
})
export type OriginalPiece = z.infer<typeof originalPiece>

export const intakeReview = z.object({
  record_id: recordId,
  application_id: applicationId,
  format: z.string(),
  pieces: z.array(originalPiece),
  fields: z.array(
    z.object({
      field: flatField,
      state: displayState,
      /** What may be shown of it: the value, its mask, or nothing. */
      value: z.string().optional(),
      /** Whether the value is whole; a mask is no value to correct from. */
      whole: z.boolean(),
      confidence: z.number().optional(),
      corrected,
    }),
  ),
  lists: z.array(
    z.object({
      field: listField,
      entries: z.array(z.record(z.string(), z.string())),
      confidence: z.number().optional(),
      corrected,
    }),
  ),
})
export type IntakeReview = z.infer<typeof intakeReview>
