import { IpcError, type ErrorCode, type ErrorData } from '../../shared/ipc/ipc-error.ts'
import { problem } from '../../shared/domain/sync-records.ts'
import { problemCode, retryAfter, type HubAnswer } from './hub-transport.ts'

/** Stable codes of the protocol that have a meaning of their own here. */
const byCode: Readonly<Record<string, readonly [ErrorCode, string]>> = {
  device_revoked: ['E_REVOKED', 'this device was revoked'],
  account_revoked: ['E_REVOKED', 'this account was revoked'],
  revoked: ['E_REVOKED', 'this account was revoked'],
  caller_unverified: ['E_UNVERIFIED', 'verify yourself as a caller at the platform first'],
  candidate_declined: ['E_CONSENT', 'the candidate does not take calls'],
  employment_revoked: ['E_UNVERIFIED', 'the employer withdrew this membership'],

  password_required: ['E_SIGN_IN', 'the hub asks for the password again'],
  wrong_code: ['E_WRONG_CODE', 'this code is wrong or was used'],
  no_passkeys: ['E_CONFLICT', 'this hub cannot take passkeys'],
  invalid_grant: ['E_SIGN_IN', 'the hub does not know this account with this password'],
}

/** What the page needs to ask for the proof. */
const proofProblem = (answer: HubAnswer, data: ErrorData): IpcError => {
  const said = problem.safeParse(JSON.parse(new TextDecoder().decode(answer.bytes))).data
  return new IpcError('E_SECOND_FACTOR', 'the hub asks for a second factor first', {
    ...data,
    reason: 'proof',
    enrolled: said?.enrolled === true,
    accepted: (said?.accepted ?? []).join(' '),
  })
}

/** Turns a refusing answer into a typed error that holds its status and its code, and nothing that the hub wrote in words. */
export const hubProblem = (answer: HubAnswer, during: 'sign_in' | 'call'): IpcError => {
  const code = problemCode(answer.bytes)
  const wait = retryAfter(answer.headers, 0)
  const data: ErrorData = {
    status: answer.status,
    ...(code === null ? {} : { code }),
    ...(wait === null ? {} : { retry_after_s: Math.ceil(wait / 1000) }),
  }
  if (code === 'second_factor_required') return proofProblem(answer, data)
  const known = code !== null && Object.hasOwn(byCode, code) ? byCode[code] : undefined
  if (known !== undefined) return new IpcError(known[0], known[1], data)
  if (answer.status === 410) {
    return during === 'call'
      ? new IpcError('E_NOT_FOUND', 'the hub has this no longer', data)
      : new IpcError('E_SIGN_IN', 'the hub refused the sign-in', data)
  }
  if (answer.status >= 300 && answer.status < 400) {
    return new IpcError('E_HUB_ANSWER', 'the hub points somewhere else, which is not followed', data)
  }
  if (during === 'sign_in' || answer.status === 401)
    return new IpcError('E_SIGN_IN', 'the hub refused the sign-in', data)
  if (answer.status === 403) return new IpcError('E_ROLE', 'the hub does not allow this', data)
  if (answer.status === 404) return new IpcError('E_NOT_FOUND', 'the hub does not have this', data)
  if (answer.status === 409) return new IpcError('E_CONFLICT', 'the hub holds something else', data)
  return new IpcError('E_HUB_ANSWER', 'the hub refused', data)
}

/** The password was right and the hub wants more. The token stays in core: it never is part of what crosses. */
export class SecondStep extends IpcError {
  readonly mfaToken: string
  /** Where a passkey would do. */
  readonly page: string | undefined

  constructor(reason: 'code' | 'enrol', mfaToken: string, accepted: readonly string[], page: string | undefined) {
    super('E_SECOND_FACTOR', 'the hub asks for a second factor', { reason, accepted: accepted.join(' ') })
    this.mfaToken = mfaToken
    this.page = page
  }
}

const steps: Readonly<Record<string, 'code' | 'enrol'>> = { mfa_required: 'code', mfa_enrolment_required: 'enrol' }

/** As {@link hubProblem}, for the token endpoint. */
export const signInProblem = (answer: HubAnswer): IpcError => {
  const code = problemCode(answer.bytes)
  const reason = code === null || !Object.hasOwn(steps, code) ? undefined : steps[code]
  if (reason === undefined) return hubProblem(answer, 'sign_in')
  const said = problem.safeParse(JSON.parse(new TextDecoder().decode(answer.bytes))).data
  if (said?.mfa_token === undefined)
    return new IpcError('E_HUB_ANSWER', 'the hub asks for a second step without a token')
  return new SecondStep(reason, said.mfa_token, said.accepted ?? [], said.verification_uri)
}
