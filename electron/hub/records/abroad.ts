import { crossBorderRecord } from '../../shared/domain/cross-border.ts'
import { fieldName, type FieldName } from '../../shared/domain/vocabulary.ts'
import type { HubQueries } from '../db/schema.ts'
import type { CandidateRecord } from './project-candidate.ts'

/** What an account abroad may get at all: the fields of the enterprise's record; nothing where there is none. */
export const abroadFields = async (db: HubQueries, employerId: string): Promise<ReadonlySet<FieldName>> => {
  const row = await db
    .selectFrom('cross_border')
    .select('body')
    .where('employer_id', '=', employerId)
    .executeTakeFirst()
  return new Set(crossBorderRecord.safeParse(row?.body).data?.types ?? [])
}

type Said = { readonly purpose?: string; readonly granted?: boolean; readonly until?: string }

/** Who of these has agreed, last, to be looked at from abroad. A scope narrows it to something else and counts for nothing here. */
export const listConsentedAbroad = async (
  db: HubQueries,
  employerId: string,
  people: readonly string[],
  now: number,
): Promise<ReadonlySet<string>> => {
  if (people.length === 0) return new Set()
  const rows = await db
    .selectFrom('record')
    .select(['candidate_id', 'data', 'sealed'])
    .where('employer_id', '=', employerId)
    .where('type', '=', 'consent')
    .where('candidate_id', 'in', [...people])
    .where('deleted', '=', false)
    .orderBy('rev')
    .execute()
  const agreed = new Set<string>()
  for (const { candidate_id: id, data } of rows) {
    const said = data as Said | null
    if (id === null || said?.purpose !== 'cross_border') continue
    const stands = said.granted === true && (said.until === undefined || Date.parse(said.until) > now)
    if (stands) agreed.add(id)
    else agreed.delete(id)
  }
  return agreed
}

const known: ReadonlySet<string> = new Set(fieldName.options)

/** The record without what the enterprise's record does not name: it does not leave the country. */
export const forAbroad = <R extends CandidateRecord>(record: R, fields: ReadonlySet<FieldName>): R => {
  const { resume } = record
  const cn = Object.fromEntries(
    Object.entries(resume.meta?.cn ?? {}).filter(([name]) => !known.has(name) || fields.has(name as FieldName)),
  )
  const body = fields.has('body') ? {} : { work: [], education: [], projects: [], skills: [] }
  const { insights, contact, ...rest } = record
  const contacts = Object.fromEntries(Object.entries(contact ?? {}).filter(([name]) => fields.has(name as FieldName)))
  return {
    ...rest,
    ...(insights !== undefined && fields.has('insights') ? { insights } : {}),
    ...(contact === undefined ? {} : { contact: contacts }),
    resume: { ...resume, ...body, meta: { ...resume.meta, cn } },
  } as R
}
