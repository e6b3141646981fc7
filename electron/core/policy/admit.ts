import { assertNever } from '../../shared/assert-never.ts'
import type { PolicyLift, PolicyRule } from '../../shared/domain/policy-codes.ts'
import type { ErrorCode } from '../../shared/ipc/ipc-error.ts'
import { decide } from './decide.ts'
import { gateOf } from './gate.ts'
import type { Admission, ContactWay, PolicyRequest, Refusal } from './policy-request.ts'

const admitted: Admission = { ok: true }

function refuse({ profile }: PolicyRequest, code: ErrorCode, rule: PolicyRule, lift: PolicyLift | null): Refusal {
  return { ok: false, code, rule, clause: profile.clauseOf(rule), lift }
}

/**
 * Whether the record may be opened at all; asked before any field is read or a key is fetched. A list does not open: it
 * asks `decide` for the fields of its rows. Pure.
 */
export function admit(request: PolicyRequest): Admission {
  const { refusal } = gateOf(request)
  if (refusal) return refusal
  if (request.role === 'admin' && request.adminBasis === undefined)
    return refuse(request, 'E_PURPOSE', 'ADMIN_CARD_ONLY', 'STATE_REASON')
  return admitted
}

/** A call goes by virtual number, from a verified caller, to somebody whose channel gives a ground for it. */
function mayCall(request: PolicyRequest): Admission {
  const phone = decide({ ...request, field: 'phone' })
  if (phone.state !== 'VN' && phone.state !== 'reveal') {
    const rule = phone.state === 'masked' ? 'NO_CALL_GROUND' : phone.rule
    const clause = phone.state === 'masked' ? request.profile.clauseOf(rule) : phone.clause
    return { ok: false, code: 'E_CHANNEL', rule, clause, lift: phone.lift }
  }
  if (!request.settings.virtualNumber) return refuse(request, 'E_CHANNEL', 'NO_VIRTUAL_NUMBER', null)
  if (!request.gates.caller) return refuse(request, 'E_UNVERIFIED', 'CALLER_UNVERIFIED', 'VERIFY_CALLER')
  return admitted
}

/** Whether this person may be reached this way now (ZP-17, ZP-44, MM-11, MM-12, MM-13, MM-17). Pure. */
export function mayContact(request: PolicyRequest, way: ContactWay): Admission {
  const opened = admit(request)
  if (!opened.ok) return opened
  if (request.settings.doNotContact) return refuse(request, 'E_CONSENT', 'DO_NOT_CONTACT', 'CANDIDATE_ALLOWS')
  switch (way) {
    case 'call':
      return mayCall(request)
    case 'ai':
      return request.settings.aiRefused ? refuse(request, 'E_CONSENT', 'AI_REFUSED', 'CANDIDATE_ALLOWS') : admitted
    case 'message':
      return admitted
    default:
      return assertNever(way)
  }
}
