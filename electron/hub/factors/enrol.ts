import { randomBytes } from 'node:crypto'
import type { TotpEnrolment } from '../../shared/domain/sync-records.ts'
import { endSessions } from '../accounts/end-access.ts'
import type { HubTransaction } from '../db/schema.ts'
import type { Hub } from '../hub.ts'
import { notFound } from '../hub-problem.ts'
import { newId } from '../keys/secrets.ts'
import { seal } from '../keys/seal.ts'
import { secretPlace, useStep, wrongCode } from './check-code.ts'
import { clearTries, countTry } from './code-tries.ts'
import { listFactors, type AccountPlace } from './factor-policy.ts'
import { dropRecoveryCodes, renewRecoveryCodes } from './recovery-codes.ts'
import { totpSecretText, totpUri } from './totp.ts'

/** RFC 4226 §4 recommends 160 bits. */
const secretBytes = 20

/** A new secret, which counts from its first right code on. One that was begun before and never confirmed is dropped. */
export const beginTotp = async (hub: Hub, place: AccountPlace, label: string): Promise<TotpEnrolment> => {
  const { employerId, accountId } = place
  const account = await hub.db
    .selectFrom('account')
    .select('login')
    .where('employer_id', '=', employerId)
    .where('id', '=', accountId)
    .executeTakeFirstOrThrow()
  const id = newId('fac')
  const secret = new Uint8Array(randomBytes(secretBytes))
  await hub.db
    .deleteFrom('factor')
    .where('employer_id', '=', employerId)
    .where('account_id', '=', accountId)
    .where('confirmed_at', 'is', null)
    .execute()
  await hub.db
    .insertInto('factor')
    .values({
      employer_id: employerId,
      id,
      account_id: accountId,
      kind: 'totp',
      label,
      created_at: hub.clock.real(),
      confirmed_at: null,
      sealed: seal(hub.keys.wrappingKey, secretPlace(employerId, id), secret),
      last_step: 0,
      counter: 0,
    })
    .execute()
  return { id, secret: totpSecretText(secret), uri: totpUri(secret, hub.name, account.login) }
}

/**
 * A factor counts from now on. The first one brings recovery codes and ends every other session that was opened without one.
 * @returns the codes, of the first factor only
 */
export const afterConfirmation = async (
  hub: Hub,
  tx: HubTransaction,
  place: AccountPlace,
  keptSession: string | undefined,
): Promise<string[] | undefined> => {
  if ((await listFactors(tx, place)).length > 1) return undefined
  await endSessions(hub, tx, place, 'factor', { but: keptSession })
  return renewRecoveryCodes(hub, tx, place)
}

/**
 * @returns recovery codes, of the first factor only
 * @throws HubProblem 400 `wrong_code`, 404 `not_found`, 429 `rate_limited`
 */
export const confirmTotp = async (
  hub: Hub,
  place: AccountPlace,
  id: string,
  code: string,
  keptSession?: string,
): Promise<string[] | undefined> => {
  const pending = await hub.db
    .selectFrom('factor')
    .selectAll()
    .where('employer_id', '=', place.employerId)
    .where('account_id', '=', place.accountId)
    .where('id', '=', id)
    .where('confirmed_at', 'is', null)
    .executeTakeFirst()
  if (pending === undefined) throw notFound('factor')
  await countTry(hub, place)
  if (!(await useStep(hub, pending, code.trim().replaceAll(/\s/g, '')))) throw wrongCode()
  await clearTries(hub, place)
  return hub.db.transaction().execute(async (tx) => {
    await tx
      .updateTable('factor')
      .set({ confirmed_at: hub.clock.real() })
      .where('employer_id', '=', place.employerId)
      .where('id', '=', id)
      .execute()
    return afterConfirmation(hub, tx, place, keptSession)
  })
}

/** Takes one away, and every other session with it: what was bound may be lost. @returns false where there is no such factor */
export const removeFactor = (hub: Hub, place: AccountPlace, id: string, keptSession: string): Promise<boolean> =>
  hub.db.transaction().execute(async (tx) => {
    const gone = await tx
      .deleteFrom('factor')
      .where('employer_id', '=', place.employerId)
      .where('account_id', '=', place.accountId)
      .where('id', '=', id)
      .returning('id')
      .executeTakeFirst()
    if (gone === undefined) return false
    if ((await listFactors(tx, place)).length === 0) await dropRecoveryCodes(tx, place)
    await endSessions(hub, tx, place, 'factor', { but: keptSession })
    return true
  })

/** Takes every factor of an account away and ends its sessions: for somebody who has lost them all. */
export const resetFactors = (hub: Hub, place: AccountPlace): Promise<void> =>
  hub.db.transaction().execute(async (tx) => {
    for (const table of ['factor', 'recovery_code', 'factor_ticket'] as const) {
      await tx
        .deleteFrom(table)
        .where('employer_id', '=', place.employerId)
        .where('account_id', '=', place.accountId)
        .execute()
    }
    await endSessions(hub, tx, place, 'factor')
  })
