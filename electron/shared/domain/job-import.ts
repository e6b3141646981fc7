import { z } from 'zod'
import { quarantineReason } from './intake.ts'

/** What a column of an imported table can hold. */
export const importField = z.enum([
  'title',
  'department',
  'city',
  'headcount',
  'salary',
  'description',
  'skills',
  'degree',
  'years',
])
export type ImportField = z.infer<typeof importField>

export const rowFault = z.object({
  field: importField,
  /** `formula`: nobody works it out here. `protected`: it asks for what the law protects. */
  code: z.enum(['missing', 'too_long', 'not_a_figure', 'formula', 'protected', 'unknown']),
})
export type RowFault = z.infer<typeof rowFault>

/** One line of the table, as it would become a job. */
export const importRow = z.object({
  line: z.int(),
  state: z.enum(['ok', 'duplicate', 'faulty']),
  title: z.string(),
  city: z.string().optional(),
  department: z.string().optional(),
  headcount: z.int().optional(),
  faults: z.array(rowFault),
  /** The line, or the job that is here already, which says the same. */
  same_as: z.union([z.int(), z.literal('here')]).optional(),
})
export type ImportRow = z.infer<typeof importRow>

export const importCounts = z.object({ ok: z.int(), duplicate: z.int(), faulty: z.int() })

/** Why a file holds no jobs: it cannot be read, or no column says what they are called. */
export const importRefusal = z.enum([...quarantineReason.options, 'no_title_column', 'no_rows'])
export type ImportRefusal = z.infer<typeof importRefusal>

export const importPreview = z.union([
  z.object({ refused: importRefusal }),
  z.object({
    format: z.enum(['csv', 'xlsx']),
    /** In the order of the table; `null` where a column is not one of ours and is left out. */
    columns: z.array(z.object({ header: z.string(), field: importField.nullable() })),
    rows: z.array(importRow),
    counts: importCounts,
    /** There were more lines than are read at once. */
    cut: z.boolean(),
  }),
])
export type ImportPreview = z.infer<typeof importPreview>
