import type { ReaderCall } from '../handler.ts'
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
export const openRecord = (
  call: ReaderCall,
  recordId: string,
  jobId: string | undefined,
  statedReason = false,
): OpenedRecord => {
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
    statedReason,
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
  const request = policyRequest({ ...parts, memberships, facts: personFacts(person, evidence) })
  requireAdmission(request, candidate, current?.job_id)
  return { candidate, applications, current, request, person, purposes }
}
