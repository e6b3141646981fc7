import type { Document } from 'yaml'
import { isNode, isScalar, isMap, LineCounter, parseDocument, visit } from 'yaml'
import { channel } from '../../shared/domain/vocabulary.ts'
import { permissiveness } from './permissiveness.ts'
import type { ProfileProblem } from './profile-error.ts'
import { ProfileError } from './profile-error.ts'
import type { Cell, Cited, Profile } from './profile-schema.ts'
import { profileSchema } from './profile-schema.ts'

type Path = readonly (string | number)[]
type Fields = Readonly<Record<string, unknown>>

const isFields = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** Objects are laid over each other key by key; everything else is replaced. */
function layOver(base: Fields, top: Fields): Fields {
  const merged: Record<string, unknown> = { ...base }
  for (const [key, value] of Object.entries(top)) {
    const below = merged[key]
    merged[key] = isFields(below) && isFields(value) ? layOver(below, value) : value
  }
  return merged
}

/** A profile's text with its positions. */
export class ProfileSource {
  readonly file: string
  readonly fields: Fields
  readonly #document: Document
  readonly #lines = new LineCounter()

  /** @throws ProfileError on text that is not YAML with unique keys, rule `yaml`. */
  constructor(file: string, text: string) {
    this.file = file
    this.#document = parseDocument(text, { lineCounter: this.#lines, uniqueKeys: true })
    const faults = this.#document.errors.map((error) =>
      this.#problem(error.pos[0], 'yaml', error.message.split('\n')[0] ?? ''),
    )
    if (faults.length > 0) throw new ProfileError(faults)
    const value: unknown = this.#document.toJS()
    if (!isFields(value)) throw new ProfileError([this.#problem(0, 'yaml', 'a profile is a mapping')])
    this.fields = value
  }

  /** A fault at a path, or at its nearest ancestor that this file names. */
  problem(path: Path, rule: string, message: string): ProfileProblem {
    for (let length = path.length; length > 0; length -= 1) {
      const node = this.#document.getIn(path.slice(0, length), true)
      if (isNode(node) && node.range)
        return this.#problem(this.#keyOffset(path.slice(0, length)) ?? node.range[0], rule, message)
    }
    return this.#problem(0, rule, message)
  }

  /** Faults of clause ids that do not exist, wherever they stand. */
  unknownClauses(known: ReadonlySet<string>): ProfileProblem[] {
    const found: ProfileProblem[] = []
    visit(this.#document, {
      Scalar: (_key, node) => {
        const value = node.value
        if (typeof value !== 'string' || !/^(?:(?:ZP|LG|WZ|QY|MM)-\d+|[DK]\d+)$/.test(value) || known.has(value)) return
        found.push(this.#problem(node.range?.[0] ?? 0, 'clause-exists', `${value} is not in clauses.json`))
      },
    })
    return found
  }

  #keyOffset(path: Path): number | undefined {
    const parent = path.length === 1 ? this.#document.contents : this.#document.getIn(path.slice(0, -1), true)
    if (!isMap(parent)) return undefined
    const pair = parent.items.find((item) => isScalar(item.key) && item.key.value === path.at(-1))
    return isScalar(pair?.key) ? pair.key.range?.[0] : undefined
  }

  #problem(offset: number, rule: string, message: string): ProfileProblem {
    return { file: this.file, line: Math.max(1, this.#lines.linePos(offset).line), rule, message }
  }
}

type Limit = readonly [path: Path, pick: (profile: Profile) => Cited]

/** Numbers that a platform's file may only lower (a deadline), D4–D14. */
const ceilings: readonly Limit[] = [
  [['cache', 'card_hours'], (p) => p.cache.card_hours],
  [['lease', 'offline_hours'], (p) => p.lease.offline_hours],
  [['insights', 'ttl_hours'], (p) => p.insights.ttl_hours],
  [['retention', 'rejected_days'], (p) => p.retention.rejected_days],
  [['retention', 'hired_days'], (p) => p.retention.hired_days],
  [['retention', 'job_closed_days'], (p) => p.retention.job_closed_days],
  [['retention', 'idle_job_days'], (p) => p.retention.idle_job_days],
  [['retention', 'entitlement_end_days'], (p) => p.retention.entitlement_end_days],
  [['retention', 'account_cancelled_workdays'], (p) => p.retention.account_cancelled_workdays],
  [['retention', 'withdrawn_hours'], (p) => p.retention.withdrawn_hours],
  [['retention', 'chat_days'], (p) => p.retention.chat_days],
  [['retention', 'talent_pool', 'days'], (p) => p.retention.talent_pool.days],
  [['retention', 'logs', 'anonymise_months'], (p) => p.retention.logs.anonymise_months],
  [['requests', 'workdays'], (p) => p.requests.workdays],
  [['incident', 'draft_hours'], (p) => p.incident.draft_hours],
  [['ai', 'max_unanswered_greetings'], (p) => p.ai.max_unanswered_greetings],
]

/** Numbers that a platform's file may only raise: ages, and what must be kept. */
const floors: readonly Limit[] = [
  [['minors', 'min_age'], (p) => p.minors.min_age],
  [['minors', 'guardian_until'], (p) => p.minors.guardian_until],
  [['retention', 'logs', 'floor_months'], (p) => p.retention.logs.floor_months],
  [['retention', 'evidence_years'], (p) => p.retention.evidence_years],
  [['retention', 'orders_years'], (p) => p.retention.orders_years],
]

function cellFaults(source: ProfileSource, path: Path, cell: Cell): ProfileProblem[] {
  const [state, form, , , condition] = cell
  const found: ProfileProblem[] = []
  const fits =
    (form === 'alias') === (state === 'alias') &&
    (form === 'full' || state === 'see' || state === 'alias' || form === 'redacted')
  if (!fits) found.push(source.problem(path, 'form-fits-state', `${state} cannot have the form ${form}`))
  if (condition) {
    if (permissiveness(condition.else[0], condition.else[1]) >= permissiveness(state, form))
      found.push(source.problem(path, 'else-is-stricter', 'without its condition a cell shows less, never as much'))
    found.push(...cellFaults(source, path, condition.else))
  }
  return found
}

function cellsFaults(source: ProfileSource, profile: Profile): ProfileProblem[] {
  const found: ProfileProblem[] = []
  for (const [field, channels] of Object.entries(profile.cells)) {
    for (const [via, roles] of Object.entries(channels ?? {})) {
      for (const [role, cell] of Object.entries(roles ?? {})) {
        const path = ['cells', field, via, role]
        found.push(...cellFaults(source, path, cell))
        const shows = cell[0] !== 'absent'
        if (field === 'id_number' && shows && (via !== channel.enum.campus_exam || cell[0] !== 'approval'))
          found.push(source.problem(path, 'D19', 'an ID number is absent except by approval in campus_exam'))
        if (role === 'headhunter' && field === 'save' && shows)
          found.push(source.problem(path, 'ZP-22', 'a headhunter never saves'))
        if (role === 'headhunter' && field === 'phone' && !['absent', 'VN'].includes(cell[0]))
          found.push(source.problem(path, 'K3', 'a headhunter has a virtual number or nothing'))
        if (role === 'headhunter' && (field === 'email' || field === 'wechat') && shows)
          found.push(source.problem(path, 'K3', 'a headhunter has no contact but a virtual number'))
      }
    }
  }
  return found
}

/** Checks one platform's file, laid over the base; every fault is reported at once. */
export function parseProfile(source: ProfileSource, base: ProfileSource, known: ReadonlySet<string>): Profile {
  const { extends: parent, ...own } = source.fields
  const found = source.unknownClauses(known)
  if (parent !== base.fields.id)
    found.push(source.problem(['extends'], 'extends-base', `a profile extends ${String(base.fields.id)}`))
  if (`${String(own.id)}.yaml` !== source.file)
    found.push(source.problem(['id'], 'id-is-file-name', 'the id is the name of the file'))
  const parsed = profileSchema.safeParse(layOver(base.fields, own))
  if (!parsed.success) {
    for (const issue of parsed.error.issues) {
      const path = issue.path.map((part) => (typeof part === 'symbol' ? String(part) : part))
      const named = issue.code === 'unrecognized_keys' ? [...path, issue.keys[0] ?? ''] : path
      found.push(source.problem(named, 'schema', `${path.join('.')}: ${issue.message}`))
    }
    throw new ProfileError(found)
  }
  found.push(...cellsFaults(source, parsed.data))
  const platformId = parsed.data.id
  const lowest = profileSchema.parse(layOver(base.fields, { id: platformId, policy: parsed.data.policy }))
  for (const [path, pick] of ceilings) {
    if (pick(parsed.data).value > pick(lowest).value)
      found.push(source.problem(path, `never-longer-than-${pick(lowest).clause}`, `at most ${pick(lowest).value}`))
  }
  for (const [path, pick] of floors) {
    if (pick(parsed.data).value < pick(lowest).value)
      found.push(source.problem(path, `never-less-than-${pick(lowest).clause}`, `at least ${pick(lowest).value}`))
  }
  if (found.length > 0) throw new ProfileError(found)
  return parsed.data
}
