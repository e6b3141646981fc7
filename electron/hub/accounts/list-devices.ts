import type { DeviceRow } from '../../shared/domain/sync-records.ts'
import type { Hub } from '../hub.ts'
import { isoTime } from '../hub-clock.ts'

/** Devices of an employer, or of one account of it, those seen last first; with how much is on each. */
export const listDevices = async (hub: Hub, employerId: string, accountId?: string): Promise<DeviceRow[]> => {
  let query = hub.db
    .selectFrom('device')
    .select((expression) => [
      'id',
      'name',
      'os',
      'app_version',
      'account_id',
      'revoked',
      'seen_at',
      expression
        .selectFrom('holding')
        .select((inner) => inner.fn.count('candidate_id').distinct().as('n'))
        .whereRef('holding.employer_id', '=', 'device.employer_id')
        .whereRef('holding.device_id', '=', 'device.id')
        .as('holds'),
      expression
        .selectFrom('session')
        .select((inner) => inner.fn.countAll().as('n'))
        .whereRef('session.employer_id', '=', 'device.employer_id')
        .whereRef('session.device_id', '=', 'device.id')
        .where('session.revoked', '=', false)
        .where('session.refresh_until', '>', hub.clock.real())
        .as('sessions'),
    ])
    .where('employer_id', '=', employerId)
    .orderBy('seen_at', 'desc')
    .orderBy('id')
  if (accountId !== undefined) query = query.where('account_id', '=', accountId)
  const rows = await query.execute()
  return rows.map(({ seen_at: seen, holds, sessions, ...row }) => ({
    ...row,
    seen_at: isoTime(seen),
    holds: Number(holds),
    // A revoked device is answered 410 whatever session it has.
    sessions: row.revoked ? 0 : Number(sessions),
  }))
}
