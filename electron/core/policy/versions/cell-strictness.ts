import type { FieldName } from '../../../shared/domain/vocabulary.ts'
import { permissiveness } from '../permissiveness.ts'
import type { Source } from '../policy-request.ts'
import type { Cell, CellCondition } from '../profile/profile-schema.ts'
import { cellCondition } from '../profile/profile-schema.ts'

/** What a cell shows in one situation: state, form, source, clause. */
export type Shown = readonly [state: Cell[0], form: Cell[1], source: Source, clause: string]

/** How one thing stands to another. `apart`: neither is as strict as the other wherever they may be looked at. */
export type Strictness = 'equal' | 'stricter' | 'looser' | 'apart'

const formless: ReadonlySet<Cell[0]> = new Set<Cell[0]>(['absent', 'alias', 'masked', 'VN'])

/**
 * A virtual number vanishes when a person is not to be called (MM-17) or the platform has none for them (MM-26); some digits
 * of the real one would stay. So neither stands for the other.
 */
const virtualAgainstDigits = (a: Shown, b: Shown): boolean => a[0] === 'VN' && (b[0] === 'alias' || b[0] === 'masked')

/** How what `a` shows of a field stands to what `b` shows: first the ladder of states, then the part against the whole. */
export function compareShown(field: FieldName, a: Shown, b: Shown): Strictness {
  if (field === 'phone' && (virtualAgainstDigits(a, b) || virtualAgainstDigits(b, a))) return 'apart'
  const difference = permissiveness(a[0], a[1]) - permissiveness(b[0], b[1])
  if (difference !== 0) return difference < 0 ? 'stricter' : 'looser'
  if (a[1] === b[1] || formless.has(a[0])) return 'equal'
  if (a[1] === 'full') return 'looser'
  return b[1] === 'full' ? 'stricter' : 'apart'
}

type Situation = ReadonlySet<CellCondition>

/** Every combination of what a cell may depend on. */
const situations: readonly Situation[] = cellCondition.options.reduce<Situation[]>(
  (all, condition) => [...all, ...all.map((one) => new Set([...one, condition]))],
  [new Set()],
)

function shownIn(cell: Cell, situation: Situation): Shown {
  let at: Cell = cell
  while (at[4] && !situation.has(at[4].if)) at = at[4].else
  return [at[0], at[1], at[2], at[3]]
}

/**
 * How a cell stands to another over all situations. `looser` as soon as it shows more, or something else, in any of them;
 * so two cells can each be looser than the other.
 */
export function compareCells(field: FieldName, cell: Cell, to: Cell): 'equal' | 'stricter' | 'looser' {
  const found = new Set(situations.map((one) => compareShown(field, shownIn(cell, one), shownIn(to, one))))
  if (found.has('looser') || found.has('apart')) return 'looser'
  return found.has('stricter') ? 'stricter' : 'equal'
}

const fromOther = ([state, form, , clause]: Shown): Shown => [state, form, 'e', clause]

function least(field: FieldName, all: readonly Shown[]): Shown {
  return all.reduce((a, b) => {
    const order = compareShown(field, a, b)
    if (order === 'apart') return ['absent', 'full', 'e', b[3]]
    return order === 'looser' ? b : a
  })
}

/**
 * The stricter of two cells in every situation; never more than either shows. `current` itself when it is nowhere looser.
 * Otherwise each condition gives what both give whatever else holds, and without any of them the least of all remains;
 * what only two conditions together would allow is left away, because a cell has no word for it.
 */
export function strictestCell(field: FieldName, current: Cell, other: Cell): Cell {
  if (compareCells(field, current, other) !== 'looser') return current
  const leastOf = (among: readonly Situation[]): Shown =>
    least(field, [...among.map((one) => shownIn(current, one)), ...among.map((one) => fromOther(shownIn(other, one)))])
  const rank = ([state, form]: Shown): number => permissiveness(state, form)
  const always = leastOf(situations)
  const conditioned = cellCondition.options
    .map((condition) => ({ condition, shown: leastOf(situations.filter((one) => one.has(condition))) }))
    .filter(({ shown }) => rank(shown) > rank(always))
    .sort((a, b) => rank(a.shown) - rank(b.shown))
  return conditioned.reduce<Cell>(
    (rest, { condition, shown }) => [...shown, { if: condition, else: rest }],
    [...always],
  )
}
