import { flagsOf, getCandidate } from '../candidates/candidate-rows.ts'
import { openPerson } from '../candidates/person.ts'
import { createNoContactList, type NoContactSource } from '../ledger/no-contact.ts'
import { noContactSubject } from '../messages/no-contact-subject.ts'
import type { DestructionTarget } from './destruction-target.ts'

/**
 * The last thing that is done with a record before its key goes: whoever asked not to be contacted stays known by hashes of all
 * that would bring them in again, also of what came after the wish (MM-17). Does nothing for everybody else.
 */
export const keepNoContact = (
  target: Pick<DestructionTarget, 'store' | 'keystore' | 'ledgerDb' | 'tombstoneKey' | 'clock'>,
  recordId: string,
): void => {
  const candidate = getCandidate(target.store.reader, recordId)
  if (candidate === undefined || target.keystore.state(candidate.key_slot) !== 'live') return
  const flags = flagsOf(candidate)
  const sources: NoContactSource[] = [
    ...(flags.no_contact_here === true ? (['here'] as const) : []),
    ...(flags.do_not_contact === true ? (['hub'] as const) : []),
  ]
  if (sources.length === 0) return
  const subject = noContactSubject(candidate, openPerson(target.store.reader, target.keystore, candidate))
  const list = createNoContactList(target.ledgerDb, () => target.tombstoneKey)
  for (const source of sources) list.note(subject, source, target.clock.now())
}
