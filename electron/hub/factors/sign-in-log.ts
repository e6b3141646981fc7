import { endSessions } from '../accounts/end-access.ts'
import type { HubQueries } from '../db/schema.ts'
import type { Hub } from '../hub.ts'
import type { AccountPlace } from './factor-policy.ts'

/** The latest sign-ins of an account, with those that have ended. */
export const listSignIns = (db: HubQueries, { employerId, accountId }: AccountPlace) =>
  db
    .selectFrom('sign_in')
    .innerJoin('session', (join) =>
      join.onRef('session.employer_id', '=', 'sign_in.employer_id').onRef('session.id', '=', 'sign_in.session_id'),
    )
    .leftJoin('device', (join) =>
      join.onRef('device.employer_id', '=', 'session.employer_id').onRef('device.id', '=', 'session.device_id'),
    )
    .select(['sign_in.session_id', 'sign_in.at', 'sign_in.via', 'sign_in.factor', 'sign_in.device'])
    .select(['sign_in.ended_at', 'sign_in.ended_by', 'session.revoked', 'session.refresh_until'])
    .select(['device.name as device_name', 'device.os as device_os'])
    .where('sign_in.employer_id', '=', employerId)
    .where('sign_in.account_id', '=', accountId)
    .orderBy('sign_in.at', 'desc')
    .limit(20)
    .execute()

/** From the phone. @returns false when the account has no such running session */
export const endSession = async (hub: Hub, { employerId, accountId }: AccountPlace, id: string): Promise<boolean> => {
  const ended = await endSessions(hub, hub.db, { employerId, accountId }, 'phone', { only: id })
  if (ended.length === 0) return false
  hub.events.emit(employerId)
  return true
}
