import { createHmac } from 'node:crypto'
import { isIPv4, isIPv6 } from 'node:net'
import type { Hub } from '../hub.ts'
import type { Session } from '../session.ts'

/** A session is noted as seen this often; two that were both seen within it are in use at once. */
const sightingMilliseconds = 15 * 60_000
/** From so many overlaps a day on it is told: one is somebody who closes one machine and opens another. */
export const overlapsForAlarm = 4

/** The network of an address as a keyed hash: whether two are the same can be told, never which it is. */
export const placeOf = (key: Uint8Array, address: string): string => {
  const bare = address.replace(/^::ffff:/, '')
  const network = isIPv4(bare)
    ? bare.split('.').slice(0, 3).join('.')
    : isIPv6(bare)
      ? bare.split(':').slice(0, 3).join(':')
      : bare
  return createHmac('sha256', key).update(`place ${network}`).digest('base64url').slice(0, 16)
}

/** Notes that a session is in use, and whether the same account is in use elsewhere at this very time. */
export const noteSighting = async (hub: Hub, session: Session, address: string): Promise<void> => {
  const now = hub.clock.real()
  const place = placeOf(hub.keys.wrappingKey, address)
  if (session.place === place && session.seenAt !== null && session.seenAt > now - sightingMilliseconds) return
  await hub.db
    .updateTable('session')
    .set((expression) => ({
      seen_at: now,
      place,
      created_at: expression.fn.coalesce('created_at', expression.val(now)),
    }))
    .where('employer_id', '=', session.employerId)
    .where('id', '=', session.id)
    .execute()
  if (session.deviceId === undefined) return
  const others = await hub.db
    .selectFrom('session')
    .select('device_id')
    .where('employer_id', '=', session.employerId)
    .where('account_id', '=', session.accountId)
    .where('revoked', '=', false)
    .where('device_id', 'is not', null)
    .where('device_id', '!=', session.deviceId)
    .where('place', '!=', place)
    .where('seen_at', '>', now - sightingMilliseconds)
    .execute()
  if (others.length === 0) return
  const devices = [...new Set([session.deviceId, ...others.flatMap((row) => row.device_id ?? [])])]
  await hub.db.transaction().execute(async (tx) => {
    const id = `${session.accountId}.${Math.floor(now / 86_400_000)}`
    const known = await tx
      .selectFrom('sign_in_alarm')
      .select('devices')
      .where('employer_id', '=', session.employerId)
      .where('id', '=', id)
      .forUpdate()
      .executeTakeFirst()
    const all = JSON.stringify([...new Set([...(known?.devices ?? []), ...devices])])
    await tx
      .insertInto('sign_in_alarm')
      .values({
        employer_id: session.employerId,
        id,
        account_id: session.accountId,
        first_at: now,
        last_at: now,
        times: 1,
        devices: all,
      })
      .onConflict((conflict) =>
        conflict.columns(['employer_id', 'id']).doUpdateSet((row) => ({
          last_at: now,
          times: row('sign_in_alarm.times', '+', 1),
          devices: all,
        })),
      )
      .execute()
  })
}
