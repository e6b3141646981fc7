import { z } from 'zod'
import {
  factorPage,
  factorsAnswer,
  recoveryCodes,
  stepUpState,
  totpEnrolment,
  type FactorPage,
  type FactorsAnswer,
  type StepUpState,
  type TotpEnrolment,
} from '../../shared/domain/sync-records.ts'
import type { HubCalls } from './hub-admin-client.ts'

type NewFactor = { readonly label?: string | undefined; readonly password?: string | undefined }

/** One's own second factors, and proofs with them; errors as in `HubClient`. */
export type HubFactorClient = {
  listFactors(): Promise<FactorsAnswer>
  beginTotp(body: NewFactor): Promise<TotpEnrolment>
  confirmTotp(id: string, code: string): Promise<readonly string[]>
  addPasskey(body: NewFactor): Promise<FactorPage>
  removeFactor(id: string): Promise<void>
  renewRecoveryCodes(): Promise<readonly string[]>
  stepUpState(): Promise<StepUpState>
  stepUp(code: string): Promise<void>
  stepUpByPasskey(): Promise<FactorPage>
  resetFactors(accountId: string): Promise<void>
}

const part = encodeURIComponent

export const hubFactorClient = ({ get, post, send }: HubCalls): HubFactorClient => ({
  listFactors: () => get(factorsAnswer, '/v1/factors'),
  beginTotp: (body) => post(totpEnrolment, '/v1/factors/totp', body),
  confirmTotp: async (id, code) =>
    (await post(recoveryCodes, `/v1/factors/${part(id)}/confirmation`, { code })).recovery_codes,
  addPasskey: (body) => post(factorPage, '/v1/factors/passkey', body),
  removeFactor: async (id) => {
    await send({ method: 'delete', path: `/v1/factors/${part(id)}`, repeatable: false })
  },
  renewRecoveryCodes: async () => (await post(recoveryCodes, '/v1/recovery-codes', {})).recovery_codes,
  stepUpState: () => get(stepUpState, '/v1/step-up'),
  stepUp: async (code) => {
    await post(z.object({ proved_until: z.string() }), '/v1/step-up', { code })
  },
  stepUpByPasskey: () => post(factorPage, '/v1/step-up/passkey', {}),
  resetFactors: async (id) => {
    await send({ method: 'post', path: `/v1/accounts/${part(id)}/factors/reset`, json: {}, repeatable: false })
  },
})
