import { contactField, sealableField, type FieldName } from '../../../shared/domain/vocabulary.ts'
import { IpcError } from '../../../shared/ipc/ipc-error.ts'
import {
  consentsOf,
  insightsAt,
  lastSuccessAt,
  listApplications,
  requireCandidate,
  type ApplicationRecord,
  type CandidateRecord,
} from '../../candidates/candidate-rows.ts'
import { birthOf, contactValue, openPerson, personFacts, type Person } from '../../candidates/person.ts'
import { policyRequest, requireAdmission, viewerOf } from '../../candidates/policy-request.ts'
import { openSealedFields, type SealedFields } from '../../candidates/sealed-fields.ts'
import type { ReaderCall } from '../../handler.ts'
import { decide } from '../../policy/decide.ts'

export type CopyRecord = {
  readonly candidate: CandidateRecord
  readonly applications: readonly ApplicationRecord[]
  readonly person: Person
  readonly sensitive: SealedFields
  /** Fields that stay out of what this viewer makes. */
  readonly leftOut: ReadonlySet<FieldName>
}

/** Fields of which a package tells more than a list does. */
const packaged: readonly FieldName[] = [
  ...contactField.options,
  ...sealableField.options,
  'birth_date',
  'sex',
  'residence',
  'body',
  'expected_salary',
  'attachment',
  'insights',
]

/** What of a record is there and goes into a package, for the log. */
export const packedFields = ({ person, sensitive, leftOut }: CopyRecord, files: number): FieldName[] => {
  const { cn } = person.resume.meta
  const held: Readonly<Partial<Record<FieldName, boolean>>> = {
    ...Object.fromEntries(contactField.options.map((field) => [field, contactValue(person, field) !== undefined])),
    ...Object.fromEntries(Object.keys(sensitive).map((field) => [field, true])),
    birth_date: birthOf(person) !== null,
    sex: cn.sex !== undefined,
    residence: cn.city !== undefined,
    body: true,
    expected_salary: cn.expected_salary !== undefined,
    attachment: files > 0,
  }
  return packaged.filter((field) => held[field] === true && !leftOut.has(field))
}

/**
 * Opens a record for its person's own copy, locked or not, for the right to a copy does not end with a lock. The protection
 * officer answers for the enterprise and makes a whole one (ZP-90); whoever screens goes through the same gates and rules as
 * when they look, and what is kept from them is named as left out.
 *
 * @throws Refusal, IpcError E_NOT_FOUND
 */
export const openForCopy = (call: ReaderCall, recordId: string): CopyRecord => {
  const candidate: CandidateRecord = { ...requireCandidate(call.store, recordId), life: 'live' }
  const { keystore } = call.account
  if (keystore.state(candidate.key_slot) !== 'live')
    throw new IpcError('E_NOT_FOUND', 'the destruction of this record has begun')
  const applications = listApplications(call.store, recordId).filter(
    ({ key_slot: slot }) => keystore.state(slot) === 'live',
  )
  const person = openPerson(call.store, keystore, candidate)
  const [current = null] = applications
  const request = policyRequest({
    profiles: call.core.profiles,
    viewer: viewerOf(call.account, call.now),
    candidate,
    applications,
    current,
    facts: personFacts(person, applications),
    now: call.now,
    lastSuccessAt: lastSuccessAt(call.store),
    statedReason: true,
    insightsAt: insightsAt(call.store, candidate.platform_id),
    consented: consentsOf(call.store, candidate, call.now),
  })
  // Where there is no hub, the one account is the enterprise itself.
  const whole = call.account.role === 'officer' || call.account.hub === null
  if (!whole) requireAdmission(request, candidate, current?.job_id)
  const leftOut = new Set(
    whole
      ? []
      : packaged.filter((field) => {
          const { state, form } = decide({ ...request, field })
          return !((state === 'see' || state === 'reveal') && (form === 'full' || field === 'body'))
        }),
  )
  const place = { keystore, sensitiveKey: call.vault.keys.sensitiveKey() }
  const sealed = openSealedFields(call.store, place, candidate)
  const sensitive = Object.fromEntries(
    Object.entries(sealed).filter(([field]) => !leftOut.has(field as FieldName)),
  ) as SealedFields
  return { candidate, applications, person, sensitive, leftOut }
}
