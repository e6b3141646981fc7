import { createHash } from 'node:crypto'
import { z } from 'zod'
import type { Resume, Contact } from '../../shared/domain/resume.ts'
import type { BadgeView } from '../../shared/domain/match-views.ts'
import type { CandidateData } from '../../shared/domain/sync-records.ts'

export const markKind = z.enum(['real_name', 'company', 'career', 'education'])
type MarkKind = z.infer<typeof markKind>

/** A mark that the platform gave, bound to what it was given for; lies sealed with the record. */
export const heldMark = z.object({
  kind: markKind,
  /** When the platform verified, milliseconds since 1970 UTC. */
  at: z.int().optional(),
  /** Hashes of the fields that the mark rests on, by field; never a certificate's number (ZP-58). */
  bound: z.record(z.string(), z.string()),
  /** One of the fields has changed since: shown no more, until the platform verifies anew. */
  gone: z.boolean(),
})
export type HeldMark = z.infer<typeof heldMark>

type Bearer = { readonly resume: Resume; readonly contact: Contact | null }

const fieldsOf = ({ resume, contact }: Bearer): Readonly<Record<string, unknown>> => {
  const { cn } = resume.meta
  const employer = resume.work[0]?.name
  return {
    name: contact?.name,
    sex: cn.sex,
    birth: cn.birth_month ?? cn.birth_date?.slice(0, 7),
    education: resume.education.length === 0 ? undefined : resume.education,
    employer,
    work:
      resume.work.length === 0
        ? undefined
        : resume.work.map(({ name, position, startDate }) => [name, position, startDate]),
  }
}

const rests: Readonly<Record<MarkKind, readonly string[]>> = {
  real_name: ['name', 'sex', 'birth'],
  company: ['name', 'employer'],
  career: ['name', 'work'],
  education: ['name', 'sex', 'birth', 'education'],
}
/** What a mark is of: without it there is nothing left that could be verified. */
const subjects: Readonly<Partial<Record<MarkKind, string>>> = {
  company: 'employer',
  career: 'work',
  education: 'education',
}

const hashOf = (field: string, value: unknown): string =>
  createHash('sha256')
    .update(`${field}\0${JSON.stringify(value)}`)
    .digest('base64url')
    .slice(0, 22)

const boundOf = (kind: MarkKind, bearer: Bearer): Record<string, string> => {
  const fields = fieldsOf(bearer)
  return Object.fromEntries(
    rests[kind].flatMap((field) => (fields[field] === undefined ? [] : [[field, hashOf(field, fields[field])]])),
  )
}

/** A name that comes with a later delivery is no change; another name than before is. */
const hasChanged = ({ kind, bound }: HeldMark, now: Readonly<Record<string, string>>): boolean => {
  const subject = subjects[kind]
  const lost = subject !== undefined && bound[subject] !== undefined && now[subject] === undefined
  return lost || Object.keys(now).some((field) => bound[field] !== undefined && bound[field] !== now[field])
}

/** Holds a mark against the record as it is now. Once gone it stays gone: putting the old words back verifies nothing. */
const rebind = (mark: HeldMark, bearer: Bearer): HeldMark => {
  const now = boundOf(mark.kind, bearer)
  return { ...mark, gone: mark.gone || hasChanged(mark, now), bound: { ...now, ...mark.bound } }
}

export const rebindMarks = (marks: readonly HeldMark[], bearer: Bearer): HeldMark[] =>
  marks.map((mark) => rebind(mark, bearer))

type SaidMark = { readonly kind: MarkKind; readonly at?: number | undefined }

/** The marks that a platform's record carries. */
export const saidMarks = ({ badges = [], education_verified: degree }: CandidateData): SaidMark[] => {
  const said = badges.map(({ kind, at }) => ({ kind, at: at === undefined ? undefined : Date.parse(at) }))
  const named = said.some(({ kind }) => kind === 'education')
  // A flag that says no withdraws, whatever else stands there.
  if (degree === false) return said.filter(({ kind }) => kind !== 'education')
  return degree === true && !named ? [...said, { kind: 'education' }] : said
}

/**
 * What is held after the platform sent a record: a mark that it no longer names is gone with its hashes, one that it verified
 * later than before is new, and every other one is held against what has changed (ZP-58, MM-14, WZ-35).
 */
export const carryMarks = (before: readonly HeldMark[], said: readonly SaidMark[], bearer: Bearer): HeldMark[] =>
  markKind.options.flatMap((kind) => {
    const now = said.find((mark) => mark.kind === kind)
    if (now === undefined) return []
    const held = before.find((mark) => mark.kind === kind)
    const anew = held === undefined || (now.at !== undefined && now.at > (held.at ?? 0))
    if (!anew) return [rebind(held, bearer)]
    return [{ kind, ...(now.at === undefined ? {} : { at: now.at }), bound: boundOf(kind, bearer), gone: false }]
  })

/**
 * Whether name, sex or birth became another one (WZ-35). What was not known before is no change, and a mark that the platform
 * gave for the new values settles it.
 */
export const needsReverify = (
  before: Bearer & { readonly reverify?: boolean | undefined },
  now: Bearer,
  marks: readonly HeldMark[],
  held: readonly HeldMark[],
): boolean => {
  const anew = marks.some(
    ({ kind, at, gone }) => !gone && at !== undefined && at > (held.find((one) => one.kind === kind)?.at ?? 0),
  )
  if (anew) return false
  const [old, fresh] = [boundOf('real_name', before), boundOf('real_name', now)]
  return before.reverify === true || Object.keys(fresh).some((field) => field in old && old[field] !== fresh[field])
}

/** The marks to show. That one has gone is said, and not which, nor what has changed. */
export const badgesOf = (marks: readonly HeldMark[], reverify = false): BadgeView[] => [
  ...marks.filter(({ gone }) => !gone).map(({ kind, at }) => ({ kind, ...(at === undefined ? {} : { at }) })),
  ...(reverify || marks.some(({ gone }) => gone) ? [{ kind: 'reverify' as const }] : []),
]
