import type { CandidateRow, DueView, RichText, WhyView } from '../../shared/domain/views.ts'
import type { FieldName } from '../../shared/domain/vocabulary.ts'
import { ageBand } from '../policy/text/mask.ts'
import type { CompiledProfile } from '../policy/profile/compile-profile.ts'
import type { Decision, PolicyRequest } from '../policy/policy-request.ts'
import type { ListProjection } from '../search/list-projection.ts'
import { shownStep } from '../pipeline/read-steps.ts'
import type { BadgeView } from '../../shared/domain/match-views.ts'
import { flagsOf, type ApplicationRecord, type CandidateRecord } from './candidate-rows.ts'
import { decideFields, toWhy } from './policy-request.ts'

/** Whether a decision lets the viewer have a pattern of the value, at least. */
export const showsPattern = (decision: Decision): boolean =>
  decision.state === 'masked' || decision.state === 'reveal' || decision.state === 'see'

/** The name as far as the decision goes; undefined when it is absent. */
export const nameFor = (decision: Decision, sex: Decision, projection: ListProjection): string | undefined => {
  switch (decision.state) {
    case 'see':
      return projection.name_full ?? projection.name_masked
    case 'reveal':
    case 'masked':
    case 'approval':
      return projection.name_masked
    case 'alias':
      // While sex is hidden the alias must not tell it (K20).
      return sex.state === 'see' ? projection.alias_sexed : projection.alias
    default:
      return undefined
  }
}

/** `30–34`, from five-year bands (K21): lists never hold a birth date. */
export const bandOf = (request: PolicyRequest): string | undefined => {
  const { months } = request.age
  if (months === null) return undefined
  const { from, to } = ageBand(Math.floor(months / 12))
  return `${from}–${to}`
}

/** A band goes with the body, but for whoever is kept from the age for good. */
const showsBand = (birth: Decision, body: boolean): boolean =>
  birth.state !== 'absent' || (body && birth.rule !== 'INTERVIEWER_LIMIT')

/** The end of an application's time: its clock, or for cards the end of the cache where that comes first (D2). */
export const dueOf = (
  application: ApplicationRecord,
  profile: CompiledProfile,
  cardsUntil: number,
  now: number,
): DueView | undefined => {
  const held = (application.held_until ?? 0) > now
  if (
    profile.cardChannels.has(application.channel) &&
    (application.due_at === null || cardsUntil < application.due_at)
  ) {
    return { at: cardsUntil, reason: 'card_cache', clause: profile.document.cache.card_hours.clause, held }
  }
  if (application.due_at === null || application.due_reason === null) return undefined
  return { at: application.due_at, reason: application.due_reason, clause: application.due_clause ?? '', held }
}

const listFields = [
  'name',
  'phone',
  'email',
  'sex',
  'birth_date',
  'body',
  'residence',
  'expected_salary',
  'insights',
] as const satisfies readonly FieldName[]

/** As many as a row has room for. */
const mostSkills = 8

export type RowParts = {
  readonly request: PolicyRequest
  readonly candidate: CandidateRecord
  readonly applications: readonly ApplicationRecord[]
  readonly current: ApplicationRecord | null
  readonly projection: ListProjection
  readonly cardsUntil: number
  readonly now: number
  readonly snippet?: RichText | undefined
  /** Below 0 where there is none. */
  readonly activeDays?: number | undefined
  /** Of the application that the row stands for; left out where there is none. */
  readonly score?: number | undefined
}

/** One row of the list, with exactly the keys that the viewer may have. */
export const rowView = (parts: RowParts): CandidateRow => {
  const { request, candidate, applications, current, projection } = parts
  const decisions = decideFields(request, listFields)
  const why: WhyView[] = (['name', 'phone', 'email'] as const).map((field) => toWhy(field, decisions[field]))
  const body = decisions.body.state === 'see'
  const step = current === null ? undefined : shownStep(current.job_steps, current.stage, current.step)
  const badges: BadgeView[] = [
    ...projection.badges,
    ...(flagsOf(candidate).ai_polished === true ? [{ kind: 'ai_polished' as const }] : []),
  ]
  const name = nameFor(decisions.name, decisions.sex, projection)
  const optional = {
    name,
    phone: showsPattern(decisions.phone) ? projection.phone : undefined,
    email: showsPattern(decisions.email) ? projection.email : undefined,
    age_band: showsBand(decisions.birth_date, body) ? bandOf(request) : undefined,
    city: decisions.residence.state === 'absent' ? undefined : projection.city,
    years: body ? projection.years : undefined,
    degree: body ? projection.degree : undefined,
    school: body ? projection.school : undefined,
    title: body ? projection.title : undefined,
    company: body ? projection.company : undefined,
    skills: body && projection.skills.length > 0 ? projection.skills.slice(0, mostSkills) : undefined,
    salary:
      decisions.expected_salary.state === 'see' && projection.salary !== null
        ? ([...projection.salary] satisfies [number, number])
        : undefined,
    active_days: decisions.insights.state === 'see' && (parts.activeDays ?? -1) >= 0 ? parts.activeDays : undefined,
    score: body && (parts.score ?? -1) >= 0 ? parts.score : undefined,
    due: current === null ? undefined : dueOf(current, request.profile, parts.cardsUntil, parts.now),
    snippet: body ? parts.snippet : undefined,
    badges: body && badges.length > 0 ? badges : undefined,
  }
  return {
    id: candidate.record_id as CandidateRow['id'],
    platform: candidate.platform,
    life: candidate.life,
    ...(current === null
      ? {}
      : {
          application: {
            id: current.id as NonNullable<CandidateRow['application']>['id'],
            job_id: current.job_id as NonNullable<CandidateRow['application']>['job_id'],
            job_title: current.job_title ?? '',
            channel: current.channel,
            stage: current.stage,
            at: current.at,
            ...(step === undefined ? {} : { step }),
          },
        }),
    applications: applications.length,
    ...(Object.fromEntries(
      Object.entries(optional).filter(([, value]) => value !== undefined && value !== null),
    ) as Partial<CandidateRow>),
    why,
  }
}
