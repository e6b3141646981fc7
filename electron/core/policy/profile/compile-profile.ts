import { createHash } from 'node:crypto'
import canonicalize from 'canonicalize'
import type { PolicyLift, PolicyRule } from '../../../shared/domain/policy-codes.ts'
import { policyRules } from '../../../shared/domain/policy-codes.ts'
import type { Channel, FieldName, Platform } from '../../../shared/domain/vocabulary.ts'
import { channel, fieldName } from '../../../shared/domain/vocabulary.ts'
import { permissiveness } from '../permissiveness.ts'
import type { Decision, Source } from '../policy-request.ts'
import type { Cell, CellCondition, Profile } from './profile-schema.ts'

/** A cell ready to be handed out: its decision is shared and frozen. */
export type CompiledCell = {
  readonly decision: Decision
  readonly rank: number
  readonly condition: CellCondition | null
  readonly otherwise: CompiledCell | null
}

type CellRole = 'hr' | 'headhunter'
type CellTable = Readonly<Record<FieldName, Readonly<Record<Channel, CompiledCell>>>>

/** A profile ready for decisions. */
export type CompiledProfile = {
  readonly id: Platform
  /** Names exactly this document: 12 hex digits of its hash. A record keeps the one that it came under (ZP-01). */
  readonly revision: string
  /** The whole document: deadlines, gates and flags, each with its clause. */
  readonly document: Profile
  readonly hasCandidates: boolean
  readonly cells: Readonly<Record<CellRole, CellTable>>
  /** What a missing cell is (D1). */
  readonly unstated: CompiledCell
  /** Through whose cells an admin with a basis looks (D17). */
  readonly adminCellsAs: CellRole
  /** What an admin without a reason sees at most (D17); a field that is not named is absent. */
  readonly adminCard: ReadonlyMap<FieldName, Pick<Decision, 'state' | 'form'>>
  /** Through whose cells an interviewer looks, and the most that they show; a field that is not named is absent. */
  readonly interviewerCellsAs: CellRole
  readonly interviewerCard: ReadonlyMap<FieldName, Pick<Decision, 'state' | 'form'>>
  readonly cardChannels: ReadonlySet<Channel>
  readonly deliveredChannels: ReadonlySet<Channel>
  readonly firstStages: ReadonlySet<string>
  readonly hiddenFirst: ReadonlySet<FieldName>
  readonly bandedFirst: ReadonlySet<FieldName>
  /** Fields in the second layer, with a permission of their own (ZP-05). */
  readonly sealed: ReadonlySet<FieldName>
  readonly cardMs: number
  readonly leaseMs: number
  /** How long somebody who may only look goes on without a good sync (ZP-22). */
  readonly onlineMs: number
  /** What a delivery brought is for the job delivered to (MM-28). */
  readonly deliveryByJob: boolean
  /** Searching, downloading and storing are bought (LG-09, WZ-12). */
  readonly needsEntitlement: boolean
  readonly insightsMs: number
  readonly minAgeMonths: number
  readonly guardianUntilMonths: number
  readonly selfSupportingCounts: boolean
  readonly overseasByConsent: boolean
  /** The clause that stands behind a rule of the program itself. */
  readonly clauseOf: (rule: PolicyRule) => string
  /** Whether a clause stands in this platform's own text. */
  readonly sourceOf: (clause: string) => Source
}

const minute = 60_000
const hour = 60 * minute

const conditionRule: Readonly<Record<CellCondition, PolicyRule>> = {
  told: 'NOT_TOLD',
  public: 'NOT_PUBLIC',
  calls: 'CALLS_NOT_ALLOWED',
  attached: 'NO_ATTACHMENT',
}

const conditionLift: Readonly<Record<CellCondition, PolicyLift>> = {
  told: 'TOLD',
  public: 'MADE_PUBLIC',
  calls: 'ALLOW_CALLS',
  attached: 'ATTACHMENT_SENT',
}

const unstatedCell = (profile: Profile): Cell => ['absent', 'full', 'd', profile.visibility.clause]

function cellAt(profile: Profile, field: FieldName, via: Channel, role: CellRole): Cell {
  return profile.cells[field]?.[via]?.[role] ?? unstatedCell(profile)
}

const rankOf = (cell: Cell): number => permissiveness(cell[0], cell[1])

function ruleOf(cell: Cell, unmet: CellCondition | null, headhunterOnly: boolean, unstated: string): PolicyRule {
  const [state, form, source, clause] = cell
  if (source === 'e' && !['see', 'reveal', 'approval'].includes(state)) return 'ENTERPRISE_RULE'
  switch (state) {
    case 'absent':
      if (unmet) return conditionRule[unmet]
      if (clause === unstated) return 'UNSTATED'
      return headhunterOnly ? 'HEADHUNTER_LIMIT' : 'NOT_DISCLOSED'
    case 'alias':
      return 'ALIAS_ONLY'
    case 'masked':
      return 'MASKED_ONLY'
    case 'VN':
      return 'VIRTUAL_NUMBER'
    case 'approval':
      return 'NEEDS_APPROVAL'
    case 'reveal':
      return form === 'redacted' ? 'VIEWER_REVEAL' : 'REVEAL_LOGGED'
    case 'see':
      if (form === 'age_band') return 'AGE_BAND_ONLY'
      if (form === 'city') return 'CITY_ONLY'
      return form === 'redacted' ? 'VIEWER_REDACTED' : 'SHOWN'
  }
}

/** What would show more than this cell does: the same field by another way, if the profile has one. */
function liftOf(
  profile: Profile,
  field: FieldName,
  role: CellRole,
  cell: Cell,
  unmet: CellCondition | null,
): PolicyLift | null {
  if (cell[0] === 'reveal') return 'REVEAL'
  if (cell[0] === 'approval') return 'APPROVAL'
  if (cell[2] === 'e') return 'ENTERPRISE_LIFTS'
  const rank = rankOf(cell)
  const better = (via: Channel): boolean => rankOf(cellAt(profile, field, via, role)) > rank
  if (unmet === 'told') return better('delivered') ? 'DELIVERY_OR_TOLD' : 'TOLD'
  if (unmet) return conditionLift[unmet]
  if (better('delivered')) {
    const told = cellAt(profile, field, 'exchanged', role)[4]?.if === 'told' && better('exchanged')
    return told ? 'DELIVERY_OR_TOLD' : 'DELIVERY'
  }
  return null
}

function compileCell(
  profile: Profile,
  field: FieldName,
  role: CellRole,
  cell: Cell,
  unmet: CellCondition | null,
): CompiledCell {
  const [state, form, source, clause, condition] = cell
  const headhunterOnly =
    role === 'headhunter' && channel.options.some((via) => rankOf(cellAt(profile, field, via, 'hr')) > rankOf(cell))
  const lift = liftOf(profile, field, role, cell, unmet)
  const rule = ruleOf(cell, unmet, headhunterOnly && lift === null, profile.visibility.clause)
  return {
    decision: Object.freeze({ state, form, rule, clause, source, lift }),
    rank: rankOf(cell),
    condition: condition?.if ?? null,
    otherwise: condition ? compileCell(profile, field, role, condition.else, condition.if) : null,
  }
}

function compileTable(profile: Profile, role: CellRole): CellTable {
  const row = (field: FieldName) =>
    Object.fromEntries(
      channel.options.map((via) => [via, compileCell(profile, field, role, cellAt(profile, field, via, role), null)]),
    ) as Record<Channel, CompiledCell>
  return Object.fromEntries(fieldName.options.map((field) => [field, row(field)])) as Record<
    FieldName,
    Record<Channel, CompiledCell>
  >
}

const cardOf = (cards: Profile['roles']['admin']['cards']): ReadonlyMap<FieldName, Pick<Decision, 'state' | 'form'>> =>
  new Map(
    fieldName.options.flatMap((field) => {
      const cap = cards[field]
      return cap ? [[field, { state: cap[0], form: cap[1] }] as const] : []
    }),
  )

/** 12 hex digits of SHA-256 over the document as canonical JSON (RFC 8785). */
export const revisionOf = (profile: Profile): string =>
  createHash('sha256')
    .update(canonicalize(profile) ?? '')
    .digest('hex')
    .slice(0, 12)

/** Turns a checked profile into lookup tables, so that a decision only looks things up. */
export function compileProfile(profile: Profile): CompiledProfile {
  const ownText = `${profile.policy.clause.split('-')[0]}-`
  const clauses = new Map(policyRules.map((rule) => [rule, profile.clauses[rule] ?? profile.visibility.clause]))
  return {
    id: profile.id,
    revision: revisionOf(profile),
    document: profile,
    hasCandidates: profile.candidate_type.kind === 'candidate',
    cells: { hr: compileTable(profile, 'hr'), headhunter: compileTable(profile, 'headhunter') },
    unstated: compileCell(profile, 'id_number', 'hr', unstatedCell(profile), null),
    adminCellsAs: profile.roles.admin.cells_as,
    adminCard: cardOf(profile.roles.admin.cards),
    interviewerCellsAs: profile.roles.interviewer?.cells_as ?? 'hr',
    interviewerCard: cardOf(profile.roles.interviewer?.cards ?? {}),
    cardChannels: new Set(profile.cache.card_channels),
    deliveredChannels: new Set(profile.delivered_channels),
    firstStages: new Set(profile.first_stage.stages),
    hiddenFirst: new Set(profile.first_stage.hidden),
    bandedFirst: new Set(profile.first_stage.banded),
    cardMs: profile.cache.card_hours.value * hour,
    leaseMs: profile.lease.offline_hours.value * hour,
    onlineMs: profile.lease.headhunter_minutes.value * minute,
    sealed: new Set(profile.sealed.fields),
    deliveryByJob: profile.delivery?.scope === 'job',
    needsEntitlement: profile.entitlement !== undefined,
    insightsMs: profile.insights.ttl_hours.value * hour,
    minAgeMonths: profile.minors.min_age.value * 12,
    guardianUntilMonths: profile.minors.guardian_until.value * 12,
    selfSupportingCounts: profile.minors.exception === 'self_supporting',
    overseasByConsent: profile.region.overseas_view === 'record_and_consent',
    clauseOf: (rule) => clauses.get(rule) ?? profile.visibility.clause,
    sourceOf: (clause) => (clause.startsWith(ownText) ? 't' : 'd'),
  }
}
