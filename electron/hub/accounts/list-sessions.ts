import { sessionRow, type SessionRow } from '../../shared/domain/sync-records.ts'
import type { Hub } from '../hub.ts'
import { isoTime } from '../hub-clock.ts'
import type { Session } from '../session.ts'

/** The living sessions of the account that asks, this one among them, with how each was opened. */
export const listSessions = async (hub: Hub, session: Session): Promise<SessionRow[]> => {
  const rows = await hub.db
    .selectFrom('session')
    .leftJoin('device', (join) =>
      join.onRef('device.employer_id', '=', 'session.employer_id').onRef('device.id', '=', 'session.device_id'),
    )
    .leftJoin('sign_in', (join) =>
      join.onRef('sign_in.employer_id', '=', 'session.employer_id').onRef('sign_in.session_id', '=', 'session.id'),
    )
    .select(['session.id', 'session.created_at', 'session.seen_at', 'session.place'])
    .select(['device.id as device_id', 'device.name', 'sign_in.via', 'sign_in.factor'])
    .where('session.employer_id', '=', session.employerId)
    .where('session.account_id', '=', session.accountId)
    .where('session.revoked', '=', false)
    .where('session.refresh_until', '>', hub.clock.real())
    .where((where) => where.or([where('device.revoked', 'is', null), where('device.revoked', '=', false)]))
    .orderBy('session.seen_at', 'desc')
    .orderBy('session.id')
    .execute()
  return rows.map((row) =>
    sessionRow.parse({
      id: row.id,
      current: row.id === session.id,
      ...(row.device_id === null || row.name === null ? {} : { device: { id: row.device_id, name: row.name } }),
      ...(row.created_at === null ? {} : { created_at: isoTime(row.created_at) }),
      ...(row.seen_at === null ? {} : { seen_at: isoTime(row.seen_at) }),
      ...(row.via === null ? {} : { via: row.via, factor: row.factor }),
      ...(row.place === null || session.place === null
        ? {}
        : { network: row.place === session.place ? 'same' : 'other' }),
    }),
  )
}
