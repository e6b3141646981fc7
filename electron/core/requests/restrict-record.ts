import { flagsOf, type CandidateRecord } from '../candidates/candidate-rows.ts'
import type { WriterCall } from '../handler.ts'

/** Stops or allows the use of a record, inside the caller's transaction: it leaves the lists and opens for nobody meanwhile. */
export const setRestricted = (call: WriterCall, person: CandidateRecord, on: boolean): void => {
  const { restricted_here: _before, ...rest } = flagsOf(person)
  call.store.run(
    'UPDATE candidate SET flags = ?, version = version + 1 WHERE record_id = ?',
    JSON.stringify(on ? { ...rest, restricted_here: true } : rest),
    person.record_id,
  )
}
