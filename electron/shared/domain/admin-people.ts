import { z } from 'zod'
import { syncRole, accountStatus } from './sync-atoms.ts'

/** Where administration stands: nothing to administer without a hub, and a platform's own gateway may not offer it. */
export const adminReach = z.enum(['hub', 'local', 'not_offered'])
export type AdminReach = z.infer<typeof adminReach>

/** An account of the enterprise as its administrator sees it. Times are milliseconds since 1970 UTC. */
export const person = z.object({
  id: z.string(),
  name: z.string(),
  login: z.string().optional(),
  role: syncRole,
  status: accountStatus,
  agency: z.string().optional(),
  own: z.boolean(),
  verification: z.object({ real_name: z.boolean(), employment: z.boolean(), caller: z.boolean() }),
  licence_until: z.string().optional(),
  quotas: z.object({ reveal_per_day: z.int().optional(), download_per_day: z.int().optional() }),
  seen_at: z.int().optional(),
  sessions: z.int().optional(),
  devices: z.int().optional(),
})
export type Person = z.infer<typeof person>
