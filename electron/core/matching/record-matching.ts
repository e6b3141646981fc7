import type { KeyObject } from 'node:crypto'
import type { ApplicationRecord, CandidateRecord } from '../candidates/candidate-rows.ts'
import type { Person } from '../candidates/person.ts'
import type { Viewer } from '../candidates/policy-request.ts'
import { personHashes, type PersonHash } from '../duplicates/person-hashes.ts'
import type { Profiles } from '../policy/profile/profile-set.ts'
import type { ReadableDb } from '../store/database.ts'
import { lastingRequest, scoresOf } from './fit-of.ts'

/** What the index keeps of a record beside what lists show. */
export type RecordMatching = {
  /** By application id; an application without a score is not there. */
  readonly scores: ReadonlyMap<string, number>
  readonly hashes: readonly PersonHash[]
}

type Options = {
  readonly profiles: Profiles
  readonly searchKey: KeyObject
  readonly viewer: () => Viewer
  readonly now: () => number
}

/** Made for the account's own sight of the record, as its lists are, so that neither tells more than a row could. */
export const createRecordMatching =
  ({ profiles, searchKey, viewer, now }: Options) =>
  (
    db: ReadableDb,
    candidate: CandidateRecord,
    applications: readonly ApplicationRecord[],
    person: Person,
  ): RecordMatching => {
    const requestFor = (current: ApplicationRecord | null) =>
      lastingRequest({ db, profiles, viewer: viewer(), candidate, applications, current, person, now: now() })
    return {
      scores: scoresOf(db, applications, person, requestFor),
      hashes: personHashes(requestFor(applications[0] ?? null), person, searchKey),
    }
  }
