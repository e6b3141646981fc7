import type { PolicyRule } from '../../shared/domain/policy-codes.ts'
import { openGates } from '../policy/account-gate.ts'
import { admit } from '../policy/admit.ts'
import type { Profiles } from '../policy/profile/profile-set.ts'
import type { ReadableDb } from '../store/database.ts'
import { consentsOf, insightsAt, type ApplicationRecord, type CandidateRecord } from './candidate-rows.ts'
import { personFacts, type Person } from './person.ts'
import { decideFields, policyRequest, type Viewer } from './policy-request.ts'

/** What an account's lists may know of a record: `row` at all, its `text` (with everything made from the body), its alias, its city. */
export type Listing = {
  readonly row: boolean
  readonly text: boolean
  readonly name: boolean
  readonly city: boolean
  /** What the person expects to earn. */
  readonly salary: boolean
  /** Lists may be ordered by what the platform reports of the person's activity (ZP-63). */
  readonly insights: boolean
}

const nothing: Listing = { row: false, text: false, name: false, city: false, salary: false, insights: false }

/** Refusals that pass with time, a sync or a person's word: such a row stays in the list, and each showing decides anew. */
export const listedThough: ReadonlySet<PolicyRule> = new Set([
  'LEASE_OVER',
  'HUB_NEEDED',
  'CARD_STALE',
  'AGE_UNKNOWN',
  'ADMIN_CARD_ONLY',
])

/**
 * Decides what goes into the index, so that counts, facets and hits tell nothing that a row could not show. Whatever changes
 * the answer for good raises the record's version; that a lease ends does not, so queries look at the lease themselves.
 */
export const createListing =
  (profiles: Profiles, viewer: () => Viewer, now: () => number) =>
  (db: ReadableDb, candidate: CandidateRecord, applications: readonly ApplicationRecord[], person: Person): Listing => {
    const request = policyRequest({
      profiles,
      // Gates and permissions of the account open and close by the hour; each call asks for them itself.
      viewer: { ...viewer(), gates: openGates, permissions: { insights: true, sealed_fields: true } },
      candidate,
      applications,
      current: applications[0] ?? null,
      facts: personFacts(person, applications),
      now: now(),
      lastSuccessAt: now(),
      insightsAt: insightsAt(db, candidate.platform_id),
      consented: consentsOf(db, candidate, now()),
    })
    const admission = admit(request)
    if (!admission.ok && !listedThough.has(admission.rule)) return nothing
    const decided = decideFields(request, ['name', 'body', 'residence', 'expected_salary', 'insights'])
    const { name, body, residence, insights } = decided
    return {
      row: true,
      text: body.state === 'see',
      name: name.state !== 'absent',
      city: residence.state !== 'absent',
      salary: decided.expected_salary.state === 'see',
      insights: insights.state === 'see',
    }
  }
