import type { PolicyLift, PolicyRule } from '../../shared/domain/policy-codes.ts'
import type { Role } from '../../shared/domain/vocabulary.ts'
import type { ErrorCode } from '../../shared/ipc/ipc-error.ts'
import type { AccountGates } from './policy-request.ts'

/** What keeps an account from every candidate, before any of them is looked at. */
export type ClosedGate = { readonly code: ErrorCode; readonly rule: PolicyRule; readonly lift: PolicyLift | null }

/** Nothing in the way: for what is decided by other things alone. */
export const openGates: AccountGates = {
  realName: true,
  employment: true,
  restricted: false,
  officerNamed: true,
  confidentiality: true,
  rulesAccepted: true,
  caller: true,
  licenceUntil: Number.MAX_SAFE_INTEGER,
}

const closed = (code: ErrorCode, rule: PolicyRule, lift: PolicyLift | null): ClosedGate => ({ code, rule, lift })

/**
 * The first gate that an account does not pass, or null. Acceptance and confidentiality are the person's own to give; the
 * others are the platform's or an administrator's. Pure.
 */
export function accountGate(gates: AccountGates, role: Role, now: number): ClosedGate | null {
  if (role === 'visitor') return closed('E_ROLE', 'VISITOR', 'SIGN_IN')
  if (!gates.rulesAccepted) return closed('E_CONSENT', 'RULES_NOT_ACCEPTED', 'ACCEPT_RULES')
  if (!gates.confidentiality) return closed('E_CONSENT', 'CONFIDENTIALITY_MISSING', 'SIGN_CONFIDENTIALITY')
  if (gates.restricted) return closed('E_UNVERIFIED', 'ACCOUNT_RESTRICTED', 'PLATFORM_LIFTS')
  if (!gates.realName) return closed('E_UNVERIFIED', 'REAL_NAME_MISSING', 'VERIFY_ACCOUNT')
  if (!gates.employment) return closed('E_UNVERIFIED', 'EMPLOYMENT_MISSING', 'VERIFY_ACCOUNT')
  if (!gates.officerNamed) return closed('E_UNVERIFIED', 'OFFICER_MISSING', 'NAME_OFFICER')
  if (role === 'headhunter' && gates.licenceUntil === null)
    return closed('E_UNVERIFIED', 'LICENCE_MISSING', 'RENEW_LICENCE')
  if (role === 'headhunter' && gates.licenceUntil !== null && gates.licenceUntil <= now)
    return closed('E_UNVERIFIED', 'LICENCE_OVER', 'RENEW_LICENCE')
  if (role === 'unverified') return closed('E_UNVERIFIED', 'UNVERIFIED', 'VERIFY_ACCOUNT')
  return null
}
