import type { AccountGates, Permissions } from '../policy/policy-request.ts'
import type { RegisteredAccount } from './account-registry.ts'

/** End of the day on which a licence ends, in China; null where the hub names no day. */
const licenceEnd = (until: string | undefined): number | null => {
  if (until === undefined) return null
  const day = /^\d{4}-\d{2}-\d{2}$/.test(until) ? `${until}T23:59:59+08:00` : until
  const at = Date.parse(day)
  return Number.isNaN(at) ? null : at
}

/**
 * What stands behind an account. A local workspace has nobody who verifies: its owner is taken at their word, and has named
 * the officer when it was made.
 */
export const gatesOf = (account: RegisteredAccount, rulesVersion: string): AccountGates => {
  const { me, local } = account
  return {
    realName: local || me?.verification.real_name === true,
    employment: local || me?.verification.employment === true,
    restricted: me?.status === 'restricted',
    officerNamed: local ? (account.officer ?? '') !== '' : me?.officer_named === true,
    confidentiality: me?.confidentiality_at !== undefined || account.accepted !== undefined,
    rulesAccepted: account.accepted?.rules === rulesVersion,
    caller: me?.verification.caller === true,
    licenceUntil: licenceEnd(me?.licence_until),
  }
}

/**
 * Insights are off until somebody switches them on (ZP-06, ZP-62). Sealed fields begin open to whoever the cell lets reveal
 * them: the permission is there to be taken away.
 */
export const permissionsOf = ({ permissions }: RegisteredAccount): Permissions => ({
  insights: permissions?.insights ?? false,
  sealed_fields: permissions?.sealed_fields ?? true,
})
