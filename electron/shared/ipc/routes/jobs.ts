import { z } from 'zod'
import { defineRoutes } from '../define-route.ts'
import { jobId } from '../../domain/ids.ts'
import { importPreview, rowFault } from '../../domain/job-import.ts'
import { jobRequirements } from '../../domain/job-requirements.ts'
import { jobSteps } from '../../domain/job-steps.ts'
import { jobStatus, stage } from '../../domain/vocabulary.ts'
import { jobView } from '../../domain/views.ts'
import { members, screeners } from './callers.ts'

const none = z.object({})

/** What a local workspace says of a job itself; a hub's jobs are worded at the hub. */
const jobWords = {
  title: z.string().trim().min(1).max(120),
  city: z.string().trim().max(60).optional(),
  department: z.string().trim().max(80).optional(),
  headcount: z.int().min(1).max(9999).optional(),
  salary: z.string().trim().max(60).optional(),
  description: z.string().max(20_000).optional(),
}

/** What can be said anew of a job; `null` takes it away. */
const jobPatch = z.object({
  title: jobWords.title.optional(),
  city: jobWords.city.nullable(),
  department: jobWords.department.nullable(),
  headcount: jobWords.headcount.nullable(),
  salary: jobWords.salary.nullable(),
  description: jobWords.description.nullable(),
  requirements: jobRequirements.nullable().optional(),
})
export type JobPatch = z.infer<typeof jobPatch>

/** A count for people to read in a statistic: `null` stands for "fewer than five" (ZP-64). */
const groupCount = z.int().min(5).or(z.literal(0)).nullable()

/** One stage of a job; nobody can be told from it. */
export const funnelStage = z.object({
  stage,
  /** Who came as far as this, of those whose record is still here; of an outcome, who met it. */
  reached: groupCount,
  /** The same as a part of all of them; from 0 to 1. */
  share: z.number().min(0).max(1).nullable(),
  /** Those in it now: half of them have been there longer. Milliseconds. */
  waiting: z.object({ count: groupCount, median_ms: z.int().nullable() }),
  /** Those who ever left it, destroyed ones too: how long they had been there on average. Milliseconds. */
  left: z.object({ count: groupCount, mean_ms: z.int().nullable() }),
})
export type FunnelStage = z.infer<typeof funnelStage>

export const jobDetail = jobView.extend({
  /** Accounts, the owner's first; `own` is whoever asks, `name` the id where nobody has told more. */
  members: z.array(z.object({ id: z.string(), name: z.string(), own: z.boolean() })),
  requirements: jobRequirements.nullable(),
  /** Whether candidates may call about it (ZP-49). */
  call_in: z.boolean(),
  /** Its own steps; `null` where the stages themselves are the steps. */
  steps: jobSteps.nullable(),
  /** Live people by the step they stand in. */
  standing: z.record(z.string(), z.int()),
  funnel: z.array(funnelStage),
  /** Everybody who came and whose record is still here, locked or not. */
  came: groupCount,
})
export type JobDetail = z.infer<typeof jobDetail>

/** What becomes of a line that says what a job, or an earlier line, says already. */
export const importDuplicates = z.enum(['skip', 'import'])

/** Bytes of a CSV or an Excel file. */
const tableFile = z.object({ content_base64: z.string().min(1).max(11_300_000) })

export const jobRoutes = defineRoutes({
  /** What would come of a table of jobs, line by line; nothing is written. A local workspace only. */
  'job.import_preview': { host: 'core', access: 'read', roles: ['hr'], input: tableFile, output: importPreview },
  /** Opens the jobs of a table. Lines with faults are told and never imported; what repeats a job only when it is wanted. */
  'job.import': {
    host: 'core',
    access: 'write',
    action: 'stage',
    roles: ['hr'],
    input: tableFile.extend({ duplicates: importDuplicates.default('skip') }),
    output: z.object({
      ids: z.array(jobId),
      skipped: z.int(),
      faulty: z.array(z.object({ line: z.int(), faults: z.array(rowFault) })),
    }),
  },
  /** Takes jobs of a local workspace away in which nobody ever was: the way back from `job.create` and `job.import`. */
  'job.remove': {
    host: 'core',
    access: 'write',
    action: 'stage',
    roles: ['hr'],
    input: z.object({ ids: z.array(jobId).min(1).max(2000) }),
    output: z.object({ removed: z.int(), kept: z.int() }),
  },
  'job.get': {
    host: 'core',
    access: 'read',
    roles: screeners,
    input: z.object({ id: jobId }),
    output: jobDetail,
  },
  'job.list': {
    host: 'core',
    access: 'read',
    roles: members,
    input: none,
    output: z.object({ items: z.array(jobView) }),
  },
  'job.create': {
    host: 'core',
    access: 'write',
    action: 'stage',
    roles: ['hr'],
    input: z.object(jobWords),
    output: z.object({ id: jobId }),
  },
  'job.set_status': {
    host: 'core',
    access: 'write',
    action: 'stage',
    roles: ['hr'],
    input: z.object({ id: jobId, status: jobStatus }),
    output: z.object({ scheduled: z.int(), first_due_at: z.int().optional() }),
  },
  /**
   * Requirements are the desk's own and can be set for every job; words only for jobs of a local workspace. `previous` holds
   * what was there before, in the form of a patch that puts it back.
   */
  'job.update': {
    host: 'core',
    access: 'write',
    action: 'stage',
    roles: ['hr'],
    input: jobPatch.extend({ id: jobId }),
    output: z.object({ previous: jobPatch }),
  },
})
