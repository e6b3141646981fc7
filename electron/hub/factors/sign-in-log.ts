import type { HubQueries } from '../db/schema.ts'
import type { Hub } from '../hub.ts'
import type { AccountPlace } from './factor-policy.ts'

/** Who ended a session stands beside how it was opened. */
export const noteEnd = async (
  hub: Hub,
  employerId: string,
  sessionId: string,
  by: 'workstation' | 'phone',
): Promise<void> => {
  await hub.db
    .updateTable('sign_in')
    .set({ ended_at: hub.clock.real(), ended_by: by })
    .where('employer_id', '=', employerId)
    .where('session_id', '=', sessionId)
    .where('ended_at', 'is', null)
    .execute()
}

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
  const ended = await hub.db
    .updateTable('session')
    .set({ revoked: true })
    .where('employer_id', '=', employerId)
    .where('account_id', '=', accountId)
    .where('id', '=', id)
    .where('revoked', '=', false)
    .returning('id')
    .executeTakeFirst()
  if (ended === undefined) return false
  await noteEnd(hub, employerId, id, 'phone')
  hub.events.emit(employerId)
  return true
}
