import type { ChangeDirection, ProfileChange } from '../../../shared/domain/policy-views.ts'
import { profileNumbers, valueAt } from '../profile/profile-numbers.ts'
import type { Profile } from '../profile/profile-schema.ts'

/** Sections and values that have an order of strictness of their own, compared elsewhere. */
const comparedElsewhere: ReadonlySet<string> = new Set([
  'id',
  'cells',
  'gates',
  'roles.admin.cards',
  'roles.interviewer.cards',
  'first_stage.stages',
  'first_stage.hidden',
  'first_stage.banded',
  'sealed.fields',
  'cache.card_channels',
  'delivered_channels',
  'candidate_flags',
  'policy.silent',
  // Where to turn is no rule.
  'requests.complaint',
  ...profileNumbers.map(({ path }) => path.join('.')),
])

/** Values of which one is stricter than every other one. */
const strictest: ReadonlyMap<string, string | null> = new Map<string, string | null>([
  ['region.overseas_view', 'deny'],
  ['delivery.scope', 'job'],
  ['candidate_type.kind', 'none'],
  ['minors.exception', null],
])

/** Values of which another one shows other things to somebody: never a tightening. */
const alwaysLooser: ReadonlySet<string> = new Set(['roles.admin.cells_as', 'roles.interviewer.cells_as'])

const isFields = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

function leaves(value: unknown, path: string, into: Map<string, string>): void {
  if (comparedElsewhere.has(path)) return
  if (isFields(value)) {
    for (const [key, inner] of Object.entries(value)) leaves(inner, path === '' ? key : `${path}.${key}`, into)
  } else if (value !== undefined) into.set(path, typeof value === 'string' ? value : JSON.stringify(value))
}

function leavesOf(profile: Profile): ReadonlyMap<string, string> {
  const found = new Map<string, string>()
  leaves(profile, '', found)
  return found
}

/** The clause of the nearest section around a value. */
function clauseOf(profile: Profile, path: string): string | undefined {
  for (let keys = path.split('.'); keys.length > 0; keys = keys.slice(0, -1)) {
    const section = valueAt(profile, keys)
    if (!isFields(section)) continue
    if (typeof section.clause === 'string') return section.clause
    if (Array.isArray(section.clauses) && typeof section.clauses[0] === 'string') return section.clauses[0]
  }
  return undefined
}

function directionOf(path: string, before: string | undefined, after: string | undefined): ChangeDirection {
  if (alwaysLooser.has(path)) return 'looser'
  const best = strictest.get(path)
  if (best === undefined) return 'other'
  if ((after ?? null) === best) return 'stricter'
  return (before ?? null) === best ? 'looser' : 'other'
}

/** What is bought ends with the service where a profile says so (LG-09): a section that comes or goes as a whole. */
function diffEntitlement(before: Profile, after: Profile): ProfileChange[] {
  const [a, b] = [before.entitlement, after.entitlement]
  if ((a === undefined) === (b === undefined)) return []
  const clause = b?.clauses[0] ?? a?.clauses[0] ?? after.policy.clause
  const words = (covers: readonly string[] | undefined): string | null => covers?.join(', ') ?? null
  const direction = a === undefined ? 'stricter' : 'looser'
  return [{ part: 'other', path: 'entitlement', before: words(a?.covers), after: words(b?.covers), direction, clause }]
}

/** Differences in whatever no other comparison covers, value by value, sorted by path. Pure. */
export function diffSections(before: Profile, after: Profile): ProfileChange[] {
  const [a, b] = [leavesOf(before), leavesOf(after)]
  const whole = diffEntitlement(before, after)
  const paths = [...new Set([...a.keys(), ...b.keys()])].sort()
  const rest = paths.flatMap((path): ProfileChange[] => {
    const [old, next] = [a.get(path), b.get(path)]
    if (old === next || (whole.length > 0 && path.startsWith('entitlement.'))) return []
    const clause = clauseOf(after, path) ?? clauseOf(before, path) ?? after.policy.clause
    const part = path === 'minors.exception' || path === 'region.needs' ? 'list' : 'other'
    return [{ part, path, before: old ?? null, after: next ?? null, direction: directionOf(path, old, next), clause }]
  })
  return [...whole, ...rest]
}
