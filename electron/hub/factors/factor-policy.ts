import { isIP } from 'node:net'
import type { HubQueries } from '../db/schema.ts'
import type { Hub } from '../hub.ts'

/** Whose factor, and in which hub. */
export type AccountPlace = { readonly employerId: string; readonly accountId: string }

/**
 * Whether this employer asks for a second factor: of administrators at every sign-in, of everybody before bulk reveal and export
 * (ZP-94). A sandbox only offers it, so that whoever tries it out gets in with the passwords that it shows.
 */
export const isFactorRequired = async (hub: Hub, db: HubQueries, employerId: string): Promise<boolean> => {
  const row = await db
    .selectFrom('employer')
    .select('second_factor')
    .where('employer_id', '=', employerId)
    .executeTakeFirst()
  return (row?.second_factor ?? (hub.sandbox ? 'offered' : 'required')) === 'required'
}

/** The factors that were confirmed; others are none. */
export const listFactors = (db: HubQueries, { employerId, accountId }: AccountPlace) =>
  db
    .selectFrom('factor')
    .selectAll()
    .where('employer_id', '=', employerId)
    .where('account_id', '=', accountId)
    .where('confirmed_at', 'is not', null)
    .orderBy('created_at')
    .execute()

/** A passkey belongs to a name, and browsers give one only to a page that came by TLS or from this machine (WebAuthn §5.1.3). */
export const passkeyPlace = (hub: Hub): { readonly id: string; readonly origin: string } | undefined => {
  const url = new URL(hub.baseUrl())
  const host = url.hostname.replaceAll(/[[\]]/g, '')
  if (isIP(host) !== 0) return undefined
  return url.protocol === 'https:' || host === 'localhost' ? { id: host, origin: url.origin } : undefined
}
