import type { z } from 'zod'
import type { accountPatchBody } from '../../shared/domain/sync-records.ts'
import type { Verification, VerificationPatch } from '../../shared/domain/sync-records.ts'
import type { HubTransaction } from '../db/schema.ts'
import type { Hub } from '../hub.ts'
import { isoTime } from '../hub-clock.ts'
import { HubProblem, notFound } from '../hub-problem.ts'
import { toAccountRow } from './account-row.ts'
import { endAccess, endSessions } from './end-access.ts'
import { setJobRights } from './job-rights.ts'
import { touchHeld } from './touch-held.ts'
import { requireAnotherAdmin } from './last-admin.ts'
import { putAccount } from './put-account.ts'
import { recheckMilliseconds } from './verification-at.ts'

type Patch = z.output<typeof accountPatchBody>

/** @throws HubProblem 409 `consent_missing` */
const patchVerification = (was: Verification, patch: VerificationPatch, now: number): Verification => {
  const { real_name: realName, employment, caller } = patch
  const next: Verification = { ...was, ...(caller === undefined ? {} : { caller }) }
  if (realName === null) {
    next.real_name = false
    delete next.real_name_method
  } else if (realName !== undefined) {
    if (was.consent_at === undefined && realName.consent === undefined)
      throw new HubProblem(409, 'consent_missing', 'the person has not agreed, separately, to be checked')
    next.real_name = true
    next.real_name_method = realName.method
    next.verified_at = isoTime(now)
    next.consent_at = was.consent_at ?? isoTime(now)
  }
  if (employment === null) {
    next.employment = false
    next.employment_status = 'revoked'
    delete next.employment_method
    delete next.next_check
  } else if (employment !== undefined) {
    next.employment = true
    next.employment_status = 'verified'
    next.employment_method = employment.method
    next.verified_at = isoTime(now)
    next.next_check = employment.next_check ?? isoTime(now + recheckMilliseconds)
  }
  return next
}

const mayStay = (patch: Patch): boolean =>
  (patch.role === undefined || patch.role === 'admin') && (patch.status === undefined || patch.status === 'active')

/** Who protected personal data here leaves: nobody is named any more, and candidates wait until somebody is (ZP-95). */
const releaseOfficer = async (tx: HubTransaction, employerId: string, accountId: string): Promise<void> => {
  await tx
    .updateTable('employer')
    .set({ officer_id: null, officer_named: false })
    .where('employer_id', '=', employerId)
    .where('officer_id', '=', accountId)
    .execute()
}

/**
 * What an administrator changes of an account, with all that follows from it.
 * @throws HubProblem 404, 409 `last_admin`, `consent_missing`, `revoked`
 */
export const changeAccount = async (
  hub: Hub,
  tx: HubTransaction,
  account: { readonly employerId: string; readonly accountId: string },
  patch: Patch,
  /** Nobody can be kept from cancelling their own account, the last administrator included. */
  by: 'administrator' | 'cancelled' = 'administrator',
) => {
  const { employerId, accountId } = account
  if (by === 'administrator' && !mayStay(patch)) await requireAnotherAdmin(tx, employerId, accountId)
  const was = await tx
    .selectFrom('account')
    .selectAll()
    .where('employer_id', '=', employerId)
    .where('id', '=', accountId)
    .forUpdate()
    .executeTakeFirst()
  if (was === undefined) throw notFound('account')
  // Its devices were wiped and its records go: whoever comes back is invited anew.
  if (was.status === 'revoked' && patch.status !== undefined && patch.status !== 'revoked')
    throw new HubProblem(409, 'revoked', 'a revoked account does not come back; invite the person anew')
  const now = hub.clock.now()
  const checked =
    patch.verification === undefined ? was.verification : patchVerification(was.verification, patch.verification, now)
  const updated = await tx
    .updateTable('account')
    .set((expression) => ({
      ...(patch.role === undefined ? {} : { role: patch.role }),
      ...(patch.status === undefined ? {} : { status: patch.status }),
      ...(patch.quotas === undefined ? {} : { quotas: JSON.stringify(patch.quotas) }),
      ...(patch.licence_until === undefined ? {} : { licence_until: patch.licence_until }),
      verification: JSON.stringify(checked),
      // Another role gets other records: start again.
      feed: expression('feed', '+', patch.role === undefined ? 0 : 1),
    }))
    .where('employer_id', '=', employerId)
    .where('id', '=', accountId)
    .returningAll()
    .executeTakeFirstOrThrow()
  if (patch.jobs !== undefined) {
    await setJobRights(tx, account, patch.jobs)
    await touchHeld(hub, tx, employerId, accountId)
  }
  if (updated.status === 'revoked') await endAccess(hub, tx, account)
  else if (patch.verification?.employment === null) await endSessions(hub, tx, account, 'account')
  if (updated.role !== 'officer' || updated.status !== 'active') await releaseOfficer(tx, employerId, accountId)
  const row = toAccountRow(updated)
  await putAccount(hub, tx, row, employerId)
  return row
}
