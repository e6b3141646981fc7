import { timingSafeEqual } from 'node:crypto'
import { HOTP, Secret, TOTP } from 'otpauth'

/** RFC 6238 as every authenticator app takes it: SHA-1, six figures, a step of 30 seconds. */
const seconds = 30
/** Steps before and after: clocks of phones are not exact. */
const slack = 1

export const stepAt = (milliseconds: number): number => Math.floor(milliseconds / 1000 / seconds)

export type TotpShape = { readonly digits?: number; readonly algorithm?: 'SHA1' | 'SHA256' | 'SHA512' }

/** The code of a step (RFC 4226 §5.3). */
export const totpCode = (secret: Uint8Array, step: number, shape: TotpShape = {}): string =>
  HOTP.generate({
    secret: secretOf(secret),
    counter: step,
    digits: shape.digits ?? 6,
    algorithm: shape.algorithm ?? 'SHA1',
  })

/**
 * The step whose code this is, if it comes after the one that was used last: none counts twice (RFC 6238 §5.2). Takes as long
 * for a wrong code as for a right one.
 */
export const matchStep = (secret: Uint8Array, code: string, now: number, lastStep: number): number | undefined => {
  const current = stepAt(now)
  const given = Buffer.from(code)
  let found: number | undefined
  for (let step = current - slack; step <= current + slack; step += 1) {
    const expected = Buffer.from(totpCode(secret, step))
    const same = expected.length === given.length && timingSafeEqual(expected, given)
    if (same && step > lastStep) found = step
  }
  return found
}

/** What the app scans: `otpauth://totp/…`. */
export const totpUri = (secret: Uint8Array, issuer: string, account: string): string =>
  new TOTP({
    issuer,
    label: account,
    secret: secretOf(secret),
    digits: 6,
    period: seconds,
    algorithm: 'SHA1',
  }).toString()

/** For typing it in by hand. */
export const totpSecretText = (secret: Uint8Array): string => secretOf(secret).base32

const secretOf = (secret: Uint8Array): Secret => new Secret({ buffer: new Uint8Array(secret).buffer })
