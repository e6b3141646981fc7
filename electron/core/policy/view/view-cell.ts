import { assertNever } from '../../../shared/assert-never.ts'
import type { PolicyLift } from '../../../shared/domain/policy-codes.ts'
import type { CellView, MatrixRole, RuleSource } from '../../../shared/domain/policy-views.ts'
import type { Channel, FieldName } from '../../../shared/domain/vocabulary.ts'
import type { CompiledCell, CompiledProfile } from '../profile/compile-profile.ts'
import { permissiveness } from '../permissiveness.ts'
import type { Source } from '../policy-request.ts'

/** The word of the window for a source of a cell. */
export function ruleSourceOf(source: Source): RuleSource {
  switch (source) {
    case 't':
      return 'text'
    case 'd':
      return 'default'
    case 'e':
      return 'enterprise'
    default:
      return assertNever(source)
  }
}

function stated({ decision, condition, otherwise }: CompiledCell): CellView {
  const own = { ...decision, source: ruleSourceOf(decision.source) }
  return condition && otherwise ? { ...own, condition, otherwise: stated(otherwise) } : own
}

const sameShown = (a: CellView, b: CellView): boolean =>
  a.state === b.state && a.form === b.form && a.condition === undefined && b.condition === undefined

/** No more than a card shows; a condition that then decides nothing goes. */
function capped(cell: CellView, cap: CellView): CellView {
  const { otherwise, condition, ...own } = cell
  const shown = permissiveness(own.state, own.form) > permissiveness(cap.state, cap.form) ? cap : own
  if (otherwise === undefined || condition === undefined) return shown
  const rest = capped(otherwise, cap)
  return sameShown(shown, rest) ? shown : { ...shown, condition, otherwise: rest }
}

function cellsOf(profile: CompiledProfile, role: MatrixRole): 'hr' | 'headhunter' {
  if (role === 'headhunter' || role === 'hr') return role
  return role === 'interviewer' ? profile.interviewerCellsAs : profile.adminCellsAs
}

/**
 * One cell of a matrix; undefined where the profile states none for this role and channel. An admin has what a card shows
 * (D17), an interviewer what is theirs to see of an application that they were asked to look at, an officer nothing but by request, both wherever the role through whose cells admins look has a cell. Pure.
 */
export function viewCell(
  profile: CompiledProfile,
  role: MatrixRole,
  field: FieldName,
  via: Channel,
): CellView | undefined {
  const cells = cellsOf(profile, role)
  if (profile.document.cells[field]?.[via]?.[cells] === undefined) return undefined
  const cell = profile.cells[cells][field][via]
  const byRule = (rule: 'ADMIN_CARD_ONLY' | 'INTERVIEWER_LIMIT' | 'OFFICER_BY_REQUEST', lift: PolicyLift | null) => {
    const clause = profile.clauseOf(rule)
    return { rule, lift, clause, source: ruleSourceOf(profile.sourceOf(clause)) }
  }
  switch (role) {
    case 'hr':
    case 'headhunter':
      return stated(cell)
    case 'admin': {
      const card = profile.adminCard.get(field) ?? { state: 'absent', form: 'full' }
      return capped(stated(cell), { ...card, ...byRule('ADMIN_CARD_ONLY', 'STATE_REASON') })
    }
    case 'interviewer': {
      const card = profile.interviewerCard.get(field) ?? { state: 'absent', form: 'full' }
      return capped(stated(cell), { ...card, ...byRule('INTERVIEWER_LIMIT', null) })
    }
    case 'officer':
      return { state: 'absent', form: 'full', ...byRule('OFFICER_BY_REQUEST', 'REQUEST_CASE') }
    default:
      return assertNever(role)
  }
}
