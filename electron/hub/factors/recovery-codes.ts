import { createHmac, randomInt } from 'node:crypto'
import type { HubQueries } from '../db/schema.ts'
import type { Hub } from '../hub.ts'
import type { AccountPlace } from './factor-policy.ts'

const count = 10
/** Without look-alikes; ten of them are fifty bits. */
const letters = 'ABCDEFGHJKLMNPQRSTUVWXYZ23456789'

const newCode = (): string => {
  const code = Array.from({ length: 10 }, () => letters[randomInt(letters.length)]).join('')
  return `${code.slice(0, 5)}-${code.slice(5)}`
}

/** Fifty bits could be tried out; without the hub's key nobody can, whoever has the database. */
const hashCode = (hub: Hub, { employerId, accountId }: AccountPlace, code: string): string =>
  createHmac('sha256', hub.keys.wrappingKey)
    .update(`recovery_code|${employerId}|${accountId}|${code.toUpperCase().replaceAll(/[^A-Z0-9]/g, '')}`)
    .digest('base64url')

/** Ten new codes in place of whatever there was; told once and kept as hashes. */
export const renewRecoveryCodes = async (hub: Hub, db: HubQueries, place: AccountPlace): Promise<string[]> => {
  await dropRecoveryCodes(db, place)
  const codes = Array.from({ length: count }, newCode)
  await db
    .insertInto('recovery_code')
    .values(
      codes.map((code) => ({
        employer_id: place.employerId,
        account_id: place.accountId,
        hash: hashCode(hub, place, code),
      })),
    )
    .execute()
  return codes
}

export const dropRecoveryCodes = async (db: HubQueries, { employerId, accountId }: AccountPlace): Promise<void> => {
  await db
    .deleteFrom('recovery_code')
    .where('employer_id', '=', employerId)
    .where('account_id', '=', accountId)
    .execute()
}

/** Uses a code up. @returns false where there is none such (any more) */
export const useRecoveryCode = async (hub: Hub, place: AccountPlace, code: string): Promise<boolean> => {
  const used = await hub.db
    .deleteFrom('recovery_code')
    .where('employer_id', '=', place.employerId)
    .where('account_id', '=', place.accountId)
    .where('hash', '=', hashCode(hub, place, code))
    .returning('hash')
    .executeTakeFirst()
  return used !== undefined
}

export const countRecoveryCodes = async (db: HubQueries, { employerId, accountId }: AccountPlace): Promise<number> => {
  const { n } = await db
    .selectFrom('recovery_code')
    .select((expression) => expression.fn.countAll<string | number>().as('n'))
    .where('employer_id', '=', employerId)
    .where('account_id', '=', accountId)
    .executeTakeFirstOrThrow()
  return Number(n)
}
