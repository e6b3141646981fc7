import { factorMethod, type FactorMethod, type TokenAnswer } from '../shared/domain/sync-records.ts'
import type { AccountPlace } from './factors/factor-policy.ts'
import { HubProblem } from './hub-problem.ts'
import type { Hub } from './hub.ts'
import { hashSecret } from './keys/secrets.ts'
import { issueTokens } from './tokens.ts'

/**
 * The device's side of RFC 8628: answers with a token once, after the phone said yes.
 * @throws HubProblem `authorization_pending`, `slow_down`, `access_denied`, `expired_token`, `invalid_grant`
 */
export const pollDeviceGrant = async (hub: Hub, deviceCode: string, intervalSeconds: number): Promise<TokenAnswer> => {
  const now = hub.clock.real()
  const grant = await hub.db
    .selectFrom('device_grant')
    .selectAll()
    .where('device_hash', '=', hashSecret(deviceCode))
    .executeTakeFirst()
  if (grant === undefined) throw new HubProblem(400, 'invalid_grant', 'no such device code')
  if (grant.until <= now) throw new HubProblem(400, 'expired_token', 'the code has ended; show a new one')
  if (grant.status === 'denied') throw new HubProblem(400, 'access_denied', 'refused on the phone')
  await hub.db
    .updateTable('device_grant')
    .set({ polled_at: now })
    .where('employer_id', '=', grant.employer_id)
    .where('id', '=', grant.id)
    .execute()
  if (grant.status === 'pending') {
    // A little grace: timers of the other side are not exact.
    const early = now - grant.polled_at < intervalSeconds * 1000 - 250
    throw early
      ? new HubProblem(400, 'slow_down', 'asked too soon')
      : new HubProblem(400, 'authorization_pending', 'not confirmed yet')
  }
  const used = await hub.db
    .deleteFrom('device_grant')
    .where('employer_id', '=', grant.employer_id)
    .where('id', '=', grant.id)
    .where('status', '=', 'granted')
    .returning(['account_id', 'factor', 'device_name', 'device_os'])
    .executeTakeFirst()
  if (used === undefined || used.account_id === null) throw new HubProblem(400, 'invalid_grant', 'the code was used')
  const factor = factorMethod.safeParse(used.factor).data ?? 'none'
  const device = [used.device_name, used.device_os].filter((part) => part !== null).join(' · ')
  return issueTokens(
    hub,
    { employerId: grant.employer_id, accountId: used.account_id },
    { via: 'phone', factor, device: device === '' ? undefined : device },
  )
}

/** What a phone is told about the workstation that asks. */
export const findOpenGrant = (hub: Hub, userCode: string) =>
  hub.db
    .selectFrom('device_grant')
    .select(['id', 'user_code', 'device_name', 'device_os', 'asked_at'])
    .where('user_code', '=', userCode)
    .where('status', '=', 'pending')
    .where('until', '>', hub.clock.real())
    .executeTakeFirst()
export type OpenGrant = NonNullable<Awaited<ReturnType<typeof findOpenGrant>>>

export type GrantDecision =
  | { readonly granted: false }
  | { readonly granted: true; readonly place: AccountPlace; readonly factor: FactorMethod | 'none' }

/** The phone's side; of two phones at once the first one decides. @returns false when there is no such open code */
export const decideDeviceGrant = async (hub: Hub, id: string, decision: GrantDecision): Promise<boolean> => {
  const done = await hub.db
    .updateTable('device_grant')
    .set(
      decision.granted
        ? {
            status: 'granted',
            employer_id: decision.place.employerId,
            account_id: decision.place.accountId,
            factor: decision.factor,
          }
        : { status: 'denied' },
    )
    .where('id', '=', id)
    .where('status', '=', 'pending')
    .where('until', '>', hub.clock.real())
    .returning('id')
    .executeTakeFirst()
  return done !== undefined
}
