import type { SignInAlarm } from '../../shared/domain/sync-records.ts'
import type { Hub } from '../hub.ts'
import { isoTime } from '../hub-clock.ts'
import { listDevices } from './list-devices.ts'
import { overlapsForAlarm } from './note-sighting.ts'

/** Accounts of an employer, or one of them, that were in use on several devices and networks at once; the latest first. */
export const listSignInAlarms = async (hub: Hub, employerId: string, accountId?: string): Promise<SignInAlarm[]> => {
  let query = hub.db
    .selectFrom('sign_in_alarm')
    .selectAll()
    .where('employer_id', '=', employerId)
    .where('times', '>=', overlapsForAlarm)
    .orderBy('last_at', 'desc')
    .limit(200)
  if (accountId !== undefined) query = query.where('account_id', '=', accountId)
  const rows = await query.execute()
  const devices = await listDevices(hub, employerId)
  const nameOf = new Map(devices.map((device) => [device.id, device.name]))
  return rows.map((row) => ({
    id: row.id,
    account_id: row.account_id,
    first_at: isoTime(row.first_at),
    last_at: isoTime(row.last_at),
    overlaps: row.times,
    devices: row.devices.map((id) => nameOf.get(id) ?? id),
  }))
}
