import type { ChangeDirection, ProfileChange } from '../../../shared/domain/policy-views.ts'
import { channel, fieldName } from '../../../shared/domain/vocabulary.ts'
import { compareCells, compareShown } from './cell-strictness.ts'
import { cellCitations, cellWords, shownWord } from '../view/cell-words.ts'
import { diffSections } from './diff-sections.ts'
import { isStricter, numberAt, profileNumbers } from '../profile/profile-numbers.ts'
import type { Profile } from '../profile/profile-schema.ts'
import { cellRoles, unstatedCell } from './strictest-of.ts'

function diffCells(before: Profile, after: Profile): ProfileChange[] {
  const changes: ProfileChange[] = []
  for (const field of fieldName.options) {
    for (const via of channel.options) {
      for (const role of cellRoles) {
        const [old, next] = [before.cells[field]?.[via]?.[role], after.cells[field]?.[via]?.[role]]
        const [a, b] = [old ?? unstatedCell(before), next ?? unstatedCell(after)]
        const order = compareCells(field, b, a)
        const where = {
          part: 'cell' as const,
          path: `cells.${field}.${via}.${role}`,
          field,
          channel: via,
          role,
          clause: b[3],
        }
        if (order !== 'equal') changes.push({ ...where, before: cellWords(a), after: cellWords(b), direction: order })
        else if (old && next && cellCitations(old) !== cellCitations(next))
          changes.push({ ...where, before: cellCitations(old), after: cellCitations(next), direction: 'other' })
      }
    }
  }
  return changes
}

function diffNumbers(before: Profile, after: Profile): ProfileChange[] {
  return profileNumbers.flatMap((number): ProfileChange[] => {
    const [a, b] = [numberAt(before, number), numberAt(after, number)]
    if (!a || !b) return []
    const where = { part: 'number' as const, path: number.path.join('.'), clause: b.clause }
    if (a.value !== b.value) {
      const direction = isStricter(number, b.value, a.value) ? 'stricter' : 'looser'
      return [{ ...where, before: `${a.value}`, after: `${b.value}`, direction }]
    }
    return a.clause === b.clause ? [] : [{ ...where, before: a.clause, after: b.clause, direction: 'other' }]
  })
}

type List = {
  readonly path: string
  /** What makes the list stricter; `neither` where its length says nothing. */
  readonly stricter: 'more' | 'fewer' | 'neither'
  readonly pick: (profile: Profile) => readonly string[] | undefined
  readonly clause: (profile: Profile) => string
}

const byJob = (profile: Profile): boolean => profile.delivery?.scope === 'job'

const lists: readonly List[] = [
  {
    path: 'first_stage.stages',
    stricter: 'more',
    pick: (p) => p.first_stage.stages,
    clause: (p) => p.first_stage.clause,
  },
  {
    path: 'first_stage.hidden',
    stricter: 'more',
    pick: (p) => p.first_stage.hidden,
    clause: (p) => p.first_stage.clause,
  },
  {
    path: 'first_stage.banded',
    stricter: 'more',
    pick: (p) => p.first_stage.banded,
    clause: (p) => p.first_stage.band_clause,
  },
  { path: 'sealed.fields', stricter: 'more', pick: (p) => p.sealed.fields, clause: (p) => p.sealed.clause },
  {
    path: 'cache.card_channels',
    stricter: 'more',
    pick: (p) => p.cache.card_channels,
    clause: (p) => p.visibility.clause,
  },
  {
    path: 'delivered_channels',
    stricter: 'fewer',
    pick: (p) => p.delivered_channels,
    clause: (p) => p.visibility.clause,
  },
  { path: 'candidate_flags', stricter: 'neither', pick: (p) => p.candidate_flags, clause: (p) => p.policy.clause },
  { path: 'policy.silent', stricter: 'neither', pick: (p) => p.policy.silent, clause: (p) => p.policy.clause },
]

/** Where a delivery is for its own job, a channel more or less is looser now this way, now that (MM-28). */
function listDirection(list: List, before: Profile, after: Profile): ChangeDirection {
  const [a, b] = [list.pick(before) ?? [], list.pick(after) ?? []]
  const added = b.some((one) => !a.includes(one))
  const removed = a.some((one) => !b.includes(one))
  if (list.stricter === 'neither' || (!added && !removed)) return 'other'
  if (list.path === 'delivered_channels' && (byJob(before) || byJob(after))) return 'looser'
  return (list.stricter === 'more' ? removed : added) ? 'looser' : 'stricter'
}

function diffLists(before: Profile, after: Profile): ProfileChange[] {
  return lists.flatMap((list): ProfileChange[] => {
    const [a, b] = [list.pick(before), list.pick(after)].map((one) => one?.join(', ') ?? null)
    if (a === undefined || b === undefined || a === b) return []
    const direction = listDirection(list, before, after)
    return [{ part: 'list', path: list.path, before: a, after: b, direction, clause: list.clause(after) }]
  })
}

/** Names are others' words: what every object has (`constructor`) is no gate. */
const gateOf = ({ gates }: Profile, name: string): Profile['gates'][string] | undefined =>
  Object.hasOwn(gates, name) ? gates[name] : undefined

function diffGates(before: Profile, after: Profile): ProfileChange[] {
  const names = [...new Set([...Object.keys(before.gates), ...Object.keys(after.gates)])].sort()
  return names.flatMap((name): ProfileChange[] => {
    const [a, b] = [gateOf(before, name), gateOf(after, name)]
    const [old, next] = [a?.by.join(', ') ?? null, b?.by.join(', ') ?? null]
    const clause = b?.clause ?? a?.clause ?? after.policy.clause
    if (old === next && (!a || a.clause === clause)) return []
    const direction = old === null ? 'stricter' : next === null ? 'looser' : 'other'
    return [{ part: 'gate', path: `gates.${name}`, before: old, after: next, direction, clause }]
  })
}

function diffCards(before: Profile, after: Profile, role: 'admin' | 'interviewer'): ProfileChange[] {
  const [a, b] = [before.roles[role]?.cards ?? {}, after.roles[role]?.cards ?? {}]
  const rule = role === 'admin' ? 'ADMIN_CARD_ONLY' : 'INTERVIEWER_LIMIT'
  const clause = after.clauses[rule] ?? after.visibility.clause
  return fieldName.options.flatMap((field): ProfileChange[] => {
    const [old, next] = [a[field] ?? (['absent', 'full'] as const), b[field] ?? (['absent', 'full'] as const)]
    const order = compareShown(field, [...next, 'd', clause], [...old, 'd', clause])
    if (order === 'equal') return []
    const direction = order === 'apart' ? 'looser' : order
    const words = { before: shownWord(old[0], old[1]), after: shownWord(next[0], next[1]) }
    return [{ part: 'other', path: `roles.${role}.cards.${field}`, field, role, ...words, direction, clause }]
  })
}

/**
 * What differs between two versions of a profile, in a stable order: cells, numbers, lists, gates, the admin's card, and
 * whatever else a profile holds. A change that is stricter here and looser there counts as looser. Where only the clause
 * behind a value differs, `before` and `after` are the clauses and the direction is `other`. Pure.
 */
export function diffProfiles(before: Profile, after: Profile): ProfileChange[] {
  return [
    ...diffCells(before, after),
    ...diffNumbers(before, after),
    ...diffLists(before, after),
    ...diffGates(before, after),
    ...diffCards(before, after, 'admin'),
    ...diffCards(before, after, 'interviewer'),
    ...diffSections(before, after),
  ]
}
