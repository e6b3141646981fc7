import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from 'yaml'
import { z } from 'zod'
import { accessLimits, type AccessLimits } from '../shared/domain/access-limits.ts'
import { platform as platformName, type Platform } from '../shared/domain/vocabulary.ts'
import { workingYear, type WorkingYear } from '../shared/domain/working-year.ts'
import { sensitiveKinds, type SensitiveKind } from '../shared/text/find-sensitive.ts'
import type { RetentionNumbers } from '../shared/retention/due-date.ts'
import type { PolicyRule } from '../shared/domain/policy-codes.ts'
import type { PortalLanguage } from './candidate-portal/language.ts'
import { findResources } from './resources.ts'

/** A number of a profile with the clause that it comes from. */
const cited = z.tuple([z.number(), z.string()]).transform(([value, clause]) => ({ value, clause }))

const retention = z.object({
  rejected_days: cited,
  hired_days: cited,
  job_closed_days: cited,
  idle_job_days: cited,
  entitlement_end_days: cited,
  account_cancelled_workdays: cited,
  withdrawn_hours: cited,
})
const document = z.object({
  retention: z.record(z.string(), z.unknown()).default({}),
  requests: z.looseObject({}).default({}),
  candidate_type: z.object({ kind: z.enum(['candidate', 'none']) }).optional(),
  consult: z
    .object({
      sensitive_words: z.array(z.enum(sensitiveKinds)),
      words: z.partialRecord(z.enum(sensitiveKinds), z.array(z.string())),
    })
    .optional(),
  access: z.record(z.string(), cited).optional(),
})
const sentences = z.object({ rules: z.record(z.string(), z.object({ zh: z.string(), en: z.string() })) })
const asked = z.object({ workdays: cited, complaint: z.object({ zh: z.string(), en: z.string() }) })
const clauses = z.array(z.object({ id: z.string(), platform: z.string(), clause: z.string() }))

type Cited = z.output<typeof cited>

export type PlatformRules = {
  readonly retention: RetentionNumbers
  /** How long a consent to the talent pool lasts where it names no end. */
  readonly poolDays: { readonly value: number; readonly clause: string }
  /** How many working days an answer to a request may take. */
  readonly requestWorkdays: Cited
  /** Where somebody turns who did not get what they asked for. */
  readonly complaint: Readonly<Record<PortalLanguage, string>>
  /** How much looking work explains (ZP-94). */
  readonly access: AccessLimits
}

/** What the hub tells a candidate about deadlines: the numbers of `resources/profiles`, never numbers of its own. */
export type PortalRules = {
  /**
   * `undefined`, where nobody knows the platform: the rules that every platform's are built on.
   * @param stricter documents of profiles that this hub sends to the workstations (`tightened-rules.ts`)
   */
  of(platform: Platform | undefined, stricter?: readonly unknown[]): PlatformRules
  /** The sentence of a rule that refused something, as whoever was refused reads it. */
  sentenceOf(rule: PolicyRule, language: PortalLanguage): string | undefined
  /** Platforms whose resumes are their owners' alone. */
  readonly withoutCandidates: ReadonlySet<string>
  /** What a consultation neither sends nor shows, by kind (QY-24). */
  readonly sensitiveWords: Readonly<Partial<Record<SensitiveKind, readonly string[]>>>
  readonly workingYears: readonly WorkingYear[]
  /** The heading of a clause in its platform's own text. */
  headingOf(clause: string): { readonly platform: string; readonly heading: string } | undefined
}

const lower = (current: Cited, offered: unknown, least: number): Cited => {
  const { data } = cited.safeParse(offered)
  return data !== undefined && Number.isInteger(data.value) && data.value >= least && data.value < current.value
    ? data
    : current
}

const at = (document: unknown, key: string): unknown =>
  typeof document === 'object' && document !== null ? (document as Readonly<Record<string, unknown>>)[key] : undefined

/**
 * The deadlines of a profile that only tightens (ZP-106), read as the workstations read them: what is longer, or no deadline at
 * all, changes nothing. Hours are a day at least, everything else is one at least.
 */
const tighten = (rules: PlatformRules, document: unknown): PlatformRules => {
  const offered = at(document, 'retention')
  const names = Object.keys(rules.retention) as Array<keyof RetentionNumbers>
  return {
    ...rules,
    retention: Object.fromEntries(
      names.map((name) => [name, lower(rules.retention[name], at(offered, name), name.endsWith('_hours') ? 24 : 1)]),
    ) as RetentionNumbers,
    poolDays: lower(rules.poolDays, at(at(offered, 'talent_pool'), 'days'), 1),
    requestWorkdays: lower(rules.requestWorkdays, at(at(document, 'requests'), 'workdays'), 1),
    access: tightenAccess(rules.access, at(document, 'access')),
  }
}

/** Fewer looks, or a longer stop; everything else changes nothing. */
const tightenAccess = (limits: AccessLimits, offered: unknown): AccessLimits =>
  Object.fromEntries(
    Object.entries(limits).map(([name, value]) => {
      const { data } = cited.safeParse(at(offered, name))
      if (data === undefined || !Number.isInteger(data.value) || data.value < 1) return [name, value]
      return [name, name === 'stop_minutes' ? Math.max(value, data.value) : Math.min(value, data.value)]
    }),
  ) as AccessLimits

/** @throws when a profile or a table beside it is missing or cannot be read */
export const readPortalRules = (resources: string = findResources()): PortalRules => {
  const read = (file: string) => document.parse(parse(readFileSync(join(resources, 'profiles', file), 'utf8')))
  const json = (file: string): unknown => JSON.parse(readFileSync(join(resources, file), 'utf8'))
  const base = read('strict-base.yaml')
  const numbersOf = (own: z.output<typeof document>): AccessLimits =>
    accessLimits.parse(
      Object.fromEntries(Object.entries({ ...base.access, ...own.access }).map(([name, { value }]) => [name, value])),
    )
  const rulesOf = (own: z.output<typeof document>): PlatformRules => {
    const numbers = { ...base.retention, ...own.retention }
    const requests = asked.parse({ ...base.requests, ...own.requests })
    return {
      retention: retention.parse(numbers),
      poolDays: z.object({ days: cited }).parse(numbers['talent_pool']).days,
      requestWorkdays: requests.workdays,
      complaint: { 'zh-CN': requests.complaint.zh, 'en-US': requests.complaint.en },
      access: numbersOf(own),
    }
  }
  const general = rulesOf(base)
  const own = new Map(platformName.options.map((name) => [name, read(`${name}.yaml`)]))
  const known = new Map([...own].map(([name, document]) => [name, rulesOf(document)]))
  const consult = [...own.values()].find((document) => document.consult !== undefined)?.consult
  const headings = new Map(clauses.parse(json('clauses.json')).map((row) => [row.id, row]))
  const { rules: said } = sentences.parse(json('policy-texts.json'))
  return {
    of: (platform, stricter = []) =>
      stricter.reduce<PlatformRules>(tighten, (platform === undefined ? undefined : known.get(platform)) ?? general),
    sentenceOf: (rule, language) => said[rule]?.[language === 'en-US' ? 'en' : 'zh'],
    withoutCandidates: new Set(
      [...own].flatMap(([name, document]) => (document.candidate_type?.kind === 'none' ? [name] : [])),
    ),
    sensitiveWords: Object.fromEntries(
      (consult?.sensitive_words ?? []).map((kind) => [kind, consult?.words[kind] ?? []]),
    ),
    workingYears: z.array(workingYear).parse(json('working-days.json')),
    headingOf: (clause) => {
      const row = headings.get(clause)
      return row === undefined ? undefined : { platform: row.platform, heading: row.clause }
    },
  }
}
