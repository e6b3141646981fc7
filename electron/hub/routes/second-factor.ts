import { z } from 'zod'
import {
  factorBody,
  factorCodeBody,
  factorPage,
  factorsAnswer,
  recoveryCodes,
  secondFactorBody,
  stepUpState,
  totpEnrolment,
} from '../../shared/domain/sync-records.ts'
import { beginTotp, confirmTotp, removeFactor, resetFactors } from '../factors/enrol.ts'
import { checkCode } from '../factors/check-code.ts'
import { isFactorRequired, listFactors, passkeyPlace } from '../factors/factor-policy.ts'
import { countRecoveryCodes, renewRecoveryCodes } from '../factors/recovery-codes.ts'
import { markProved, readStepUp, requireStepUp } from '../factors/step-up.ts'
import { openTicket, pageOf, ticketSeconds, type TicketKind } from '../factors/tickets.ts'
import type { Hub } from '../hub.ts'
import { isoTime } from '../hub-clock.ts'
import { HubProblem, notFound } from '../hub-problem.ts'
import { verifyPassword } from '../keys/secrets.ts'
import { noContent, operation, type Operation } from '../operation.ts'
import type { Session } from '../session.ts'
import { limit } from './sign-in.ts'

/**
 * A first factor asks for the password once more, so that a stolen session cannot lock its owner out; a further one for a proof.
 * @throws HubProblem 403 `password_required`, `second_factor_required`, 429
 */
const requireOwner = async (hub: Hub, session: Session, password: string | undefined): Promise<void> => {
  if ((await listFactors(hub.db, session)).length > 0) return requireStepUp(hub, session)
  await limit(hub, `factor ${session.accountId}`)
  const { password_hash: hash } = await hub.db
    .selectFrom('account')
    .select('password_hash')
    .where('employer_id', '=', session.employerId)
    .where('id', '=', session.accountId)
    .executeTakeFirstOrThrow()
  if (password !== undefined && (await verifyPassword(password, hash))) return
  throw new HubProblem(403, 'password_required', 'the password is wrong or missing')
}

/** @throws HubProblem 409 `no_passkeys` */
const openPage = async (hub: Hub, kind: TicketKind, session: Session, label?: string) => {
  if (passkeyPlace(hub) === undefined) {
    throw new HubProblem(409, 'no_passkeys', 'passkeys need a hub that is reached by name and TLS')
  }
  const ticket = await openTicket(hub, kind, session, {
    sessionId: session.id,
    ...(label === undefined ? {} : { label }),
  })
  return { body: { verification_uri: pageOf(hub, ticket), expires_in: ticketSeconds } }
}

const proof = { 403: 'second_factor_required, password_required', 429: 'rate_limited' } as const

export const secondFactorOperations: readonly Operation[] = [
  operation(
    {
      method: 'GET',
      path: '/v1/factors',
      id: 'listFactors',
      tag: 'second factor',
      summary: 'The second factors of this account',
      auth: 'session',
      answers: { 200: { description: 'The factors, and how many recovery codes are left', schema: factorsAnswer } },
    },
    async ({ hub }, session) => {
      const factors = await listFactors(hub.db, session)
      return {
        body: {
          factors: factors.map((factor) => ({
            id: factor.id,
            kind: factor.kind,
            label: factor.label,
            created_at: isoTime(factor.created_at),
            ...(factor.used_at === null ? {} : { used_at: isoTime(factor.used_at) }),
          })),
          recovery_codes_left: await countRecoveryCodes(hub.db, session),
          required: session.role === 'admin' && (await isFactorRequired(hub, hub.db, session.employerId)),
          offered: passkeyPlace(hub) === undefined ? ['totp'] : ['totp', 'webauthn'],
        },
      }
    },
  ),
  operation(
    {
      method: 'POST',
      path: '/v1/factors/totp',
      id: 'beginTotp',
      tag: 'second factor',
      summary: 'A new secret for an authenticator app, told once; it counts from its first right code on',
      auth: 'session',
      body: factorBody,
      answers: { 201: { description: 'The secret', schema: totpEnrolment } },
      problems: proof,
    },
    async ({ hub, body }, session) => {
      await requireOwner(hub, session, body.password)
      return { status: 201, body: await beginTotp(hub, session, body.label ?? 'TOTP') }
    },
  ),
  operation(
    {
      method: 'POST',
      path: '/v1/factors/{id}/confirmation',
      id: 'confirmTotp',
      tag: 'second factor',
      summary: 'The first code; a first factor brings recovery codes and ends the account’s other sessions',
      auth: 'session',
      body: factorCodeBody,
      answers: { 200: { description: 'It counts; the codes are shown once', schema: recoveryCodes } },
      problems: { 400: 'wrong_code', 404: 'not_found', 429: 'rate_limited' },
    },
    async ({ hub, body, param }, session) => {
      const codes = await confirmTotp(hub, session, param('id'), body.code, session.id)
      await markProved(hub, session, 'totp')
      return { body: { recovery_codes: codes ?? [] } }
    },
  ),
  operation(
    {
      method: 'POST',
      path: '/v1/factors/passkey',
      id: 'beginPasskey',
      tag: 'second factor',
      summary: 'A page where the system’s browser or a phone adds a passkey',
      auth: 'session',
      body: factorBody,
      answers: { 200: { description: 'The page; it works once', schema: factorPage } },
      problems: { ...proof, 409: 'no_passkeys' },
    },
    async ({ hub, body }, session) => {
      await requireOwner(hub, session, body.password)
      return openPage(hub, 'register', session, body.label)
    },
  ),
  operation(
    {
      method: 'DELETE',
      path: '/v1/factors/{id}',
      id: 'removeFactor',
      tag: 'second factor',
      summary: 'Takes one away, with a proof, and ends the other sessions; the last one stays where there must be one',
      auth: 'session',
      answers: { 204: noContent },
      problems: { 403: 'second_factor_required', 404: 'not_found', 409: 'last_factor' },
    },
    async ({ hub, param }, session) => {
      await requireStepUp(hub, session)
      const bound = session.role === 'admin' && (await isFactorRequired(hub, hub.db, session.employerId))
      const factors = await listFactors(hub.db, session)
      if (bound && factors.length === 1 && factors[0]?.id === param('id')) {
        throw new HubProblem(409, 'last_factor', 'add another factor before this one goes')
      }
      if (!(await removeFactor(hub, session, param('id'), session.id))) throw notFound('factor')
      return { status: 204 }
    },
  ),
  operation(
    {
      method: 'POST',
      path: '/v1/recovery-codes',
      id: 'renewRecoveryCodes',
      tag: 'second factor',
      summary: 'Ten new recovery codes in place of the old ones, with a proof',
      auth: 'session',
      answers: { 200: { description: 'The codes, shown once', schema: recoveryCodes } },
      problems: { 403: 'second_factor_required', 409: 'no_factor' },
    },
    async ({ hub }, session) => {
      await requireStepUp(hub, session)
      if ((await listFactors(hub.db, session)).length === 0) {
        throw new HubProblem(409, 'no_factor', 'codes come with a factor')
      }
      const codes = await hub.db.transaction().execute((tx) => renewRecoveryCodes(hub, tx, session))
      return { body: { recovery_codes: codes } }
    },
  ),
  operation(
    {
      method: 'GET',
      path: '/v1/step-up',
      id: 'readStepUp',
      tag: 'second factor',
      summary: 'Whether this session has a proof that still counts, and what would be one',
      auth: 'session',
      answers: { 200: { description: 'How it stands', schema: stepUpState } },
    },
    async ({ hub }, session) => ({ body: await readStepUp(hub, session) }),
  ),
  operation(
    {
      method: 'POST',
      path: '/v1/step-up',
      id: 'stepUp',
      tag: 'second factor',
      summary: 'A proof by code; it counts five minutes, for this session alone (RFC 9470)',
      auth: 'session',
      body: factorCodeBody,
      answers: { 200: { description: 'Until when it counts', schema: z.object({ proved_until: z.string() }) } },
      problems: { 400: 'wrong_code', 429: 'rate_limited' },
    },
    async ({ hub, body }, session) => {
      const method = await checkCode(hub, session, body.code)
      return { body: { proved_until: await markProved(hub, session, method) } }
    },
  ),
  operation(
    {
      method: 'POST',
      path: '/v1/step-up/passkey',
      id: 'stepUpByPasskey',
      tag: 'second factor',
      summary: 'A page where the proof is given by passkey; then `GET /v1/step-up` tells of it',
      auth: 'session',
      answers: { 200: { description: 'The page; it works once', schema: factorPage } },
      problems: { 409: 'no_passkeys' },
    },
    async ({ hub }, session) => openPage(hub, 'prove', session),
  ),
  operation(
    {
      method: 'POST',
      path: '/v1/accounts/{id}/factors/reset',
      id: 'resetFactors',
      tag: 'administration',
      summary: 'Takes away a colleague’s factors and ends their sessions, for somebody who has lost them; with a proof',
      auth: 'session',
      roles: ['admin'],
      answers: { 204: noContent },
      problems: { 403: 'own_account, second_factor_required', 404: 'not_found' },
    },
    async ({ hub, param }, session) => {
      const id = param('id')
      if (id === session.accountId) throw new HubProblem(403, 'own_account', 'another administrator has to do this')
      await requireStepUp(hub, session)
      const account = await hub.db
        .selectFrom('account')
        .select('id')
        .where('employer_id', '=', session.employerId)
        .where('id', '=', id)
        .executeTakeFirst()
      if (account === undefined) throw notFound('account')
      await resetFactors(hub, { employerId: session.employerId, accountId: id })
      hub.events.emit(session.employerId)
      return { status: 204 }
    },
  ),
  operation(
    {
      method: 'PUT',
      path: '/v1/employer/second-factor',
      id: 'putSecondFactor',
      tag: 'administration',
      summary:
        'Whether this employer asks for a second factor: of administrators at sign-in, of everybody before bulk and export; with a proof (ZP-94)',
      auth: 'session',
      roles: ['admin'],
      body: secondFactorBody,
      answers: { 204: noContent },
      problems: { 403: 'second_factor_required', 409: 'no_factor' },
    },
    async ({ hub, body }, session) => {
      await requireStepUp(hub, session)
      // Whoever asks it of others has one: else nobody here could take it back.
      if (body.second_factor === 'required' && (await listFactors(hub.db, session)).length === 0)
        throw new HubProblem(409, 'no_factor', 'add a second factor to your own account first')
      await hub.db
        .updateTable('employer')
        .set({ second_factor: body.second_factor })
        .where('employer_id', '=', session.employerId)
        .execute()
      hub.events.emit(session.employerId)
      return { status: 204 }
    },
  ),
]
