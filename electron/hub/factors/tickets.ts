import type { Hub } from '../hub.ts'
import { HubProblem } from '../hub-problem.ts'
import { hashSecret, newId, newSecret } from '../keys/secrets.ts'
import type { AccountPlace } from './factor-policy.ts'

/**
 * `sign_in`: the password was right, the factor is missing. `enrol`: the same, and there is no factor yet. `prove` and `register`:
 * the page of a passkey, for a session. `phone`: the form on the phone. `sessions`: the list of one's sign-ins on a phone.
 */
export type TicketKind = 'sign_in' | 'enrol' | 'prove' | 'register' | 'phone' | 'sessions'

export type TicketFacts = {
  readonly sessionId?: string
  readonly grantId?: string
  readonly factorId?: string
  readonly label?: string
}

export const ticketSeconds = 300

export type NewTicket = { readonly id: string; readonly token: string; readonly page: string }

export const openTicket = async (
  hub: Hub,
  kind: TicketKind,
  place: AccountPlace,
  facts: TicketFacts = {},
): Promise<NewTicket> => {
  const ticket = { id: newId('tkt'), token: newSecret(), page: newSecret() }
  await hub.db
    .insertInto('factor_ticket')
    .values({
      employer_id: place.employerId,
      id: ticket.id,
      account_id: place.accountId,
      kind,
      token_hash: hashSecret(ticket.token),
      page_hash: hashSecret(ticket.page),
      session_id: facts.sessionId ?? null,
      grant_id: facts.grantId ?? null,
      factor_id: facts.factorId ?? null,
      label: facts.label ?? null,
      until: hub.clock.real() + ticketSeconds * 1000,
    })
    .execute()
  return ticket
}

/** Where the passkey of a ticket is used. */
export const pageOf = (hub: Hub, ticket: NewTicket): string => `${hub.baseUrl()}/factor/${ticket.page}`

export const findTicket = async (
  hub: Hub,
  kinds: readonly TicketKind[],
  by: 'token_hash' | 'page_hash',
  secret: string,
) => {
  const row = await hub.db
    .selectFrom('factor_ticket')
    .selectAll()
    .where(by, '=', hashSecret(secret))
    .where('kind', 'in', [...kinds])
    .where('until', '>', hub.clock.real())
    .executeTakeFirst()
  return row === undefined ? undefined : { ...row, employerId: row.employer_id, accountId: row.account_id }
}
export type Ticket = NonNullable<Awaited<ReturnType<typeof findTicket>>>

/** @throws HubProblem 400 `invalid_grant` */
export const requireTicket = async (
  hub: Hub,
  kinds: readonly TicketKind[],
  by: 'token_hash' | 'page_hash',
  secret: string,
): Promise<Ticket> => {
  const ticket = await findTicket(hub, kinds, by, secret)
  if (ticket === undefined) throw new HubProblem(400, 'invalid_grant', 'this has ended or was used; start again')
  return ticket
}

/** @returns whether this call was the one that used it up */
export const useTicket = async (hub: Hub, ticket: Ticket): Promise<boolean> => {
  const used = await hub.db
    .deleteFrom('factor_ticket')
    .where('employer_id', '=', ticket.employerId)
    .where('id', '=', ticket.id)
    .returning('id')
    .executeTakeFirst()
  return used !== undefined
}
