import type { FitView } from '../../shared/domain/match-views.ts'
import type { ApplicationRecord, CandidateRecord } from '../candidates/candidate-rows.ts'
import { consentsOf, insightsAt } from '../candidates/candidate-rows.ts'
import { personFacts, type Person } from '../candidates/person.ts'
import { decideFields, policyRequest, type Viewer } from '../candidates/policy-request.ts'
import { readRequirements } from '../jobs/read-requirements.ts'
import { openGates } from '../policy/account-gate.ts'
import type { PolicyRequest } from '../policy/policy-request.ts'
import type { Profiles } from '../policy/profile/profile-set.ts'
import type { ReadableDb } from '../store/database.ts'
import { fitFacts } from './fit-facts.ts'
import { scoreFit } from './score-fit.ts'
import { programSkillWords } from './skill-words.ts'

const requirementsOf = (db: ReadableDb, jobId: string): string | null =>
  db.get<{ requirements: string | null }>('SELECT requirements FROM job WHERE id = ?', jobId)?.requirements ?? null

/**
 * How well a person fits a job, as far as this viewer may know: undefined where the body may not be read. What the rules keep
 * from the viewer is unknown to the score, too, so that no score tells it.
 */
export const fitOf = (db: ReadableDb, request: PolicyRequest, person: Person, jobId: string): FitView | undefined => {
  const sight = decideFields(request, ['body', 'residence', 'expected_salary'])
  if (sight.body.state !== 'see') return undefined
  const asked = readRequirements(requirementsOf(db, jobId))
  if (asked === null) return { points: null, total: 100, parts: [] }
  const facts = fitFacts(person.resume, {
    residence: sight.residence.state !== 'absent',
    salary: sight.expected_salary.state === 'see',
  })
  return scoreFit(asked, facts, programSkillWords())
}

/** What stands in the index where there is no score. */
export const noScore = -1

export type RecordParts = {
  readonly db: ReadableDb
  readonly profiles: Profiles
  readonly viewer: Viewer
  readonly candidate: CandidateRecord
  readonly applications: readonly ApplicationRecord[]
  readonly current: ApplicationRecord | null
  readonly person: Person
  readonly now: number
}

/**
 * The request by which the index is made: gates, permissions and the lease open and close by the hour, and each showing asks
 * for them itself.
 */
export const lastingRequest = (parts: RecordParts): PolicyRequest => {
  const { db, profiles, viewer, candidate, applications, current, person, now } = parts
  return policyRequest({
    profiles,
    viewer: { ...viewer, gates: openGates, permissions: { insights: true, sealed_fields: true } },
    candidate,
    applications,
    current,
    facts: personFacts(person, applications),
    now,
    lastSuccessAt: now,
    insightsAt: insightsAt(db, candidate.platform_id),
    consented: consentsOf(db, candidate, now),
  })
}

/** Scores of a record's applications, by application id; none where the job asks for nothing or nothing is known. */
export const scoresOf = (
  db: ReadableDb,
  applications: readonly ApplicationRecord[],
  person: Person,
  requestFor: (current: ApplicationRecord) => PolicyRequest,
): ReadonlyMap<string, number> =>
  new Map(
    applications.flatMap((current) => {
      if (requirementsOf(db, current.job_id) === null) return []
      const points = fitOf(db, requestFor(current), person, current.job_id)?.points ?? null
      return points === null ? [] : [[current.id, points] as const]
    }),
  )
