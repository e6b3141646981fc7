import type {
  CellView,
  PolicyUpdate,
  ProfileChange,
  ProfileView,
  RuleSource,
} from '../../shared/domain/policy-views.ts'
import { formatTable, formatTime } from './format-lines.ts'

const sourceLetters: Readonly<Record<RuleSource, string>> = { text: 't', default: 'd', enterprise: 'e' }

const stateCodes: Readonly<Record<CellView['state'], string>> = {
  absent: '–',
  alias: 'ali',
  masked: 'msk',
  VN: 'VN',
  approval: 'apr',
  reveal: 'rev',
  see: 'see',
}

/** A state and form as the matrices write them: `rev`, `vw+` (viewer with reveal), `band`, `city`. */
export function cellCode({ state, form }: Pick<CellView, 'state' | 'form'>): string {
  if (form === 'redacted' && state === 'see') return 'vw'
  if (form === 'redacted' && state === 'reveal') return 'vw+'
  if (form === 'age_band' && state === 'see') return 'band'
  if (form === 'city' && state === 'see') return 'city'
  return stateCodes[state]
}

/** `rev t ZP-28 if told, – d ZP-28`; a missing cell is `–`. */
export function cellText(cell: CellView | undefined): string {
  if (cell === undefined) return stateCodes.absent
  const own = `${cellCode(cell)} ${sourceLetters[cell.source]} ${cell.clause}`
  return cell.otherwise === undefined ? own : `${own} if ${cell.condition ?? ''}, ${cellText(cell.otherwise)}`
}

/** A profile for people: the matrix with one row a field, then numbers, gates and lists. */
export function profileLines(view: ProfileView): string[] {
  const heading = `${view.platform}  ${view.version}  ${view.revision}  ${view.role}`
  const matrix = formatTable([
    ['', ...view.channels],
    ...view.rows.map((row) => [row.field, ...view.channels.map((via) => cellText(row.cells[via]))]),
  ])
  const numbers = formatTable(
    view.numbers.map(({ path, value, unit, source, clause }) => [path, value, unit, sourceLetters[source], clause]),
  )
  const gates = formatTable(
    view.gates.map(({ name, by, source, clause }) => [name, by.join(', '), sourceLetters[source], clause]),
  )
  const lists = formatTable([
    ['first_stage.hidden', view.first_stage.hidden.join(', '), view.first_stage.clause],
    ['first_stage.banded', view.first_stage.banded.join(', '), view.first_stage.clause],
    ['sealed.fields', view.sealed.fields.join(', '), view.sealed.clause],
    ...(view.silent.length === 0 ? [] : [['silent', view.silent.join(', '), '']]),
    ...(view.flags.length === 0 ? [] : [['flags', view.flags.join(', '), '']]),
  ])
  const parts = view.rows.length === 0 ? [numbers, gates, lists] : [matrix, numbers, gates, lists]
  return [heading, ...parts.flatMap((part) => ['', ...part])]
}

/** One line a change: `stricter  retention.rejected_days  30 → 10  D4`. */
export const changeLines = (changes: readonly ProfileChange[]): string[] =>
  formatTable(
    changes.map(({ direction, path, before, after, clause }) => [
      direction,
      path,
      `${before ?? '–'} → ${after ?? '–'}`,
      clause,
    ]),
  )

/** An update with its changes below it. */
export const updateLines = ({
  platform,
  source,
  from_version,
  version,
  effective_at,
  in_force,
  changes,
}: PolicyUpdate) => [
  `${platform}  ${source}  ${from_version} → ${version}  ${formatTime(effective_at)}  ${in_force ? 'in force' : 'announced'}`,
  ...changeLines(changes).map((line) => `  ${line}`),
]
