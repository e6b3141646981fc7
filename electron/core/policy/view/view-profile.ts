import type {
  CellView,
  MatrixRole,
  MatrixRow,
  NumberView,
  ProfileSummary,
  ProfileView,
  RuleSource,
} from '../../../shared/domain/policy-views.ts'
import type { Channel } from '../../../shared/domain/vocabulary.ts'
import { channel, fieldName } from '../../../shared/domain/vocabulary.ts'
import type { CompiledProfile } from '../profile/compile-profile.ts'
import { numberAt, profileNumbers } from '../profile/profile-numbers.ts'
import type { Cell } from '../profile/profile-schema.ts'
import { cellRoles } from '../versions/strictest-of.ts'
import { viewCell } from './view-cell.ts'

/** Where a clause stands and what it asks for; of `clauses.json`. */
export type ClauseTexts = ReadonlyMap<string, { readonly clause: string; readonly behaviour: string }>

const bySource = (profile: CompiledProfile, clause: string): RuleSource =>
  profile.sourceOf(clause) === 't' ? 'text' : 'default'

function viewNumbers(profile: CompiledProfile, shipped: CompiledProfile): NumberView[] {
  return profileNumbers.flatMap((number) => {
    const own = numberAt(profile.document, number)
    if (!own) return []
    const replaced = numberAt(shipped.document, number)?.value !== own.value
    const source = replaced ? 'enterprise' : bySource(profile, own.clause)
    return [{ path: number.path.join('.'), value: own.value, unit: number.unit, clause: own.clause, source }]
  })
}

function viewGates(profile: CompiledProfile, shipped: CompiledProfile): ProfileView['gates'] {
  return Object.entries(profile.document.gates).map(([name, { by, clause }]) => {
    const { gates } = shipped.document
    const same = Object.hasOwn(gates, name) && gates[name]?.by.join() === by.join()
    return { name, by, clause, source: same ? bySource(profile, clause) : 'enterprise' }
  })
}

const isReplaced = (cell: Cell): boolean => cell[2] === 'e' || (cell[4] !== undefined && isReplaced(cell[4].else))

function countTightened(profile: CompiledProfile, shipped: CompiledProfile): number {
  const { cells } = profile.document
  const replaced = fieldName.options.flatMap((field) =>
    channel.options.flatMap((via) =>
      cellRoles.filter((role) => {
        const cell = cells[field]?.[via]?.[role]
        return cell !== undefined && isReplaced(cell)
      }),
    ),
  )
  const numbers = viewNumbers(profile, shipped).filter((number) => number.source === 'enterprise')
  return replaced.length + numbers.length
}

function rowsOf(profile: CompiledProfile, role: MatrixRole): MatrixRow[] {
  if (!profile.hasCandidates) return []
  return fieldName.options.map((field) => {
    const cells: Partial<Record<Channel, CellView>> = {}
    for (const via of channel.options) {
      const cell = viewCell(profile, role, field, via)
      if (cell !== undefined) cells[via] = cell
    }
    return { field, cells }
  })
}

const cellClauses = (cell: CellView): string[] => [cell.clause, ...(cell.otherwise ? cellClauses(cell.otherwise) : [])]

/** What a reader has to know of the text itself: older than the law, or resting on silence that is not followed (WZ-01). */
const textFlags = ({ document: { policy } }: CompiledProfile): string[] => [
  ...(policy.pre_pipl === true ? ['pre_pipl'] : []),
  ...(policy.implied_consent === 'refused' ? ['implied_consent_refused'] : []),
]

/** What a list of profiles says of each. `shipped` is the profile that came with the program. */
export function summariseProfile(profile: CompiledProfile, shipped: CompiledProfile): ProfileSummary {
  const { policy } = profile.document
  return {
    platform: profile.id,
    version: policy.version,
    revision: profile.revision,
    ...(policy.updated === undefined ? {} : { updated: policy.updated }),
    ...(policy.effective === undefined ? {} : { effective: policy.effective }),
    candidates: profile.hasCandidates,
    tightened: countTightened(profile, shipped),
  }
}

/**
 * A profile as the matrix that it is for one role, with its numbers, gates and lists, and with every clause that any of them
 * names. An admin's column is what a card shows without a reason (D17); an officer's shows nothing. Channels by which this
 * role has no cell at all are left out. Pure.
 */
export function viewProfile(
  profile: CompiledProfile,
  shipped: CompiledProfile,
  role: MatrixRole,
  clauses: ClauseTexts,
): ProfileView {
  const { first_stage: first, sealed, policy, requests, candidate_flags: flags } = profile.document
  const rows = rowsOf(profile, role)
  const numbers = viewNumbers(profile, shipped)
  const gates = viewGates(profile, shipped)
  const named = new Set([
    ...rows.flatMap((row) => Object.values(row.cells).flatMap(cellClauses)),
    ...[...numbers, ...gates].map((one) => one.clause),
    ...[first.clause, sealed.clause, policy.clause, requests.complaint.clause],
  ])
  const texts = [...named].sort().flatMap((id) => {
    const text = clauses.get(id)
    return text === undefined ? [] : [[id, { place: text.clause, behaviour: text.behaviour }] as const]
  })
  return {
    ...summariseProfile(profile, shipped),
    role,
    channels: channel.options.filter((via) => rows.some((row) => row.cells[via] !== undefined)),
    rows,
    numbers,
    gates,
    first_stage: { hidden: [...first.hidden], banded: [...first.banded], clause: first.clause },
    sealed: { fields: [...sealed.fields], clause: sealed.clause },
    silent: [...(policy.silent ?? [])],
    flags: [...(flags ?? []), ...textFlags(profile)],
    complaint: requests.complaint,
    clauses: Object.fromEntries(texts),
  }
}
