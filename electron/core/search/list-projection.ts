import type { FieldName } from '../../shared/domain/vocabulary.ts'
import type { Degree } from '../../shared/domain/resume.ts'
import type { Listing } from '../candidates/listing.ts'
import { badgesOf } from '../candidates/held-marks.ts'
import type { BadgeView } from '../../shared/domain/match-views.ts'
import { contactValue, ownWordsOf, personFacts, type Person } from '../candidates/person.ts'
import type { ApplicationRecord } from '../candidates/candidate-rows.ts'
import type { PersonFacts } from '../candidates/policy-request.ts'
import { aliasOf, cityOf, maskEmail, maskName, maskPhone } from '../policy/text/mask.ts'
import { redactToString } from '../policy/text/redact.ts'
import { degreeRank, toDegree } from './degree.ts'

/** What a list row is made from; stands in `list_row.projection`. Contacts are masks already; the full name is not here. */
export type ListProjection = {
  readonly alias: string
  readonly alias_sexed: string
  readonly name_masked: string
  /** Only where the candidate made the name public (K12). */
  readonly name_full: string | null
  readonly phone: string | null
  readonly email: string | null
  readonly birth: string | null
  readonly city: string | null
  readonly years: number | null
  readonly degree: Degree | null
  readonly school: string | null
  readonly title: string | null
  readonly company: string | null
  readonly skills: readonly string[]
  /** Yuan a month, from and to. */
  readonly salary: readonly [number, number] | null
  readonly disclosed: Readonly<Record<string, readonly FieldName[]>>
  /** What was told in chats (ZP-28); missing in rows of before. */
  readonly chats?: PersonFacts['chats']
  readonly badges: readonly BadgeView[]
}

const mapped = (value: string | undefined, mask: (text: string) => string): string | null =>
  value === undefined || value === '' ? null : mask(value)

/** Lists know a city, never a street (`city` form of a residence). */
const cityName = (text: string): string | null =>
  cityOf(text) ?? /^\p{Script=Latin}[\p{Script=Latin} .'-]{1,23}$/u.exec(text.trim())?.[0] ?? null

/** More than a row can show; enough to filter by. */
const mostSkills = 20

/** Skills as they are written, each once; what is a sentence, or holds something masked, is none. */
const skillsOf = (skills: Person['resume']['skills'], clean: (text: string) => string): string[] => {
  const words = skills
    .flatMap((item) => [item.name, ...(item.keywords ?? [])])
    .map((word) => word.normalize('NFKC').trim())
    .filter((word) => word !== '' && word.length <= 40 && clean(word) === word)
  return [...new Map(words.map((word) => [word.toLowerCase(), word])).values()].slice(0, mostSkills)
}

/** In order and in whole yuan, whatever a resume calls it. */
const salaryOf = (expected: readonly [number, number] | undefined): readonly [number, number] | null => {
  if (expected === undefined) return null
  const [from, to] = expected
    .map((yuan) => Math.trunc(Math.min(Math.max(yuan, 0), 10_000_000)))
    .toSorted((a, b) => a - b)
  return from === undefined || to === undefined ? null : [from, to]
}

/** The row of a person; `namePublic` says whether the candidate shows the name to everybody. */
export const listProjection = (
  person: Person,
  applications: readonly ApplicationRecord[],
  namePublic: boolean,
): ListProjection => {
  const { resume } = person
  const { cn } = resume.meta
  const own = ownWordsOf(person)
  const clean = (text: string): string => redactToString(text, own)
  const name = contactValue(person, 'name') ?? ''
  const facts = personFacts(person, applications)
  const work = resume.work[0]
  const best = resume.education
    .map((item) => ({ school: item.institution, degree: toDegree(item.studyType) }))
    .sort((a, b) => degreeRank(a.degree) - degreeRank(b.degree))[0]
  return {
    // A name is what somebody wrote there: a mask made from an address or a number must not show the rest of it.
    alias: redactToString(aliasOf(name, null)),
    alias_sexed: redactToString(aliasOf(name, cn.sex ?? null)),
    name_masked: redactToString(maskName(name)),
    name_full: namePublic && name !== '' ? redactToString(name) : null,
    phone: mapped(contactValue(person, 'phone'), maskPhone),
    email: mapped(contactValue(person, 'email'), maskEmail),
    birth: facts.birth,
    city: cn.city === undefined ? null : cityName(clean(cn.city)),
    years: cn.years === undefined ? null : Math.trunc(cn.years),
    degree: best?.degree ?? null,
    school: mapped(best?.school, clean),
    title: mapped(work?.position ?? resume.basics.label, clean),
    company: mapped(work?.name, clean),
    skills: skillsOf(resume.skills, clean),
    salary: salaryOf(cn.expected_salary),
    disclosed: facts.disclosed,
    chats: facts.chats,
    badges: badgesOf(person.marks ?? [], person.reverify),
  }
}

/** The row without what the account's lists may not know. */
export const narrowed = (projection: ListProjection, { text, city, salary }: Listing): ListProjection => ({
  ...projection,
  ...(salary ? {} : { salary: null }),
  ...(city ? {} : { city: null }),
  ...(text ? {} : { years: null, degree: null, school: null, title: null, company: null, skills: [], badges: [] }),
})

/** The text that the search looks through: everything of the resume's body with contacts and names masked (L-2). */
export const searchableText = (person: Person, projection: ListProjection, listed: Listing): string => {
  const name = listed.name ? (projection.name_full ?? projection.alias) : ''
  if (!listed.text) return name
  const { resume } = person
  const { cn } = resume.meta
  const parts: Array<string | undefined> = [
    resume.basics.label,
    resume.basics.summary,
    projection.city ?? undefined,
    cn.expected_job,
    cn.expected_city,
    ...resume.work.flatMap((item) => [item.position, item.name, item.summary, ...(item.highlights ?? [])]),
    ...resume.education.flatMap((item) => [item.institution, item.area, item.studyType]),
    ...resume.projects.flatMap((item) => [item.name, item.description, ...(item.highlights ?? [])]),
    ...resume.skills.flatMap((item) => [item.name, ...(item.keywords ?? [])]),
    ...resume.languages.flatMap((item) => [item.language, item.fluency]),
    ...resume.certificates.map((item) => item.name),
  ]
  const body = redactToString(parts.filter((part) => part !== undefined && part !== '').join('\n'), ownWordsOf(person))
  return [name, body].join('\n')
}
