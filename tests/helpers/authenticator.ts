import { Secret } from 'otpauth'
import { stepAt, totpCode } from '../../electron/hub/factors/totp.ts'
import { totpEnrolment, recoveryCodes } from '../../electron/shared/domain/sync-records.ts'
import type { HubClient } from './hub-client.ts'

/** An authenticator app: gives codes of the step before, of now and of the next, in this order, because each counts once. */
export const authenticator = (secret: string) => {
  const bytes = new Uint8Array(Secret.fromBase32(secret).buffer)
  let last = 0
  const at = (step: number): string => {
    last = step
    return totpCode(bytes, step)
  }
  return {
    /** The next code that the hub still takes. */
    next: (): string => {
      // A code must not grow old between here and the hub.
      const left = 30_000 - (Date.now() % 30_000)
      if (left < 3000) Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, left + 5)
      const now = stepAt(Date.now())
      if (last > now) throw new Error('all codes of this moment are used')
      return at(Math.max(now - 1, last + 1))
    },
    /** The one that was given last. */
    again: (): string => totpCode(bytes, last),
  }
}
export type Authenticator = ReturnType<typeof authenticator>

/** Enrols an app for whoever is signed in; the first factor brings recovery codes. */
export const enrolTotp = async (client: HubClient, password: string) => {
  const begun = await client.call('POST', '/v1/factors/totp', { json: { password } })
  if (begun.status !== 201) throw new Error(`enrolment answered ${begun.status} ${begun.code}`)
  const { id, secret, uri } = begun.as(totpEnrolment)
  const app = authenticator(secret)
  const confirmed = await client.call('POST', `/v1/factors/${id}/confirmation`, { json: { code: app.next() } })
  if (confirmed.status !== 200) throw new Error(`confirmation answered ${confirmed.status} ${confirmed.code}`)
  return { id, secret, uri, app, codes: confirmed.as(recoveryCodes).recovery_codes }
}
