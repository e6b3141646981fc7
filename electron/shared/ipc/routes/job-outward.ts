import { z } from 'zod'
import { paperLanguage } from '../../domain/disclosure.ts'
import { jobId } from '../../domain/ids.ts'
import { defineRoutes } from '../define-route.ts'

/** What a job tells outside: words to share, made from the job alone (ZP-77), and whether candidates may call (ZP-49). */
export const jobOutwardRoutes = defineRoutes({
  'job.card_text': {
    host: 'core',
    access: 'read',
    roles: ['hr', 'admin'],
    input: z.object({ id: jobId, language: paperLanguage }),
    output: z.object({ text: z.string() }),
  },
  'job.set_call_in': {
    host: 'core',
    access: 'write',
    action: 'stage',
    roles: ['hr'],
    input: z.object({ id: jobId, on: z.boolean() }),
    /** `at_next_sync`: the hub learns of it then. */
    output: z.object({ on: z.boolean(), at_next_sync: z.boolean() }),
  },
})
