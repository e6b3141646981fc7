import { z } from 'zod'
import { applicationId, recordId } from './ids.ts'
import { candidateRow } from './views.ts'
import { lifeState, platform } from './vocabulary.ts'

/** The talent pool: who agreed to be remembered, for which pool, and until when (D10). */

const time = z.int()

/** A pool is named as the person was told; short, because it is read back to them. */
export const poolName = z.string().trim().min(1).max(40)

/** Which word is owed: the first, 30 days before the end, or the last, 7 days before it. */
export const renewalTask = z.enum(['first', 'last'])
export type RenewalTask = z.infer<typeof renewalTask>

export const poolMemberView = z.object({
  record_id: recordId,
  pool: z.string(),
  platform,
  life: lifeState,
  ...candidateRow.pick({ name: true, title: true, company: true, city: true, years: true, degree: true }).shape,
  /** Where they are written to, while it is here. */
  application_id: applicationId.optional(),
  consented_at: time,
  until: time,
  /** The platform's consent, or one that somebody here recorded. */
  basis: z.enum(['platform', 'recorded']),
  task: renewalTask.nullable(),
  asked_at: time.nullable(),
  /** Nothing but this agreement keeps the record: its end is the end of the record. */
  alone: z.boolean(),
})
export type PoolMemberView = z.infer<typeof poolMemberView>

/** Somebody whose consent arrived from the platform and who is in no pool for it yet. */
export const poolOffer = z.object({
  record_id: recordId,
  pool: z.string(),
  name: z.string().optional(),
  platform,
  until: time,
})
export type PoolOffer = z.infer<typeof poolOffer>
