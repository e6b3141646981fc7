import { z } from 'zod'
import { channel, fieldName, sealableField, stage } from '../../../shared/domain/vocabulary.ts'
import { shapeFaults } from '../profile/cell-faults.ts'
import type { CompiledProfile } from '../profile/compile-profile.ts'
import { diffProfiles } from './diff-profiles.ts'
import { limitMessage, limitRule } from '../profile/parse-profile.ts'
import type { ProfileProblem } from '../profile/profile-error.ts'
import { ProfileError } from '../profile/profile-error.ts'
import { numberAt, profileNumbers, valueAt } from '../profile/profile-numbers.ts'
import type { Profile } from '../profile/profile-schema.ts'
import { cell, clauseId, gateName } from '../profile/profile-schema.ts'
import { isFields, ProfileSource, type Fields } from '../profile/profile-source.ts'
import { boundsOf, isWithinBounds } from './number-bounds.ts'
import { cellRoles } from './strictest-of.ts'
import { wishOf } from './wish-of.ts'

type Shape = { [key: string]: z.ZodType | Shape }

/** `{retention: {talent_pool: {days}}, …}` of every number that a profile has. */
function shapeOfNumbers(): Shape {
  const shape: Shape = {}
  const number = z.tuple([z.int().nonnegative(), clauseId])
  for (const { path } of profileNumbers) {
    let at = shape
    for (const key of path.slice(0, -1)) at = (at[key] ??= {}) as Shape
    at[path.at(-1) ?? ''] = number
  }
  return shape
}

const strictly = (shape: Shape): z.ZodType =>
  z.strictObject(
    Object.fromEntries(
      Object.entries(shape).map(([key, inner]) => [
        key,
        (inner instanceof z.ZodType ? inner : strictly(inner)).optional(),
      ]),
    ),
  )

/** Everything that an enterprise's file may hold, and nothing else. */
const tightening = strictly({
  ...shapeOfNumbers(),
  cells: z.partialRecord(fieldName, z.partialRecord(channel, z.partialRecord(z.enum(cellRoles), cell))),
  first_stage: { stages: z.array(stage), hidden: z.array(fieldName) },
  sealed: { fields: z.array(sealableField) },
  region: { overseas_view: z.literal('deny') },
  gates: z.record(gateName, z.strictObject({ by: z.array(z.string().max(100)).min(1).max(20), clause: clauseId })),
})

/**
 * Faults that are named at most: each is looked up in the text, and a text that is faulty throughout would keep core busy for
 * minutes.
 */
const most = 50

/** Zod nests what is wrong with a key of a record; an administrator wants the key. */
function formFaults(source: ProfileSource, error: z.ZodError): ProfileProblem[] {
  return error.issues.slice(0, most).flatMap((issue) => {
    const path = issue.path.map((part) => (typeof part === 'symbol' ? String(part) : part))
    if (issue.code === 'unrecognized_keys')
      return issue.keys
        .slice(0, most)
        .map((key) => source.problem([...path, key], 'unknown-key', `${[...path, key].join('.')} cannot be tightened`))
    if (issue.code === 'invalid_key')
      return [source.problem(path, 'unknown-key', `${path.join('.')} is no name of the vocabulary`)]
    return [source.problem(path, 'schema', `${path.join('.')}: ${issue.message}`)]
  })
}

function cellShapes(source: ProfileSource, document: Fields): ProfileProblem[] {
  const cells = isFields(document.cells) ? document.cells : {}
  return Object.entries(cells).flatMap(([field, channels]) =>
    Object.entries(isFields(channels) ? channels : {}).flatMap(([via, roles]) =>
      Object.entries(isFields(roles) ? roles : {}).flatMap(([role, value]) =>
        shapeFaults(source, ['cells', field, via, role], cell.parse(value)),
      ),
    ),
  )
}

/** What the document would loosen, each with the rule that keeps it from doing so. */
function looserFaults(source: ProfileSource, base: Profile, document: Fields): ProfileProblem[] {
  return diffProfiles(base, wishOf(base, document).profile)
    .filter((change) => change.direction === 'looser')
    .slice(0, most)
    .map(({ path, before, after }) => {
      const number = profileNumbers.find((one) => one.path.join('.') === path)
      const current = number && numberAt(base, number)
      return number && current
        ? source.problem(number.path, limitRule(number, current.clause), limitMessage(number, current.value))
        : source.problem(
            path.split('.'),
            'never-looser',
            `${path}: ${after ?? 'absent'} shows more than ${before ?? 'absent'}`,
          )
    })
}

function gateFaults(source: ProfileSource, base: Profile, document: Fields): ProfileProblem[] {
  // Zod passes `__proto__` over.
  return Object.keys(isFields(document.gates) ? document.gates : {})
    .filter((name) => Object.hasOwn(base.gates, name) || !gateName.safeParse(name).success)
    .slice(0, most)
    .map((name) =>
      Object.hasOwn(base.gates, name)
        ? source.problem(['gates', name], 'gates-only-added', `${name} is a gate of the platform already`)
        : source.problem(['gates', name], 'unknown-key', `gates.${name} is no name of a gate`),
    )
}

/** Numbers that would take from others in this home what the platform lets them keep (`number-bounds.ts`). */
function boundFaults(source: ProfileSource, document: Fields): ProfileProblem[] {
  return profileNumbers.flatMap((number) => {
    const wanted = valueAt(document, number.path)
    const value: unknown = Array.isArray(wanted) ? wanted[0] : undefined
    if (typeof value !== 'number' || isWithinBounds(number, value)) return []
    const { least, most: highest } = boundsOf(number)
    const message = value < least ? `at least ${least}` : `at most ${highest}`
    return [source.problem(number.path, 'too-strict', `${number.path.join('.')}: ${message}`)]
  })
}

/** A text that nests so deep that reading it exhausts the stack is no YAML of an administrator's. */
function readSource(file: string, text: string): ProfileSource {
  try {
    return new ProfileSource(file, text)
  } catch (error) {
    if (error instanceof ProfileError) throw error
    throw new ProfileError([{ file, line: 1, rule: 'yaml', message: 'this text cannot be read' }])
  }
}

const isBlank = (text: string): boolean => text.replace(/^\s*(?:#.*|---)$/gm, '').trim() === ''

/**
 * Reads an enterprise's own rules (YAML in the form of a profile) against the profile that they tighten, and refuses what
 * `tightenProfile` would leave aside, so that whoever wrote it is told. An empty text is an empty tightening. With `known`,
 * clause ids must be among them. Returns the document for `tightenProfile`.
 * @throws ProfileError naming line and rule (`yaml`, `schema`, `unknown-key`, `too-strict`, `never-looser`, …)
 */
export function parseTightening(
  text: string,
  shipped: CompiledProfile,
  file = 'enterprise.yaml',
  known?: ReadonlySet<string>,
): unknown {
  if (isBlank(text)) return {}
  const source = readSource(file, text)
  const parsed = tightening.safeParse(source.fields)
  const found = [
    ...(known === undefined ? [] : source.unknownClauses(known)),
    ...(parsed.success
      ? [
          ...cellShapes(source, source.fields),
          ...gateFaults(source, shipped.document, source.fields),
          ...boundFaults(source, source.fields),
          ...looserFaults(source, shipped.document, source.fields),
        ]
      : formFaults(source, parsed.error)),
  ]
  if (found.length > 0) throw new ProfileError(found.slice(0, most))
  return source.fields
}
