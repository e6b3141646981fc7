import { z } from 'zod'
import { accountStatus, syncId, syncLabel, syncPlatform, syncRole, syncTime } from './sync-atoms.ts'
import { crossBorderRecord } from './cross-border.ts'
import { ownLook } from './sync-looks.ts'
import { entitlementData, quotas, verification } from './sync-changes.ts'

/** Discovery, sign-in and errors (`docs/sync-protocol.md`). */

export const publicJwk = z.object({
  kty: z.literal('OKP'),
  crv: z.literal('Ed25519'),
  /** base64url, 32 bytes. */
  x: z.string(),
  kid: z.string().optional(),
  use: z.string().optional(),
  alg: z.string().optional(),
})

export const discovery = z.object({
  protocol: z.string(),
  name: syncLabel,
  platform: syncPlatform,
  auth: z.array(z.string()),
  time: syncTime,
  keys: z.array(z.unknown()).default([]),
})
export type Discovery = z.infer<typeof discovery>

export const tokenAnswer = z.object({
  access_token: z.string(),
  token_type: z.string(),
  /** Seconds. */
  expires_in: z.number(),
  refresh_token: z.string().optional(),
  /** Shown once, with the sign-in that enrolled the first factor. */
  recovery_codes: z.array(z.string().max(40)).max(20).optional(),
})
export type TokenAnswer = z.infer<typeof tokenAnswer>

export const deviceAuthorization = z.object({
  device_code: z.string(),
  user_code: z.string(),
  verification_uri: z.string(),
  verification_uri_complete: z.string().optional(),
  /** Seconds. */
  expires_in: z.number(),
  /** Seconds. */
  interval: z.number().default(5),
})
export type DeviceAuthorization = z.infer<typeof deviceAuthorization>

export const filing = z.object({
  status: z.enum(['none', 'pending', 'approved', 'cancelled']),
  /** When it became that. */
  at: syncTime.optional(),
  /** The institution's, with the last day of each. */
  certificates: z
    .array(z.object({ name: syncLabel, until: z.iso.date() }))
    .max(20)
    .default([]),
})
export type Filing = z.infer<typeof filing>

export const me = z.object({
  id: syncId,
  name: syncLabel,
  role: syncRole,
  employer: z.object({ id: syncId, name: syncLabel }),
  verification,
  status: accountStatus,
  quotas: quotas.default({}),
  licence_until: z.string().max(40).optional(),
  officer_named: z.boolean().default(false),
  /** When this person undertook confidentiality, where the hub keeps that (WZ-31, QY-37). */
  confidentiality_at: syncTime.optional(),
  /** Works from outside mainland China (ZP-102, D16). */
  overseas: z.boolean().optional(),
  /** The record by which people abroad may look; left out where there is none. */
  cross_border: crossBorderRecord.optional(),
  entitlements: z.array(entitlementData).optional(),
  /** What a stated reason opens to this administrator now (D17). */
  looks: z.array(ownLook).optional(),
  agency: z.object({ id: syncId, name: syncLabel }).optional(),
  /** Whether a platform has looked at who answers consultations: status and dates, never papers (QY-17, QY-20). */
  filing: filing.optional(),
  /** An alarm over the account's devices stops its looking until then, or one was lifted: what was counted before counts no more. */
  access: z
    .object({
      stopped: z.enum(['reveals', 'views']).optional(),
      stopped_until: syncTime.optional(),
      lifted_at: syncTime.optional(),
    })
    .optional(),
  /** What the hub holds of this device's log; a smaller local one means an old folder was put back. */
  log: z.object({ size: z.int().nonnegative(), root: z.string() }).optional(),
})
export type Me = z.infer<typeof me>

export const deviceBody = z.object({
  name: syncLabel,
  os: syncLabel,
  app_version: syncLabel,
  /** base64url of the device's Ed25519 public key, 32 bytes. */
  log_key: z.string().regex(/^[A-Za-z0-9_-]{43}$/),
})

/** RFC 9457 with a stable `code`. */
export const problem = z.object({
  type: z.string().optional(),
  title: z.string().optional(),
  status: z.int().optional(),
  detail: z.string().optional(),
  code: z.string(),
  /** With `mfa_required` and `mfa_enrolment_required`: goes with the second request, for five minutes. */
  mfa_token: z.string().max(200).optional(),
  /** With those and `second_factor_required`: what counts. */
  accepted: z.array(z.string().max(40)).max(10).optional(),
  /** Whether the account has a factor at all. */
  enrolled: z.boolean().optional(),
  /** Where a passkey is used instead of a code. */
  verification_uri: z.string().max(1000).optional(),
})
export type Problem = z.infer<typeof problem>
