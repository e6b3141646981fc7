import { z } from 'zod'
import { defineRoutes } from '../define-route.ts'
import { jobId } from '../../domain/ids.ts'
import { jobRequirements } from '../../domain/job-requirements.ts'
import { jobStatus } from '../../domain/vocabulary.ts'
import { jobView } from '../../domain/views.ts'
import { members } from './callers.ts'

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

export const jobRoutes = defineRoutes({
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
