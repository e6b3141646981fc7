import { z } from 'zod'
import { recordId } from '../../domain/ids.ts'
import { poolMemberView, poolName, poolOffer, renewalTask } from '../../domain/pool.ts'
import { defineRoutes } from '../define-route.ts'

const none = z.object({})
const written = { host: 'core', access: 'write', action: 'consent', roles: ['hr'] } as const

/** What the agreement rests on: when the person gave it, and where that is kept. */
const agreement = z.object({
  id: recordId,
  pool: poolName,
  /** When the person agreed. Left out where the platform's consent names the pool. */
  consented_at: z.int().optional(),
  /** How the person said so: a letter, a form. Sealed with the record, never in the log. */
  reference: z.string().trim().max(200).optional(),
})

/** Who agreed to be remembered, and until when (D10). */
export const poolRoutes = defineRoutes({
  'pool.list': {
    host: 'core',
    access: 'disclose',
    action: 'search_hit',
    roles: ['hr'],
    input: z.object({ pool: poolName.optional() }),
    output: z.object({
      pools: z.array(z.object({ pool: z.string(), members: z.int() })),
      /** Whoever has to be asked first, then by their end. */
      items: z.array(poolMemberView),
      offers: z.array(poolOffer),
      /** Members whose record a rule keeps closed now. */
      closed: z.int(),
      /** Days that an agreement lasts, and days before its end at which it is asked for again. */
      days: z.int(),
      remind_days: z.array(z.int()),
    }),
  },
  /** Figures alone, for the badge: people who have to be asked. */
  'pool.counts': {
    host: 'core',
    access: 'read',
    roles: ['hr'],
    input: none,
    output: z.object({ members: z.int(), to_ask: z.int(), pools: z.array(z.string()) }),
  },
  'pool.add': { ...written, input: agreement, output: z.object({ until: z.int() }) },
  'pool.renew': { ...written, input: agreement, output: z.object({ until: z.int() }) },
  /** Notes that the person was asked to renew. */
  'pool.mark_asked': {
    ...written,
    input: z.object({ id: recordId, pool: poolName }),
    output: z.object({ task: renewalTask }),
  },
  /** Ends an agreement at once. Where nothing else keeps the person, the record is destroyed with it. */
  'pool.remove': {
    ...written,
    input: z.object({ id: recordId, pool: poolName, why: z.enum(['withdrawn', 'not_needed']) }),
    output: z.object({ destroyed: z.boolean() }),
  },
})
