import { openPerson, ownWordsOf } from '../candidates/person.ts'
import type { CandidateRecord } from '../candidates/candidate-rows.ts'
import type { ReaderCall } from '../handler.ts'
import { redactToString } from '../policy/text/redact.ts'

/**
 * A reason without contacts and without the person's own words, whoever wrote it. The record is opened for that alone, locked or
 * not: nothing of it is shown, and what is left says why and not who.
 */
export const cleanWords = (call: ReaderCall, candidate: CandidateRecord, text: string): string => {
  const { keystore } = call.account
  if (keystore.state(candidate.key_slot) !== 'live') return redactToString(text)
  return redactToString(text, ownWordsOf(openPerson(call.store, keystore, candidate)))
}
