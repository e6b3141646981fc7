import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from 'yaml'
import { z } from 'zod'
import { platform as platformName, type Platform } from '../shared/domain/vocabulary.ts'
import { workingYear, type WorkingYear } from '../shared/domain/working-year.ts'
import type { RetentionNumbers } from '../shared/retention/due-date.ts'
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
})
const clauses = z.array(z.object({ id: z.string(), platform: z.string(), clause: z.string() }))

export type PlatformRules = {
  readonly retention: RetentionNumbers
  /** How long a consent to the talent pool lasts where it names no end. */
  readonly poolDays: { readonly value: number; readonly clause: string }
  /** How many working days an answer to a request may take. */
  readonly requestWorkdays: { readonly value: number; readonly clause: string }
}

/** What the hub tells a candidate about deadlines: the numbers of `resources/profiles`, never numbers of its own. */
export type PortalRules = {
  /** `undefined`, where nobody knows the platform: the rules that every platform's are built on. */
  of(platform: Platform | undefined): PlatformRules
  readonly workingYears: readonly WorkingYear[]
  /** The heading of a clause in its platform's own text. */
  headingOf(clause: string): { readonly platform: string; readonly heading: string } | undefined
}

/** @throws when a profile or a table beside it is missing or cannot be read */
export const readPortalRules = (resources: string = findResources()): PortalRules => {
  const read = (file: string) => document.parse(parse(readFileSync(join(resources, 'profiles', file), 'utf8')))
  const json = (file: string): unknown => JSON.parse(readFileSync(join(resources, file), 'utf8'))
  const base = read('strict-base.yaml')
  const rulesOf = (own: z.output<typeof document>): PlatformRules => {
    const numbers = { ...base.retention, ...own.retention }
    return {
      retention: retention.parse(numbers),
      poolDays: z.object({ days: cited }).parse(numbers['talent_pool']).days,
      requestWorkdays: z.object({ workdays: cited }).parse({ ...base.requests, ...own.requests }).workdays,
    }
  }
  const general = rulesOf(base)
  const known = new Map(platformName.options.map((name) => [name, rulesOf(read(`${name}.yaml`))]))
  const headings = new Map(clauses.parse(json('clauses.json')).map((row) => [row.id, row]))
  return {
    of: (platform) => (platform === undefined ? undefined : known.get(platform)) ?? general,
    workingYears: z.array(workingYear).parse(json('working-days.json')),
    headingOf: (clause) => {
      const row = headings.get(clause)
      return row === undefined ? undefined : { platform: row.platform, heading: row.clause }
    },
  }
}
