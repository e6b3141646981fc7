import { factorMethod, type TokenAnswer } from '../../shared/domain/sync-records.ts'
import type { Hub } from '../hub.ts'
import { HubProblem } from '../hub-problem.ts'
import { issueTokens } from '../tokens.ts'
import { checkCode } from './check-code.ts'
import { confirmTotp } from './enrol.ts'
import { isFactorRequired, listFactors, type AccountPlace } from './factor-policy.ts'
import { acceptedMethods } from './step-up.ts'
import { openTicket, pageOf, requireTicket, useTicket, type Ticket } from './tickets.ts'

/**
 * The password was right: a session, or the way to one. Only here does anybody learn whether an account has a factor.
 * @throws HubProblem 403 `mfa_required`, `mfa_enrolment_required`
 */
export const startSignIn = async (hub: Hub, place: AccountPlace, role: string): Promise<TokenAnswer> => {
  const factors = await listFactors(hub.db, place)
  if (factors.length > 0) {
    const ticket = await openTicket(hub, 'sign_in', place)
    const accepted = acceptedMethods(hub, factors)
    throw new HubProblem(
      403,
      'mfa_required',
      'a second factor is needed',
      {},
      {
        mfa_token: ticket.token,
        accepted,
        ...(accepted.includes('webauthn') ? { verification_uri: pageOf(hub, ticket) } : {}),
      },
    )
  }
  if (role === 'admin' && (await isFactorRequired(hub, hub.db, place.employerId))) {
    const ticket = await openTicket(hub, 'enrol', place)
    throw new HubProblem(
      403,
      'mfa_enrolment_required',
      'set up a second factor first',
      {},
      {
        mfa_token: ticket.token,
        accepted: ['totp'],
      },
    )
  }
  return issueTokens(hub, place, { via: 'password', factor: 'none' })
}

/** An account may have ended between the two steps. @throws HubProblem 403 `account_revoked` */
const requireLiving = async (hub: Hub, { employerId, accountId }: AccountPlace): Promise<void> => {
  const { status } = await hub.db
    .selectFrom('account')
    .select('status')
    .where('employer_id', '=', employerId)
    .where('id', '=', accountId)
    .executeTakeFirstOrThrow()
  if (status === 'revoked') throw new HubProblem(403, 'account_revoked', 'this account has ended')
}

const usedUp = (): HubProblem => new HubProblem(400, 'invalid_grant', 'this has ended or was used; start again')

const byEnrolment = async (hub: Hub, ticket: Ticket, code: string): Promise<TokenAnswer> => {
  // Somebody else with the same password may have been first: then their factor is asked for.
  if ((await listFactors(hub.db, ticket)).length > 0) throw usedUp()
  const pending = await hub.db
    .selectFrom('factor')
    .select('id')
    .where('employer_id', '=', ticket.employerId)
    .where('account_id', '=', ticket.accountId)
    .where('confirmed_at', 'is', null)
    .executeTakeFirst()
  if (pending === undefined) throw usedUp()
  const codes = await confirmTotp(hub, ticket, pending.id, code)
  if (!(await useTicket(hub, ticket))) throw usedUp()
  const tokens = await issueTokens(hub, ticket, { via: 'password', factor: 'totp' })
  return { ...tokens, ...(codes === undefined ? {} : { recovery_codes: codes }) }
}

/**
 * The second step of a sign-in: by code, or without one once the passkey's page has proved it.
 * @throws HubProblem 400 `invalid_grant`, `wrong_code`, `authorization_pending`, 429 `rate_limited`
 */
export const finishSignIn = async (hub: Hub, token: string, code: string | undefined): Promise<TokenAnswer> => {
  const ticket = await requireTicket(hub, ['sign_in', 'enrol'], 'token_hash', token)
  await requireLiving(hub, ticket)
  if (ticket.kind === 'enrol') return byEnrolment(hub, ticket, code ?? '')
  const proved = factorMethod.safeParse(ticket.proved).data
  if (code === undefined && proved === undefined) {
    throw new HubProblem(400, 'authorization_pending', 'not confirmed yet')
  }
  const factor = code === undefined ? (proved ?? 'webauthn') : await checkCode(hub, ticket, code)
  if (!(await useTicket(hub, ticket))) throw usedUp()
  return issueTokens(hub, ticket, { via: 'password', factor })
}
