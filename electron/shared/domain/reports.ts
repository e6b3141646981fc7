import { z } from 'zod'
import { jobId } from './ids.ts'

export const reportKind = z.enum(['funnel', 'sources', 'time', 'workload', 'pace', 'retention'])
export type ReportKind = z.infer<typeof reportKind>

/**
 * A number of people as a report may tell it (ZP-64): `n`, or without it fewer than five; with `least` instead it is a sum that
 * would give away a part of it, and no smaller than this.
 */
export const figure = z.object({ n: z.int().nonnegative().nullable(), least: z.int().optional() })
export type Figure = z.infer<typeof figure>

export const reportRow = z.object({
  /** A code of the vocabulary (stage, `platform channel`), a Monday (`2026-11-23`), or a job's place in the list. */
  key: z.string(),
  /** Of a job; never of a person. */
  title: z.string().optional(),
  cells: z.array(figure),
  /** Mean time in milliseconds, of five or more. */
  mean_ms: z.int().nullable().optional(),
})
export type ReportRow = z.infer<typeof reportRow>

export const report = z.object({
  kind: reportKind,
  /** What the cells of a row count, in order. */
  columns: z.array(z.string()),
  rows: z.array(reportRow),
  /** Sums of the columns, as far as they may be told. */
  totals: z.array(figure),
  /** Nobody has been counted yet. */
  empty: z.boolean(),
  now: z.int(),
})
export type Report = z.infer<typeof report>

/** A month of Asia/Shanghai. */
export const reportMonth = z.string().regex(/^20\d{2}-(0[1-9]|1[0-2])$/)
export const reportInput = z.object({
  kind: reportKind,
  job_id: jobId.optional(),
  from: reportMonth.optional(),
  to: reportMonth.optional(),
})
export type ReportInput = z.infer<typeof reportInput>
