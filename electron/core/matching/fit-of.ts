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
export const fitOf = (
  db: ReadableDb,
  request: PolicyRequest,
  person: Person,
  jobId: string,
): FitView | undefined => {
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

/**
 * Scores of a record's applications for the index, by application id. They are made for the account's own sight of each, as
 * its lists are; -1 where the job asks for nothing, nothing is known, or the account has switched scores off (ZP-88).
 */
export const createScoring =
  (profiles: Profiles, viewer: () => Viewer, shown: () => boolean, now: () => number) =>
  (
    db: ReadableDb,
    candidate: CandidateRecord,
    applications: readonly ApplicationRecord[],
    person: Person,
  ): ReadonlyMap<string, number> => {
    if (!shown()) return new Map()
    return new Map(
      applications
        .filter(({ job_id: job }) => requirementsOf(db, job) !== null)
        .map((current) => {
          const request = policyRequest({
            profiles,
            // As for the lists: gates and permissions open and close by the hour, and each showing asks for them itself.
            viewer: { ...viewer(), gates: openGates, permissions: { insights: true, sealed_fields: true } },
            candidate,
            applications,
            current,
            facts: personFacts(person, applications),
            now: now(),
            lastSuccessAt: now(),
            insightsAt: insightsAt(db, candidate.platform_id),
            consented: consentsOf(db, candidate, now()),
          })
          return [current.id, fitOf(db, request, person, current.job_id)?.points ?? noScore] as const
        }),
    )
  }
