import { z } from 'zod'
import { deviceAuthorization, mfaGrant, tokenAnswer, totpEnrolment } from '../../shared/domain/sync-records.ts'
import { HubProblem } from '../hub-problem.ts'
import type { Hub } from '../hub.ts'
import { hashSecret, newId, newSecret, verifyPassword, wasteTimeOn } from '../keys/secrets.ts'
import { operation, type Operation } from '../operation.ts'
import { pollDeviceGrant } from '../device-grants.ts'
import { beginTotp } from '../factors/enrol.ts'
import { endSessions } from '../accounts/end-access.ts'
import { finishSignIn, startSignIn } from '../factors/sign-in-steps.ts'
import { requireTicket } from '../factors/tickets.ts'
import { refreshTokens } from '../tokens.ts'

const deviceGrant = 'urn:ietf:params:oauth:grant-type:device_code'
/** QY-08: a code that a phone scans lives no longer. */
const grantSeconds = 120
const pollSeconds = 2

const tokenBody = z.object({
  grant_type: z.string(),
  username: z.string().max(500).optional(),
  password: z.string().max(1024).optional(),
  refresh_token: z.string().max(200).optional(),
  device_code: z.string().max(200).optional(),
  client_id: z.string().max(200).optional(),
  mfa_token: z.string().max(200).optional(),
  code: z.string().max(40).optional(),
})

/** One line, no marks that turn the reading direction, short: what is shown on a phone must not say something else than it does. */
const deviceText = (longest: number) =>
  z
    .string()
    .max(400)
    .transform((text) =>
      [...text.normalize('NFC').replaceAll(/[\p{C}\p{Zl}\p{Zp}]/gu, '')].slice(0, longest).join('').trim(),
    )
    .optional()

export const signInOperations: readonly Operation[] = [
  operation(
    {
      method: 'POST',
      path: '/v1/oauth/token',
      id: 'issueToken',
      tag: 'sign-in',
      summary:
        'OAuth 2 token: grants password, refresh_token, device_code (RFC 6749, RFC 8628), and the second step of a sign-in',
      auth: 'none',
      body: tokenBody,
      form: true,
      answers: { 200: { description: 'A token; the refresh token is new each time', schema: tokenAnswer } },
      problems: {
        400: 'invalid_grant, unsupported_grant_type, authorization_pending, slow_down, access_denied, expired_token, wrong_code',
        403: 'account_suspended, mfa_required, mfa_enrolment_required',
        429: 'rate_limited',
      },
    },
    async ({ hub, body, address }) => {
      if (body.grant_type === 'password') return { body: await byPassword(hub, body.username, body.password, address) }
      if (body.grant_type === 'refresh_token') return { body: await refreshTokens(hub, body.refresh_token ?? '') }
      if (body.grant_type === mfaGrant) return { body: await finishSignIn(hub, body.mfa_token ?? '', body.code) }
      if (body.grant_type === deviceGrant) {
        return { body: await pollDeviceGrant(hub, body.device_code ?? '', pollSeconds) }
      }
      throw new HubProblem(400, 'unsupported_grant_type', 'this grant is not offered')
    },
  ),
  operation(
    {
      method: 'POST',
      path: '/v1/oauth/device_authorization',
      id: 'authorizeDevice',
      tag: 'sign-in',
      summary: 'Starts a sign-in that is confirmed on the phone (RFC 8628)',
      auth: 'none',
      body: z.object({
        client_id: z.string().max(200).optional(),
        device_name: deviceText(60),
        device_os: deviceText(40),
      }),
      form: true,
      answers: { 200: { description: 'What to show as a QR code', schema: deviceAuthorization } },
      problems: { 429: 'rate_limited' },
    },
    async ({ hub, body, address }) => {
      await limit(hub, `device ${address}`)
      const deviceCode = newSecret()
      const userCode = newUserCode()
      await hub.db
        .insertInto('device_grant')
        .values({
          // Nobody has confirmed yet, so it belongs to no employer.
          employer_id: '',
          id: newId('grant'),
          device_hash: hashSecret(deviceCode),
          user_code: userCode,
          account_id: null,
          status: 'pending',
          until: hub.clock.real() + grantSeconds * 1000,
          polled_at: 0,
          device_name: body.device_name || null,
          device_os: body.device_os || null,
          asked_at: hub.clock.real(),
        })
        .execute()
      const page = `${hub.baseUrl()}/device`
      return {
        body: {
          device_code: deviceCode,
          user_code: userCode,
          verification_uri: page,
          verification_uri_complete: `${page}/${userCode}`,
          expires_in: grantSeconds,
          interval: pollSeconds,
        },
      }
    },
  ),
  operation(
    {
      method: 'POST',
      path: '/v1/oauth/revoke',
      id: 'revokeToken',
      tag: 'sign-in',
      summary: 'Ends the session of a token (RFC 7009); an unknown token is no error',
      auth: 'none',
      body: z.object({ token: z.string().max(200) }),
      form: true,
      answers: { 200: { description: 'The token is void' } },
    },
    async ({ hub, body }) => {
      const hash = hashSecret(body.token)
      const found = await hub.db
        .selectFrom('session')
        .select(['employer_id', 'account_id', 'id'])
        .where((where) => where.or([where('access_hash', '=', hash), where('refresh_hash', '=', hash)]))
        .execute()
      for (const { employer_id: employerId, account_id: accountId, id } of found)
        await endSessions(hub, hub.db, { employerId, accountId }, 'workstation', { only: id })
      return {}
    },
  ),
  operation(
    {
      method: 'POST',
      path: '/v1/oauth/mfa/enrolment',
      id: 'enrolAtSignIn',
      tag: 'sign-in',
      summary: 'After mfa_enrolment_required: a secret for an authenticator app; its first code ends the sign-in',
      auth: 'none',
      body: z.object({ mfa_token: z.string().max(200) }),
      form: true,
      answers: { 200: { description: 'The secret, told once', schema: totpEnrolment } },
      problems: { 400: 'invalid_grant', 429: 'rate_limited' },
    },
    async ({ hub, body, address }) => {
      await limit(hub, `enrol ${address}`)
      return { body: await beginTotp(hub, await requireTicket(hub, ['enrol'], 'token_hash', body.mfa_token), 'TOTP') }
    },
  ),
]

const byPassword = async (hub: Hub, login: string | undefined, password: string | undefined, address: string) => {
  const key = `password ${address} ${login ?? ''}`
  await limit(hub, key)
  const account = await hub.db
    .selectFrom('account')
    .select(['employer_id', 'id', 'role', 'password_hash', 'status'])
    .where('login', '=', login ?? '')
    .executeTakeFirst()
  const good =
    account === undefined
      ? await wasteTimeOn(password ?? '')
      : await verifyPassword(password ?? '', account.password_hash)
  if (account === undefined || !good) throw new HubProblem(400, 'invalid_grant', 'account or password is wrong')
  if (account.status === 'revoked') throw new HubProblem(403, 'account_revoked', 'this account has ended')
  hub.signInLimit.clear(key)
  return startSignIn(hub, { employerId: account.employer_id, accountId: account.id }, account.role)
}

export const limit = async (hub: Hub, key: string): Promise<void> => {
  const wait = hub.signInLimit.take(key)
  if (wait > 0) throw new HubProblem(429, 'rate_limited', 'too many tries', { 'retry-after': String(wait) })
}

/** Eight letters without look-alikes, as RFC 8628 §6.1 advises. */
const newUserCode = (): string => {
  const letters = 'BCDFGHJKLMNPQRSTVWXZ'
  const bytes = Buffer.from(newSecret(), 'base64url').subarray(0, 8)
  const code = [...bytes].map((byte) => letters[byte % letters.length]).join('')
  return `${code.slice(0, 4)}-${code.slice(4)}`
}
