import { z } from 'zod'
import { adminReach } from './admin-people.ts'
import { accountStatus, syncId, syncLabel, syncRole, syncTime } from './sync-atoms.ts'
import { accountScope, deviceRow, jobRight, sessionRow, signInAlarm } from './sync-accounts.ts'
import { entitlementData, quotas, verification } from './sync-changes.ts'
import { factorsAnswer } from './sync-factors.ts'
import { filing } from './sync-sign-in.ts'

/** What a hub holds about the person of an account, for that person alone (QY-28, QY-39). */
export const ownData = z.object({
  account: z.object({
    id: syncId,
    login: syncLabel,
    name: syncLabel,
    email: syncLabel.optional(),
    /** Left out: the person keeps it to themselves (ZP-40). */
    title: syncLabel.optional(),
    role: syncRole,
    status: accountStatus,
    agency: syncLabel.optional(),
    licence_until: syncLabel.optional(),
    overseas: z.boolean(),
    quotas,
    scope: accountScope,
    jobs: z.array(jobRight),
    /** Named for the protection of personal data. */
    officer: z.boolean(),
    filing: filing.omit({ certificates: true }).optional(),
  }),
  verification,
  factors: factorsAnswer.shape.factors,
  recovery_codes_left: z.int().min(0),
  sessions: z.array(sessionRow),
  devices: z.array(deviceRow),
  /** Every sign-in that is still known, newest first. */
  sign_ins: z.array(
    z.object({
      at: syncTime,
      via: z.string(),
      factor: z.string(),
      device: syncLabel.optional(),
      proved_at: syncTime.optional(),
      ended_at: syncTime.optional(),
      ended_by: z.string().optional(),
    }),
  ),
  shared_sign_ins: z.array(signInAlarm.omit({ account_id: true })),
  access_alarms: z.array(
    z.object({
      at: syncTime,
      kind: z.string(),
      counted: z.int(),
      until: syncTime.optional(),
      note: z.string().optional(),
    }),
  ),
  deputies: z.array(z.object({ as: z.enum(['approver', 'deputy']), from: syncTime, until: syncTime })),
  /** What the enterprise has bought, as far as it says what this person may do. */
  orders: z.array(entitlementData),
  /** What this account did, in the logs that devices have pushed. */
  log: z.object({ entries: z.int().min(0), first_at: syncTime.optional(), last_at: syncTime.optional() }),
})
export type OwnData = z.infer<typeof ownData>

/** A line of those logs: what was done, never to whom. */
export const ownLogLine = z.object({
  at: syncTime,
  device: syncId,
  action: z.string(),
  outcome: z.string(),
  job: z.string().optional(),
  fields: z.array(z.string()).optional(),
  reason: z.string().optional(),
  detail: z.string().optional(),
})
export type OwnLogLine = z.infer<typeof ownLogLine>
export const ownLogPage = z.object({ entries: z.array(ownLogLine), next_cursor: z.string().optional() })

/** Null: the person keeps it to themselves. */
export const ownTitleBody = z.object({ title: z.string().trim().min(1).max(60).nullable() })

/** What this home remembers of the account between sessions. */
export const ownDataHere = z.object({
  /** As it signs in here. */
  name: z.string(),
  role: z.string(),
  employer: z.string(),
  hub: z.string().optional(),
  /** Of a local workspace: the person who was named for the protection of personal data. */
  officer: z.string().optional(),
  /** When the rules in force were accepted. */
  rules_at: z.int().optional(),
  notices_answered: z.int(),
  /** What it allowed or denied itself, where it changed anything. */
  permissions: z.record(z.string(), z.boolean()),
  /** The device by which its log is signed. */
  device: z.string(),
})

export const ownDataView = z.object({
  here: ownDataHere,
  /** Left out in a local workspace, and where a platform's gateway does not tell. */
  hub: ownData.optional(),
  reach: adminReach,
  now: z.int(),
})
export type OwnDataView = z.infer<typeof ownDataView>
