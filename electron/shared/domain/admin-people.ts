import { z } from 'zod'
import { sessionRow } from './sync-accounts.ts'
import { accountStatus, syncRole } from './sync-atoms.ts'
import { employmentMethods, realNameMethods } from './sync-changes.ts'

/** Where administration stands: nothing to administer without a hub, and a platform's own gateway may not offer it. */
export const adminReach = z.enum(['hub', 'local', 'not_offered'])
export type AdminReach = z.infer<typeof adminReach>

/** An account of the enterprise as its administrator sees it. Times are milliseconds since 1970 UTC. */
export const person = z.object({
  id: z.string(),
  name: z.string(),
  login: z.string().optional(),
  title: z.string().optional(),
  role: syncRole,
  status: accountStatus,
  agency: z.string().optional(),
  own: z.boolean(),
  /** Named for the protection of personal data. */
  officer: z.boolean(),
  /** Outcomes alone: method and time, never a paper, a number or a face (ZP-38). */
  checks: z.object({
    real_name: z.boolean(),
    real_name_method: z.enum(realNameMethods).optional(),
    employment: z.boolean(),
    employment_method: z.enum(employmentMethods).optional(),
    employment_status: z.enum(['pending', 'verified', 'expired', 'revoked']).optional(),
    verified_at: z.int().optional(),
    next_check: z.int().optional(),
    consented: z.boolean(),
  }),
  licence_until: z.string().optional(),
  quotas: z.object({ reveal_per_day: z.int().optional(), download_per_day: z.int().optional() }),
  /** Only these jobs; absent: all of them. */
  jobs: z.array(z.object({ job_id: z.string(), title: z.string(), until: z.int().optional() })).optional(),
  own_jobs: z.int().optional(),
  /** Those that it owns or works on: what can be handed over. */
  owned: z.array(z.object({ id: z.string(), title: z.string() })).optional(),
  seen_at: z.int().optional(),
  sessions: z.int().optional(),
  devices: z.int().optional(),
  /** People of whom its devices hold a copy. */
  holds: z.int().optional(),
})
export type Person = z.infer<typeof person>

export const invitationView = z.object({
  id: z.string(),
  role: syncRole,
  status: z.enum(['open', 'accepted', 'expired', 'revoked']),
  email: z.string().optional(),
  agency: z.string().optional(),
  jobs: z.int().optional(),
  by: z.string().optional(),
  created_at: z.int().optional(),
  expires_at: z.int(),
})
export type InvitationView = z.infer<typeof invitationView>

export const deviceView = z.object({
  id: z.string(),
  name: z.string(),
  os: z.string(),
  app_version: z.string(),
  account: z.string(),
  here: z.boolean(),
  revoked: z.boolean(),
  seen_at: z.int(),
  sessions: z.int(),
  holds: z.int(),
})
export type DeviceView = z.infer<typeof deviceView>

/** An account in use on several devices and networks at once. */
export const sharedSignIn = z.object({
  id: z.string(),
  account: z.string(),
  first_at: z.int(),
  last_at: z.int(),
  overlaps: z.int(),
  devices: z.array(z.string()),
})

export const sessionView = z.object({
  id: z.string(),
  device: z.string().optional(),
  current: z.boolean(),
  created_at: z.int().optional(),
  seen_at: z.int().optional(),
  ...sessionRow.pick({ via: true, factor: true, network: true }).shape,
})
export type SessionView = z.infer<typeof sessionView>
