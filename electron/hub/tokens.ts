import type { FactorMethod, TokenAnswer } from '../shared/domain/sync-records.ts'
import type { HubQueries } from './db/schema.ts'
import { isFactorRequired, listFactors, type AccountPlace } from './factors/factor-policy.ts'
import { HubProblem } from './hub-problem.ts'
import type { Hub } from './hub.ts'
import { hashSecret, newId, newSecret } from './keys/secrets.ts'

const accessSeconds = 3600
const refreshSeconds = 90 * 86_400

const answer = (access: string, refresh: string): TokenAnswer => ({
  access_token: access,
  token_type: 'Bearer',
  expires_in: accessSeconds,
  refresh_token: refresh,
})

/** By what somebody came in. */
export type SignInWay = {
  readonly via: 'password' | 'phone'
  readonly factor: FactorMethod | 'none'
  /** What the workstation called itself, where a phone let it in. */
  readonly device?: string | undefined
}

/** Opens a session. Life times count in real time, not in the sandbox's. */
export const issueTokens = async (hub: Hub, { employerId, accountId }: AccountPlace, way: SignInWay) => {
  const access = newSecret()
  const refresh = newSecret()
  const now = hub.clock.real()
  const id = newId('ses')
  await hub.db.transaction().execute(async (tx) => {
    await tx
      .insertInto('session')
      .values({
        employer_id: employerId,
        id,
        account_id: accountId,
        device_id: null,
        access_hash: hashSecret(access),
        access_until: now + accessSeconds * 1000,
        refresh_hash: hashSecret(refresh),
        previous_refresh_hash: null,
        refresh_until: now + refreshSeconds * 1000,
        revoked: false,
      })
      .execute()
    await tx
      .insertInto('sign_in')
      .values({
        employer_id: employerId,
        session_id: id,
        account_id: accountId,
        at: now,
        via: way.via,
        factor: way.factor,
        device: way.device ?? null,
        proved_at: way.factor === 'none' ? null : now,
      })
      .execute()
  })
  return answer(access, refresh)
}

/** A session that was opened without a factor does not outlive the day on which its account has to show one. */
const lacksFactor = async (hub: Hub, db: HubQueries, place: AccountPlace, role: string, session: string) => {
  const asked =
    (role === 'admin' && (await isFactorRequired(hub, db, place.employerId))) ||
    (await listFactors(db, place)).length > 0
  if (!asked) return false
  const opened = await db
    .selectFrom('sign_in')
    .select('factor')
    .where('employer_id', '=', place.employerId)
    .where('session_id', '=', session)
    .executeTakeFirst()
  return opened === undefined || opened.factor === 'none'
}

/**
 * Rotates: the old refresh token is void at once. Seen again, it was stolen, and the whole session ends (RFC 9700 §4.14.2).
 * @throws HubProblem `invalid_grant`, `account_revoked`, `device_revoked`
 */
export const refreshTokens = async (hub: Hub, refresh: string): Promise<TokenAnswer> => {
  const invalid = new HubProblem(400, 'invalid_grant', 'sign in again')
  const now = hub.clock.real()
  const hash = hashSecret(refresh)
  const stolen = await hub.db
    .updateTable('session')
    .set({ revoked: true })
    .where('previous_refresh_hash', '=', hash)
    .returning('id')
    .executeTakeFirst()
  if (stolen !== undefined) throw invalid
  const next = { access: newSecret(), refresh: newSecret() }
  return hub.db.transaction().execute(async (tx) => {
    const row = await tx
      .selectFrom('session')
      .innerJoin('account', (join) =>
        join.onRef('account.employer_id', '=', 'session.employer_id').onRef('account.id', '=', 'session.account_id'),
      )
      .leftJoin('device', (join) =>
        join.onRef('device.employer_id', '=', 'session.employer_id').onRef('device.id', '=', 'session.device_id'),
      )
      .select(['session.employer_id', 'session.id', 'session.account_id', 'session.revoked', 'account.status'])
      .select(['account.role', 'account.verification'])
      .select('device.revoked as device_revoked')
      .where('session.refresh_hash', '=', hash)
      .where('session.refresh_until', '>', now)
      .executeTakeFirst()
    if (row === undefined) throw invalid
    if (row.device_revoked === true) throw new HubProblem(410, 'device_revoked', 'this device has been revoked')
    // The employer withdrew the membership: what is on the device is locked at once (MM-15).
    if (row.verification.employment_status === 'revoked')
      throw new HubProblem(403, 'employment_revoked', 'the employer withdrew this membership')
    if (row.revoked) throw invalid
    if (row.status === 'revoked') throw new HubProblem(403, 'account_revoked', 'this account has ended')
    const place = { employerId: row.employer_id, accountId: row.account_id }
    if (await lacksFactor(hub, tx, place, row.role, row.id)) throw invalid
    const updated = await tx
      .updateTable('session')
      .set({
        access_hash: hashSecret(next.access),
        access_until: now + accessSeconds * 1000,
        refresh_hash: hashSecret(next.refresh),
        previous_refresh_hash: hash,
        refresh_until: now + refreshSeconds * 1000,
      })
      .where('employer_id', '=', row.employer_id)
      .where('id', '=', row.id)
      // Two refreshes at once: only one may win.
      .where('refresh_hash', '=', hash)
      .returning('id')
      .executeTakeFirst()
    if (updated === undefined) throw invalid
    return answer(next.access, next.refresh)
  })
}
