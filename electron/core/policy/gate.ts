import type { PolicyLift, PolicyRule } from '../../shared/domain/policy-codes.ts'
import type { ErrorCode } from '../../shared/ipc/ipc-error.ts'
import { accountGate } from './account-gate.ts'
import type { ChannelEvidence, PolicyRequest, Refusal } from './policy-request.ts'

/**
 * What stands in the way of a whole record, and the evidence that still counts. Only a record that waits for its age to be
 * confirmed has both: it is listed, not opened (D15).
 */
export type Gate = { readonly refusal: Refusal | null; readonly usable: readonly ChannelEvidence[] }

function refuse(request: PolicyRequest, code: ErrorCode, rule: PolicyRule, lift: PolicyLift | null): Gate {
  return { refusal: { ok: false, code, rule, clause: request.profile.clauseOf(rule), lift }, usable: [] }
}

/** A value told in a chat says nothing about the record that it was told for, so it cannot open one by itself (ZP-28). */
const isEmpty = (evidence: readonly ChannelEvidence[]): boolean => evidence.every(({ only }) => only !== undefined)

/** Who is looking, and whether anything is there to look at. */
function gateOfViewer(request: PolicyRequest): Gate | null {
  const { profile, role } = request
  const account = accountGate(request.gates, role, request.lease.now)
  if (account) return refuse(request, account.code, account.rule, account.lift)
  if (!profile.hasCandidates) return refuse(request, 'E_CHANNEL', 'NO_CANDIDATES_HERE', null)
  if (role === 'officer') return refuse(request, 'E_ROLE', 'OFFICER_BY_REQUEST', 'REQUEST_CASE')
  // Before anything else of the record: whoever was not asked to look learns nothing of it, not even that it is locked.
  if (role === 'interviewer' && request.assigned !== true)
    return refuse(request, 'E_PURPOSE', 'NOT_ASSIGNED', 'ASSIGNMENT')
  if (request.life === 'locked') return refuse(request, 'E_LOCKED', 'LOCKED', null)
  if (request.settings.restricted === true) return refuse(request, 'E_LOCKED', 'RESTRICTED', 'CANDIDATE_ALLOWS')
  if (request.overseas) {
    const { consent, fields } = request.overseas
    if (!profile.overseasByConsent) return refuse(request, 'E_REGION', 'OVERSEAS', null)
    if (fields === null) return refuse(request, 'E_REGION', 'OVERSEAS', 'CROSS_BORDER_RECORD')
    if (!consent) return refuse(request, 'E_REGION', 'OVERSEAS', 'CROSS_BORDER_CONSENT')
  }
  if (!request.jobMatches) return refuse(request, 'E_PURPOSE', 'OTHER_PURPOSE', 'NEW_PURPOSE')
  return null
}

/** The minors' gate for a known age, which beats any confirmation (ZP-04, WZ-39, MM-47). */
function gateOfAge(request: PolicyRequest): Gate | null {
  const { profile, age } = request
  if (age.months === null) return null
  if (age.months < profile.minAgeMonths) return refuse(request, 'E_MINOR', 'UNDER_AGE', null)
  const answersForSelf = profile.selfSupportingCounts && age.selfSupporting === true
  if (age.months < profile.guardianUntilMonths && age.guardianConsent !== true && !answersForSelf)
    return refuse(request, 'E_MINOR', 'GUARDIAN_MISSING', 'GUARDIAN_CONSENT')
  return null
}

/** Whoever may keep has a lease (D3); who may only look needs the hub itself (ZP-22). */
function gateOfLease(request: PolicyRequest): Gate | null {
  const { profile, lease, role } = request
  if (lease.origin === 'local') return null
  const away = lease.lastSyncAt === null ? Infinity : lease.now - lease.lastSyncAt
  if (role === 'headhunter') return away <= profile.onlineMs ? null : refuse(request, 'E_LEASE', 'HUB_NEEDED', 'SYNC')
  return away <= profile.leaseMs ? null : refuse(request, 'E_LEASE', 'LEASE_OVER', 'SYNC')
}

/**
 * Evidence that counts for this viewer and this job: what a delivery brought is for its own job where the profile says so
 * (MM-28), and what the enterprise bought ends with its service (LG-09, WZ-12). A refusal when nothing is left.
 */
function usableFor(request: PolicyRequest, evidence: readonly ChannelEvidence[]): Gate {
  const { profile } = request
  let usable = evidence
  if (profile.deliveryByJob) {
    usable = usable.filter(({ channel, otherJob }) => otherJob !== true || !profile.deliveredChannels.has(channel))
    if (isEmpty(usable)) return refuse(request, 'E_PURPOSE', 'NOT_JOB_MEMBER', 'JOB_MEMBERSHIP')
  }
  if (profile.needsEntitlement && !request.entitled) {
    usable = usable.filter(({ channel }) => profile.deliveredChannels.has(channel))
    if (isEmpty(usable)) return refuse(request, 'E_CHANNEL', 'ENTITLEMENT_OVER', 'RENEW_ENTITLEMENT')
  }
  return { refusal: null, usable }
}

/**
 * Checks a record before any of its fields: viewer, life, purpose, age, the candidate's visibility settings, the lease
 * (D3) and the age of cards (D2). Hiding and blocking take away every channel but a delivery (ZP-14, ZP-33); an old card
 * takes away the card's channels only.
 */
export function gateOf(request: PolicyRequest): Gate {
  const closed = gateOfViewer(request)
  if (closed) return closed
  const { profile, settings, role, cardAge } = request
  if (isEmpty(request.channels)) return refuse(request, 'E_CHANNEL', 'NO_EVIDENCE', null)
  if (role === 'headhunter' && settings.visibility === 'hidden_from_headhunters')
    return refuse(request, 'E_HIDDEN', 'HIDDEN_FROM_HEADHUNTERS', 'CANDIDATE_ALLOWS')
  if (role === 'headhunter' && settings.visibility === 'none')
    return refuse(request, 'E_HIDDEN', 'HIDDEN_BY_CANDIDATE', 'CANDIDATE_ALLOWS')

  let usable = request.channels
  if (settings.blocked || settings.visibility === 'none') {
    usable = usable.filter(({ channel }) => profile.deliveredChannels.has(channel))
    if (isEmpty(usable)) {
      const rule = settings.blocked ? 'BLOCKED_EMPLOYER' : 'HIDDEN_BY_CANDIDATE'
      return refuse(request, 'E_HIDDEN', rule, 'CANDIDATE_ALLOWS')
    }
  }

  const own = usableFor(request, usable)
  if (own.refusal) return own
  usable = own.usable
  const refused = gateOfAge(request) ?? gateOfLease(request)
  if (refused) return refused
  if (cardAge === null || cardAge > profile.cardMs) {
    usable = usable.filter(({ channel }) => !profile.cardChannels.has(channel))
    if (isEmpty(usable)) return refuse(request, 'E_LEASE', 'CARD_STALE', 'REFRESH')
  }
  const { refusal } =
    request.age.months === null && !request.age.confirmed
      ? refuse(request, 'E_MINOR', 'AGE_UNKNOWN', 'CONFIRM_AGE')
      : { refusal: null }
  return { refusal, usable }
}
