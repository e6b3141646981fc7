import type { FactorMethod } from '../../shared/domain/sync-records.ts'
import type { Hub } from '../hub.ts'
import { HubProblem } from '../hub-problem.ts'
import { unseal } from '../keys/seal.ts'
import { clearTries, countTry } from './code-tries.ts'
import { listFactors, type AccountPlace } from './factor-policy.ts'
import { useRecoveryCode } from './recovery-codes.ts'
import { matchStep } from './totp.ts'

/** Where the sealed secret of a factor belongs: it opens nowhere else. */
export const secretPlace = (employerId: string, id: string): string => `${employerId}|${id}|totp`

type SealedFactor = {
  readonly employer_id: string
  readonly id: string
  readonly sealed: Uint8Array | null
  readonly last_step: number
}

/** Whether the code is this factor's, and uses its step up: two requests with one code cannot both pass. */
export const useStep = async (hub: Hub, factor: SealedFactor, code: string): Promise<boolean> => {
  if (factor.sealed === null) return false
  const secret = unseal(hub.keys.wrappingKey, secretPlace(factor.employer_id, factor.id), factor.sealed)
  const now = hub.clock.real()
  const step = matchStep(secret, code, now, factor.last_step)
  if (step === undefined) return false
  const used = await hub.db
    .updateTable('factor')
    .set({ last_step: step, used_at: now })
    .where('employer_id', '=', factor.employer_id)
    .where('id', '=', factor.id)
    .where('last_step', '<', step)
    .returning('id')
    .executeTakeFirst()
  return used !== undefined
}

export const wrongCode = (): HubProblem => new HubProblem(400, 'wrong_code', 'this code is wrong or was used')

/** @throws HubProblem 400 `wrong_code`, 429 `rate_limited` */
export const checkCode = async (hub: Hub, place: AccountPlace, given: string): Promise<FactorMethod> => {
  await countTry(hub, place)
  const code = given.trim().replaceAll(/\s/g, '')
  for (const factor of await listFactors(hub.db, place)) {
    if (!(await useStep(hub, factor, code))) continue
    await clearTries(hub, place)
    return 'totp'
  }
  if (!(await useRecoveryCode(hub, place, code))) throw wrongCode()
  await clearTries(hub, place)
  return 'recovery'
}
