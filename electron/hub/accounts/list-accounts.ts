import type { AccountListRow } from '../../shared/domain/sync-records.ts'
import { isoTime } from '../hub-clock.ts'
import type { Hub } from '../hub.ts'
import { toAccountRow } from './account-row.ts'

/** Every account of an employer with what is open of it: living sessions, devices that were not revoked, when one was here last. */
export const listAccounts = async (hub: Hub, employerId: string): Promise<AccountListRow[]> => {
  const accounts = await hub.db
    .selectFrom('account')
    .selectAll()
    .where('employer_id', '=', employerId)
    .orderBy('id')
    .execute()
  const devices = await hub.db
    .selectFrom('device')
    .select(['account_id', 'revoked', 'seen_at'])
    .where('employer_id', '=', employerId)
    .execute()
  const sessions = await hub.db
    .selectFrom('session')
    .select('account_id')
    .where('employer_id', '=', employerId)
    .where('revoked', '=', false)
    .where('refresh_until', '>', hub.clock.real())
    .execute()
  const devicesOf = Map.groupBy(devices, (row) => row.account_id)
  const sessionsOf = Map.groupBy(sessions, (row) => row.account_id)
  return accounts.map((row) => {
    const own = devicesOf.get(row.id) ?? []
    return {
      ...toAccountRow(row),
      login: row.login,
      ...(row.licence_until === null ? {} : { licence_until: row.licence_until }),
      ...(own.length === 0 ? {} : { seen_at: isoTime(Math.max(...own.map((device) => device.seen_at))) }),
      devices: own.filter((device) => !device.revoked).length,
      sessions: sessionsOf.get(row.id)?.length ?? 0,
    }
  })
}
