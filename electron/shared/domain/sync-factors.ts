import { z } from 'zod'
import { syncId, syncTime } from './sync-atoms.ts'

/** Second factors and step-up (`docs/sync-protocol.md`, "Second factor"). */

export const mfaGrant = 'urn:candor:grant:mfa'

/** `recovery`: one of the codes that were shown once. */
export const factorMethod = z.enum(['totp', 'webauthn', 'recovery'])
export type FactorMethod = z.infer<typeof factorMethod>

export const factorLabel = z.string().trim().min(1).max(60)

const second = z.object({
  id: syncId,
  kind: z.enum(['totp', 'webauthn']),
  label: z.string().max(60),
  created_at: syncTime,
  used_at: syncTime.optional(),
})

export const factorsAnswer = z.object({
  factors: z.array(second).max(50),
  recovery_codes_left: z.int().min(0),
  /** Whether this account may be without one. */
  required: z.boolean(),
  /** What can be added here: a passkey needs a hub that is reached by name and TLS, or on this machine. */
  offered: z.array(z.enum(['totp', 'webauthn'])),
})
export type FactorsAnswer = z.infer<typeof factorsAnswer>

/** Whoever has no factor yet shows the password again, so that a stolen session cannot add one. */
export const factorBody = z.object({ label: factorLabel.optional(), password: z.string().max(1024).optional() })

/** Shown once: the secret is sealed at the hub and told to nobody again. */
export const totpEnrolment = z.object({ id: syncId, secret: z.string().max(200), uri: z.string().max(1000) })
export type TotpEnrolment = z.infer<typeof totpEnrolment>

export const factorCodeBody = z.object({ code: z.string().trim().min(6).max(40) })

export const recoveryCodes = z.object({ recovery_codes: z.array(z.string().max(40)).max(20) })

/** Where a passkey is added or used: a page of the hub, for the system's browser or a phone; it works once. */
export const factorPage = z.object({ verification_uri: z.string().max(1000), expires_in: z.int() })
export type FactorPage = z.infer<typeof factorPage>

export const stepUpState = z.object({
  /** Whether bulk reveal and export ask this account for a proof. */
  required: z.boolean(),
  enrolled: z.boolean(),
  accepted: z.array(factorMethod),
  /** A proof that still counts, for this session alone. */
  proved_until: syncTime.optional(),
})
export type StepUpState = z.infer<typeof stepUpState>
