import { z } from 'zod'
import { syncId, syncLabel, syncTime } from './sync-atoms.ts'
import { employmentMethods, invitationData, realNameMethods } from './sync-changes.ts'
import { factorMethod } from './sync-factors.ts'

/** Accounts, sessions and devices as administrators and the people themselves handle them (`docs/sync-protocol.md`). */

/** `all`: every job but those that were left; `jobs`: only those named. */
export const accountScope = z.enum(['all', 'jobs'])
export type AccountScope = z.infer<typeof accountScope>

export const jobRight = z.object({ job_id: syncId, until: syncTime.optional() })
export type JobRight = z.infer<typeof jobRight>

/** `null` withdraws; of employment that ends every session at once (MM-15). */
export const verificationPatch = z.object({
  real_name: z
    .object({ method: z.enum(realNameMethods), consent: z.literal('written').optional() })
    .nullable()
    .optional(),
  employment: z
    .object({ method: z.enum(employmentMethods), next_check: syncTime.optional() })
    .nullable()
    .optional(),
  caller: z.boolean().optional(),
})
export type VerificationPatch = z.infer<typeof verificationPatch>

export const invitationRow = invitationData.extend({ id: syncId })
export type InvitationRow = z.infer<typeof invitationRow>
export const invitationsAnswer = z.object({ invitations: z.array(invitationRow) })

export const oneTimeLink = z.object({ link: z.string(), expires_at: syncTime })
export type OneTimeLink = z.infer<typeof oneTimeLink>

export const handOverBody = z.object({
  to: syncId,
  /** Left out: every job. */
  job_ids: z.array(syncId).max(500).optional(),
})
export const handOverAnswer = z.object({ jobs: z.int().nonnegative() })

export const deviceRow = z.object({
  id: syncId,
  name: syncLabel,
  os: syncLabel,
  app_version: syncLabel,
  account_id: syncId,
  revoked: z.boolean(),
  seen_at: syncTime,
  sessions: z.int().nonnegative(),
  /** People of whom it holds a copy, as far as the hub gave it one and has no certificate yet. */
  holds: z.int().nonnegative(),
})
export type DeviceRow = z.infer<typeof deviceRow>
export const devicesAnswer = z.object({ devices: z.array(deviceRow) })

/** What was on a device: numbers and ids, never a name (ZP-101). */
export const deviceHoldings = z.object({ device: syncId, candidates: z.array(syncId) })
export type DeviceHoldings = z.infer<typeof deviceHoldings>

export const sessionRow = z.object({
  id: syncId,
  device: z.object({ id: syncId, name: syncLabel }).optional(),
  /** The one that asks. */
  current: z.boolean(),
  created_at: syncTime.optional(),
  seen_at: syncTime.optional(),
  /** How it was opened, and by which second factor; `none` without. */
  via: z.enum(['password', 'phone']).optional(),
  factor: factorMethod.or(z.literal('none')).optional(),
  /** Whether it was last in use where the one that asks is; which network that is, nobody is told. */
  network: z.enum(['same', 'other']).optional(),
})
export type SessionRow = z.infer<typeof sessionRow>
export const sessionsAnswer = z.object({ sessions: z.array(sessionRow) })

export const signInAlarm = z.object({
  id: syncId,
  account_id: syncId,
  first_at: syncTime,
  last_at: syncTime,
  /** How often two devices on two networks were in use at once. */
  overlaps: z.int().positive(),
  devices: z.array(syncLabel),
})
export type SignInAlarm = z.infer<typeof signInAlarm>
export const signInAlarmsAnswer = z.object({ alarms: z.array(signInAlarm) })

export const passwordBody = z.object({ current: z.string().max(1024), next: z.string().max(1024) })
