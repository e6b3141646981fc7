import type { PolicyRule } from '../../shared/domain/policy-codes.ts'
import { admit } from '../policy/admit.ts'
import type { Profiles } from '../policy/load-profiles.ts'
import type { ApplicationRecord, CandidateRecord } from './candidate-rows.ts'
import { personFacts, type Person } from './person.ts'
import { policyRequest, type Viewer } from './policy-request.ts'

/** `whole`: row and text. `name`: a row with an alias, found by nothing else. `none`: no row at all. */
export type Listing = 'whole' | 'name' | 'none'

/** Refusals that pass with time or a reason: their rows stay, and each showing decides anew. */
const passing: ReadonlySet<PolicyRule> = new Set(['LEASE_OVER', 'CARD_STALE', 'ADMIN_CARD_ONLY'])

/**
 * What lists, facets and the search of this viewer may know of a record, so that counts and hits say nothing that a row could
 * not show. Whatever changes the answer raises the record's version.
 */
export const createListing =
  (profiles: Profiles, viewer: () => Viewer, now: () => number) =>
  (candidate: CandidateRecord, applications: readonly ApplicationRecord[], person: Person): Listing => {
    const admission = admit(
      policyRequest({
        profiles,
        viewer: viewer(),
        candidate,
        applications,
        current: applications[0] ?? null,
        facts: personFacts(person, applications),
        now: now(),
        lastSuccessAt: now(),
      }),
    )
    if (admission.ok || passing.has(admission.rule)) return 'whole'
    return admission.rule === 'AGE_UNKNOWN' ? 'name' : 'none'
  }
