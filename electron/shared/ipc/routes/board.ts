import { z } from 'zod'
import { defineRoutes } from '../define-route.ts'
import { jobId } from '../../domain/ids.ts'
import { jobStep, jobSteps, stepTemplate } from '../../domain/job-steps.ts'
import { candidateRow } from '../../domain/views.ts'
import { screeners } from './callers.ts'

const none = z.object({})

/** A person on the board: a row of the list without contacts, with the time since when it stands there. */
export const boardCard = candidateRow
  .omit({ phone: true, email: true, snippet: true, skills: true, salary: true, active_days: true })
  .extend({ since: z.int() })
export type BoardCard = z.infer<typeof boardCard>

const cards = {
  cards: z.array(boardCard),
  /** Everybody in the column. */
  total: z.int(),
  next_cursor: z.string().nullable(),
}

export const boardColumn = z.object({
  step: jobStep,
  /** Those whom a hire has locked: nobody can look at them any more. */
  locked: z.int(),
  ...cards,
})
export type BoardColumn = z.infer<typeof boardColumn>

const pageSize = z.int().min(1).max(100)

export const boardRoutes = defineRoutes({
  /** The whole board of a job, the first page of each column; `unindexed` people are not on it yet. */
  'board.get': {
    host: 'core',
    access: 'disclose',
    action: 'search_hit',
    roles: screeners,
    input: z.object({ job_id: jobId, limit: pageSize.default(20) }),
    output: z.object({ columns: z.array(boardColumn), unindexed: z.int() }),
  },
  'board.column': {
    host: 'core',
    access: 'disclose',
    action: 'search_hit',
    roles: screeners,
    input: z.object({
      job_id: jobId,
      step: z.string().max(40),
      cursor: z.string().max(400).optional(),
      limit: pageSize.default(20),
    }),
    output: z.object(cards),
  },
  /**
   * The steps of a job, `null` for the stages themselves. A step with people in it goes only with `move`: they then stand in
   * the first step of their stage, and `batch` takes that back once the steps are there again.
   */
  'job.set_steps': {
    host: 'core',
    access: 'write',
    action: 'stage',
    roles: ['hr'],
    input: z.object({ id: jobId, steps: jobSteps.nullable(), move: z.boolean().default(false) }),
    output: z.object({ previous: jobSteps.nullable(), batch: z.string(), moved: z.int() }),
  },
  'template.list': {
    host: 'core',
    access: 'read',
    roles: screeners,
    input: none,
    output: z.object({ items: z.array(stepTemplate) }),
  },
  /** A new one, or the one with this id anew. `previous` is what it was. */
  'template.save': {
    host: 'core',
    access: 'write',
    action: 'stage',
    roles: ['hr'],
    input: stepTemplate.partial({ id: true }),
    output: z.object({ id: z.string(), previous: stepTemplate.nullable() }),
  },
  'template.remove': {
    host: 'core',
    access: 'write',
    action: 'stage',
    roles: ['hr'],
    input: z.object({ id: z.string().min(1).max(64) }),
    output: z.object({ removed: stepTemplate }),
  },
})
