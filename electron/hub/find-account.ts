import type { Hub } from './hub.ts'
import { verifyPassword, wasteTimeOn } from './keys/secrets.ts'

/** The living account of a login and password, for pages that ask for both; takes as long where there is none. */
export const findAccount = async (hub: Hub, login: string, password: string) => {
  const account = await hub.db
    .selectFrom('account')
    .select(['employer_id', 'id', 'role', 'status', 'password_hash'])
    .where('login', '=', login)
    .where('status', 'in', ['active', 'restricted'])
    .executeTakeFirst()
  const good =
    account === undefined ? await wasteTimeOn(password) : await verifyPassword(password, account.password_hash)
  return good ? account : undefined
}
