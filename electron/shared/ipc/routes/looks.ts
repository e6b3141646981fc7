import { z } from 'zod'
import { adminReach } from '../../domain/admin-people.ts'
import { jobId, recordId } from '../../domain/ids.ts'
import { lookWords } from '../../domain/sync-looks.ts'
import { ledgerAction, reasonCode } from '../../domain/vocabulary.ts'
import { defineRoutes } from '../define-route.ts'
import { screeners } from './callers.ts'

const reading = z.object({
  label: z.string().optional(),
  record_id: recordId.optional(),
  action: ledgerAction,
  at: z.int(),
})

/** An administrator's look at what recruiters hold: for a stated reason, for an hour, and seen by those whose it is (D17, LG-14). */
export const lookRoutes = defineRoutes({
  'look.begin': {
    host: 'core',
    access: 'write',
    action: 'policy_change',
    roles: ['admin'],
    input: z.object({
      id: recordId,
      /** The whole job that the record is looked at for, in place of the one person. */
      job_id: jobId.optional(),
      reason: reasonCode,
      /** Kept at the hub under the person's key, never in the ledger. */
      words: lookWords,
    }),
    output: z.object({}),
  },
  'look.list': {
    host: 'core',
    access: 'disclose',
    action: 'search_hit',
    roles: screeners,
    input: z.object({}),
    output: z.object({
      reach: adminReach,
      items: z.array(
        z.object({
          id: z.string(),
          by: z.string(),
          /** Of the person, as far as the viewer may have the name. */
          label: z.string().optional(),
          record_id: recordId.optional(),
          job_title: z.string().optional(),
          reason: reasonCode,
          words: z.string().optional(),
          at: z.int(),
          until: z.int(),
          read: z.int(),
          readings: z.array(reading),
        }),
      ),
      now: z.int(),
    }),
  },
})
