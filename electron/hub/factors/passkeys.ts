import {
  generateAuthenticationOptions,
  generateRegistrationOptions,
  verifyAuthenticationResponse,
  verifyRegistrationResponse,
  type AuthenticationResponseJSON,
  type RegistrationResponseJSON,
} from '@simplewebauthn/server'
import { z } from 'zod'
import type { Hub } from '../hub.ts'
import { HubProblem } from '../hub-problem.ts'
import { newId } from '../keys/secrets.ts'
import { afterConfirmation } from './enrol.ts'
import { listFactors, passkeyPlace, type AccountPlace } from './factor-policy.ts'
import type { Ticket } from './tickets.ts'

const place = (hub: Hub) => {
  const found = passkeyPlace(hub)
  if (found === undefined)
    throw new HubProblem(409, 'no_passkeys', 'passkeys need a hub that is reached by name and TLS')
  return found
}

const listPasskeys = async (hub: Hub, account: AccountPlace) =>
  (await listFactors(hub.db, account)).flatMap(({ credential, ...factor }) =>
    credential === null ? [] : [{ ...factor, credential }],
  )

/** A challenge belongs to one ticket, and each new page of it has a new one. */
const keepChallenge = (hub: Hub, ticket: Ticket, challenge: string) =>
  hub.db
    .updateTable('factor_ticket')
    .set({ challenge })
    .where('employer_id', '=', ticket.employerId)
    .where('id', '=', ticket.id)
    .execute()

/** Takes the challenge out: an answer to it counts once (WebAuthn §13.4.3). @throws HubProblem 400 */
const takeChallenge = async (hub: Hub, ticket: Ticket): Promise<string> => {
  const { challenge } = ticket
  const taken =
    challenge === null
      ? undefined
      : await hub.db
          .updateTable('factor_ticket')
          .set({ challenge: null })
          .where('employer_id', '=', ticket.employerId)
          .where('id', '=', ticket.id)
          .where('challenge', '=', challenge)
          .returning('id')
          .executeTakeFirst()
  if (challenge === null || taken === undefined) throw wrongPasskey()
  return challenge
}

export const wrongPasskey = (): HubProblem => new HubProblem(400, 'wrong_passkey', 'this passkey does not fit')

const responseShape = z.looseObject({ id: z.string().max(2000), response: z.looseObject({}) })
/** @throws HubProblem 400 `wrong_passkey` */
const readResponse = (text: string): z.output<typeof responseShape> => {
  try {
    return responseShape.parse(JSON.parse(text))
  } catch {
    throw wrongPasskey()
  }
}

export const registrationOptions = async (hub: Hub, ticket: Ticket) => {
  const { login } = await hub.db
    .selectFrom('account')
    .select('login')
    .where('employer_id', '=', ticket.employerId)
    .where('id', '=', ticket.accountId)
    .executeTakeFirstOrThrow()
  const known = await listPasskeys(hub, ticket)
  const options = await generateRegistrationOptions({
    rpName: hub.name,
    rpID: place(hub).id,
    userName: login,
    userID: new Uint8Array(Buffer.from(`${ticket.employerId}|${ticket.accountId}`)),
    attestationType: 'none',
    excludeCredentials: known.map(({ credential }) => ({ id: credential })),
    authenticatorSelection: { residentKey: 'preferred', userVerification: 'required' },
  })
  await keepChallenge(hub, ticket, options.challenge)
  return options
}

/** @returns recovery codes, of the first factor only. @throws HubProblem 400 `wrong_passkey` */
export const addPasskey = async (hub: Hub, ticket: Ticket, answer: string): Promise<string[] | undefined> => {
  const { id: rpId, origin } = place(hub)
  const expectedChallenge = await takeChallenge(hub, ticket)
  const verified = await verifyRegistrationResponse({
    response: readResponse(answer) as unknown as RegistrationResponseJSON,
    expectedChallenge,
    expectedOrigin: origin,
    expectedRPID: rpId,
    requireUserVerification: true,
  }).catch(() => undefined)
  if (verified?.verified !== true) throw wrongPasskey()
  const { credential } = verified.registrationInfo
  const now = hub.clock.real()
  return hub.db.transaction().execute(async (tx) => {
    await tx
      .insertInto('factor')
      .values({
        employer_id: ticket.employerId,
        id: newId('fac'),
        account_id: ticket.accountId,
        kind: 'webauthn',
        label: ticket.label ?? 'Passkey',
        created_at: now,
        confirmed_at: now,
        last_step: 0,
        credential: credential.id,
        public_key: credential.publicKey,
        counter: credential.counter,
      })
      .execute()
    return afterConfirmation(hub, tx, ticket, ticket.session_id ?? undefined)
  })
}

export const assertionOptions = async (hub: Hub, ticket: Ticket) => {
  const options = await generateAuthenticationOptions({
    rpID: place(hub).id,
    allowCredentials: (await listPasskeys(hub, ticket)).map(({ credential }) => ({ id: credential })),
    userVerification: 'required',
  })
  await keepChallenge(hub, ticket, options.challenge)
  return options
}

/** @throws HubProblem 400 `wrong_passkey` */
export const checkPasskey = async (hub: Hub, ticket: Ticket, answer: string): Promise<void> => {
  const { id: rpId, origin } = place(hub)
  const expectedChallenge = await takeChallenge(hub, ticket)
  const response = readResponse(answer)
  const passkey = (await listPasskeys(hub, ticket)).find(({ credential }) => credential === response.id)
  if (passkey === undefined || passkey.public_key === null) throw wrongPasskey()
  const verified = await verifyAuthenticationResponse({
    response: response as unknown as AuthenticationResponseJSON,
    expectedChallenge,
    expectedOrigin: origin,
    expectedRPID: rpId,
    credential: {
      id: passkey.credential,
      publicKey: new Uint8Array(passkey.public_key),
      counter: passkey.counter,
    },
    requireUserVerification: true,
  }).catch(() => undefined)
  if (verified?.verified !== true) throw wrongPasskey()
  await hub.db
    .updateTable('factor')
    .set({ counter: verified.authenticationInfo.newCounter, used_at: hub.clock.real() })
    .where('employer_id', '=', ticket.employerId)
    .where('id', '=', passkey.id)
    .execute()
}
