import { revealField, type FieldName, type RevealField } from '../../shared/domain/vocabulary.ts'
import { findApproval, type WantedScope } from '../approvals/require-approval.ts'
import type { ReaderCall } from '../handler.ts'
import { decide } from '../policy/decide.ts'
import { IpcError } from '../../shared/ipc/ipc-error.ts'
import { listMemberships } from '../pool/pool-rows.ts'
import type { PolicyRequest } from '../policy/policy-request.ts'
import {
  consentsOf,
  insightsAt,
  lastSuccessAt,
  listApplications,
  listPurposes,
  requireCandidate,
  type ApplicationRecord,
  type CandidateRecord,
  type PurposeRecord,
} from './candidate-rows.ts'
import { openPerson, personFacts, type Person } from './person.ts'
import { applicationsFor, policyRequest, requireAdmission, viewerOf, type PersonFacts } from './policy-request.ts'

export type OpenedRecord = {
  readonly candidate: CandidateRecord
  readonly applications: readonly ApplicationRecord[]
  readonly current: ApplicationRecord | null
  readonly request: PolicyRequest
  readonly person: Person
  readonly purposes: readonly PurposeRecord[]
}

const nobody: PersonFacts = { birth: null, disclosed: {} }

/** The application that a record is opened for: that of the job named, else the newest live one. */
const currentOf = (applications: readonly ApplicationRecord[], jobId: string | undefined): ApplicationRecord | null =>
  (jobId === undefined ? applications[0] : applications.find((application) => application.job_id === jobId)) ?? null

/**
 * Opens a record for a viewer and a job, or refuses (ZP-08, ZP-42, E_LOCKED …). The sealed half is opened only after the
 * gates that need nothing from it.
 *
 * @throws Refusal, IpcError E_NOT_FOUND
 */
export const openRecord = (call: ReaderCall, recordId: string, jobId: string | undefined): OpenedRecord => {
  const candidate = requireCandidate(call.store, recordId)
  const viewer = viewerOf(call.account, call.now)
  const applications = applicationsFor(viewer, listApplications(call.store, recordId))
  const current = currentOf(applications, jobId)
  const purposes = listPurposes(call.store, recordId)
  const memberships = listMemberships(call.store, recordId)
  const parts = {
    profiles: call.core.profiles,
    viewer,
    candidate,
    applications,
    current,
    now: call.now,
    lastSuccessAt: lastSuccessAt(call.store),
    purposes,
    jobId,
    insightsAt: insightsAt(call.store, candidate.platform_id),
    consented: consentsOf(call.store, candidate, call.now),
  }
  if (candidate.life !== 'live') {
    requireAdmission(policyRequest({ ...parts, facts: nobody }), candidate, current?.job_id)
    throw new IpcError('E_LOCKED', 'the record is locked')
  }
  const person = openPerson(call.store, call.account.keystore, candidate)
  const evidence = [...applications, ...memberships.map((member) => ({ id: member.application_id }))]
  const found = policyRequest({ ...parts, memberships, facts: personFacts(person, evidence) })
  requireAdmission(found, candidate, current?.job_id)
  const approved = approvedFields(call, candidate, current, found)
  const request = approved.size === 0 ? found : { ...found, approved }
  return { candidate, applications, current, request, person, purposes }
}

/** Of the fields that open by approval alone those for which this viewer has one (ZP-96). */
const approvedFields = (
  call: ReaderCall,
  candidate: CandidateRecord,
  current: ApplicationRecord | null,
  request: PolicyRequest,
): ReadonlySet<FieldName> =>
  new Set(
    revealField.options.filter(
      (field) =>
        decide({ ...request, field }).state === 'approval' &&
        findApproval(call, candidate, approvalScopeOf(request, current, field)).ok,
    ),
  )

/** What a reveal of a field asks an approval for: the second layer is a kind of its own. */
export const approvalScopeOf = (
  { profile }: Pick<PolicyRequest, 'profile'>,
  current: Pick<ApplicationRecord, 'id' | 'job_id'> | null,
  field: RevealField,
): WantedScope => ({
  kind: profile.sealed.has(field) ? 'sealed' : 'reveal',
  field,
  ...(current === null ? {} : { jobId: current.job_id, applicationId: current.id }),
})
