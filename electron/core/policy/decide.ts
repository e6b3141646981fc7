import type { PolicyLift, PolicyRule } from '../../shared/domain/policy-codes.ts'
import { assertNever } from '../../shared/assert-never.ts'
import type { DisplayState, FieldName, Form } from '../../shared/domain/vocabulary.ts'
import type { CompiledCell, CompiledProfile } from './profile/compile-profile.ts'
import { gateOf } from './gate.ts'
import { permissiveness } from './permissiveness.ts'
import type { ChannelEvidence, Decision, FieldRequest } from './policy-request.ts'

type Limit = {
  readonly state: DisplayState
  readonly form: Form
  readonly rule: PolicyRule
  readonly lift: PolicyLift | null
}

const absent = (rule: PolicyRule, lift: PolicyLift | null): Limit => ({ state: 'absent', form: 'full', rule, lift })

function limited(profile: CompiledProfile, { state, form, rule, lift }: Limit): Decision {
  const clause = profile.clauseOf(rule)
  return { state, form, rule, clause, source: profile.sourceOf(clause), lift }
}

function holds(cell: CompiledCell, evidence: ChannelEvidence, request: FieldRequest): boolean {
  switch (cell.condition) {
    case null:
      return true
    case 'told':
      return evidence.disclosed?.includes(request.field) === true
    case 'public':
      return request.settings.publicFields.includes(request.field)
    case 'calls':
      return request.settings.allowCall
    case 'attached':
      return evidence.attachment === 'present'
    default:
      return assertNever(cell.condition)
  }
}

function cellRoleOf({ role, profile }: FieldRequest): 'hr' | 'headhunter' {
  if (role === 'hr' || role === 'headhunter') return role
  return role === 'interviewer' ? profile.interviewerCellsAs : profile.adminCellsAs
}

/** A virtual number that cannot be dialled now is worth no more than nothing, so digits of another channel go before it. */
function worthOf(cell: CompiledCell, { field, settings }: FieldRequest): number {
  const dialled = settings.virtualNumber && !settings.doNotContact
  return cell.decision.state === 'VN' && field === 'phone' && !dialled ? 0.5 : cell.rank
}

/** The most permissive platform cell among the channels that have evidence. */
function bestCell(request: FieldRequest, usable: readonly ChannelEvidence[]): CompiledCell {
  const { profile, field } = request
  const row = profile.cells[cellRoleOf(request)][field]
  let best: CompiledCell | null = null
  for (const evidence of usable) {
    if (evidence.only !== undefined && !evidence.only.includes(field)) continue
    let cell: CompiledCell | null = row[evidence.channel]
    while (cell?.otherwise && !holds(cell, evidence, request)) cell = cell.otherwise
    if (cell && (best === null || worthOf(cell, request) > worthOf(best, request))) best = cell
  }
  return best ?? profile.unstated
}

/** Limits that only ever tighten: the admin's and the interviewer's card, the first stage, the candidate's settings. */
function limitsOf(request: FieldRequest, cell: CompiledCell): Limit[] {
  const { profile, field, settings, role, stage } = request
  const limits: Limit[] = []
  if (role === 'admin' && request.adminBasis === undefined) {
    const card = profile.adminCard.get(field)
    limits.push(
      card ? { ...card, rule: 'ADMIN_CARD_ONLY', lift: 'STATE_REASON' } : absent('ADMIN_CARD_ONLY', 'STATE_REASON'),
    )
  }
  // What the enterprise's record does not name stays in the country (ZP-102).
  if (request.overseas?.fields?.includes(field) === false) limits.push(absent('OVERSEAS', 'CROSS_BORDER_RECORD'))
  if (role === 'interviewer') {
    const card = profile.interviewerCard.get(field)
    limits.push(card ? { ...card, rule: 'INTERVIEWER_LIMIT', lift: null } : absent('INTERVIEWER_LIMIT', null))
  }
  if (stage === null || profile.firstStages.has(stage)) {
    if (profile.hiddenFirst.has(field)) limits.push(absent('FIRST_STAGE', 'LATER_STAGE'))
    if (profile.bandedFirst.has(field))
      limits.push({ state: 'see', form: 'age_band', rule: 'FIRST_STAGE_BAND', lift: 'LATER_STAGE' })
  }
  if (profile.sealed.has(field)) {
    if (!request.permissions.sealed_fields)
      limits.push({ state: 'masked', form: 'full', rule: 'SEALED_NOT_ALLOWED', lift: 'ALLOW_SEALED' })
    // Each opening of the second layer has its reason, so nothing in it is simply seen (ZP-05).
    limits.push({ state: 'reveal', form: 'full', rule: 'REVEAL_LOGGED', lift: 'REVEAL' })
  }
  if (field === 'insights') {
    if (settings.insightsOptOut) limits.push(absent('INSIGHTS_OFF', 'CANDIDATE_ALLOWS'))
    else if (!request.permissions.insights) limits.push(absent('INSIGHTS_NOT_ALLOWED', 'ALLOW_INSIGHTS'))
    else if (request.insightsAge === null || request.insightsAge > profile.insightsMs)
      limits.push(absent('INSIGHTS_STALE', 'REFRESH'))
  }
  if (field === 'phone') {
    const virtual = cell.decision.state === 'VN'
    if (settings.doNotContact)
      limits.push(
        virtual
          ? absent('DO_NOT_CONTACT', 'CANDIDATE_ALLOWS')
          : { state: 'masked', form: 'full', rule: 'DO_NOT_CONTACT', lift: 'CANDIDATE_ALLOWS' },
      )
    if (virtual && !settings.virtualNumber) limits.push(absent('NO_VIRTUAL_NUMBER', null))
  }
  return limits
}

/**
 * What one field looks like to one viewer now: the most permissive platform cell among the channels with evidence, then
 * the strictest of role, settings, life, lease, age and stage (`clauses.md`, "Effective state"). Pure; safe without
 * `admit`: a refused record has every field absent, but for the alias in the list of a person whose age waits to be
 * confirmed (D15).
 */
export function decide(request: FieldRequest): Decision {
  const { profile } = request
  const { refusal, usable } = gateOf(request)
  const listedOnly = refusal?.rule === 'AGE_UNKNOWN' && request.field === 'name'
  if (refusal && !listedOnly) return limited(profile, absent(refusal.rule, refusal.lift))
  const cell = bestCell(request, usable)
  const limits = limitsOf(request, cell)
  if (refusal) limits.push({ state: 'alias', form: 'alias', rule: refusal.rule, lift: refusal.lift })
  let result = cell.decision
  let rank = cell.rank
  for (const limit of limits) {
    const cap = permissiveness(limit.state, limit.form)
    if (cap >= rank) continue
    rank = cap
    result = limited(profile, limit)
  }
  if (result.state === 'approval' && request.approved?.has(request.field) === true)
    return { ...result, state: 'reveal', lift: 'REVEAL' }
  if (result.state === 'VN' && !request.gates.caller)
    return {
      ...result,
      rule: 'CALLER_UNVERIFIED',
      clause: profile.clauseOf('CALLER_UNVERIFIED'),
      lift: 'VERIFY_CALLER',
    }
  return result
}

/** Decisions of several fields of one record. */
export function decideAll(
  request: Omit<FieldRequest, 'field'>,
  fields: readonly FieldName[],
): ReadonlyMap<FieldName, Decision> {
  return new Map(fields.map((field) => [field, decide({ ...request, field })]))
}
