import { IpcError } from '../../../shared/ipc/ipc-error.ts'
import {
  consentsOf,
  lastSuccessAt,
  listApplications,
  requireCandidate,
  type ApplicationRecord,
  type CandidateRecord,
} from '../../candidates/candidate-rows.ts'
import { openPerson, personFacts, type Person } from '../../candidates/person.ts'
import { policyRequest, requireAdmission, viewerOf } from '../../candidates/policy-request.ts'
import type { ReaderCall } from '../../handler.ts'
import type { PolicyRequest } from '../../policy/policy-request.ts'

export type HiredRow = {
  readonly id: string
  readonly record_id: string
  readonly job_id: string
  readonly job_title: string | null
  readonly due_at: number
}

/** Applications that were hired and whose week is not over (D5); nobody who is locked for anything else is among them. */
export const listHired = (call: ReaderCall): HiredRow[] =>
  call.store.all<HiredRow>(
    `SELECT a.id, a.record_id, a.job_id, j.title AS job_title, a.due_at FROM application a
     JOIN candidate c ON c.record_id = a.record_id LEFT JOIN job j ON j.id = a.job_id
     WHERE a.decision = 'hired' AND a.due_at > ? AND (c.life = 'live' OR c.lock_reason = 'hired')
     ORDER BY a.due_at, a.id`,
    call.now,
  )

/** @throws IpcError E_NOT_FOUND, E_CONFLICT */
export const requireHired = (call: ReaderCall, applicationId: string): HiredRow => {
  const found = listHired(call).find(({ id }) => id === applicationId)
  const row = call.store.get<{ decision: string | null; record_id: string; key_slot: string }>(
    'SELECT decision, record_id, key_slot FROM application WHERE id = ?',
    applicationId,
  )
  if (row === undefined) throw new IpcError('E_NOT_FOUND', 'there is no such application (any more)')
  const conflict = (reason: string, message: string) => new IpcError('E_CONFLICT', message, { reason })
  if (row.decision !== 'hired') throw conflict('not_hired', 'only an application that was hired is handed over')
  if (found === undefined) throw conflict('over', 'the time after the hire is over')
  const begun = call.store.get('SELECT 1 FROM destruction_part WHERE application_id = ?', applicationId) !== undefined
  const { keystore } = call.account
  const slot = requireCandidate(call.store, row.record_id).key_slot
  if (begun || keystore.state(slot) !== 'live' || keystore.state(row.key_slot) !== 'live')
    throw conflict('destroyed', 'the destruction of this record has begun')
  return found
}

export type HiredRecord = {
  readonly candidate: CandidateRecord
  readonly application: ApplicationRecord
  readonly person: Person
  readonly request: PolicyRequest
}

/**
 * Opens a hired person's record for the one package. Every gate but the hire's own lock applies, and the rules decide
 * field by field as they would while it was open.
 * @throws Refusal, IpcError
 */
export const openHired = (call: ReaderCall, row: HiredRow): HiredRecord => {
  const locked = requireCandidate(call.store, row.record_id)
  const candidate: CandidateRecord = { ...locked, life: 'live' }
  const applications = listApplications(call.store, row.record_id)
  const application = applications.find(({ id }) => id === row.id)
  if (application === undefined) throw new IpcError('E_NOT_FOUND', 'there is no such application (any more)')
  const person = openPerson(call.store, call.account.keystore, candidate)
  const request = policyRequest({
    profiles: call.core.profiles,
    viewer: viewerOf(call.account, call.now),
    candidate,
    applications,
    current: application,
    facts: personFacts(person, applications),
    now: call.now,
    lastSuccessAt: lastSuccessAt(call.store),
    statedReason: true,
    consented: consentsOf(call.store, candidate, call.now),
  })
  requireAdmission(request, candidate, application.job_id)
  return { candidate, application, person, request }
}
