import type { EntryDraft } from '../../shared/domain/ledger-entry.ts'
import { IpcError } from '../../shared/ipc/ipc-error.ts'
import { flagsOf, requireCandidate, type CandidateFlags, type CandidateRecord } from '../candidates/candidate-rows.ts'
import { openPerson } from '../candidates/person.ts'
import { defineHandlers, type WriterCall } from '../handler.ts'
import { aad } from '../keys/sealed-columns.ts'
import { createNoContactList } from '../ledger/no-contact.ts'
import { requireProfile } from '../policy/profile/require-profile.ts'
import { noContactSubject } from './no-contact-subject.ts'

/** Shorter is no reference to anything. */
const leastReference = 3

const requireReference = (reference: string | undefined): void => {
  if ((reference ?? '').length >= leastReference) return
  throw new IpcError('E_INPUT', 'say how the person took the wish back', { field: 'reference' })
}

const keepReference = (call: WriterCall, candidate: CandidateRecord, reference: string | undefined): void => {
  if (reference === undefined || reference === '') return
  const id = crypto.randomUUID()
  call.store.run(
    'INSERT INTO typed_reason (id, record_id, at, sealed) VALUES (?, ?, ?, ?)',
    id,
    candidate.record_id,
    call.now,
    call.account.keystore.seal(
      candidate.key_slot,
      aad('typed_reason', 'sealed', id),
      new TextEncoder().encode(reference),
    ),
  )
}

/** What still waits for the hub is not sent any more; it stays in the conversation as refused. */
const stopQueued = (call: WriterCall, recordId: string): void => {
  const queued = `SELECT m.id FROM message m JOIN application a ON a.id = m.application_id
    WHERE a.record_id = ? AND m.state = 'queued'`
  call.store.run(`DELETE FROM outbox WHERE id IN (${queued})`, recordId)
  call.store.run(`UPDATE message SET state = 'refused' WHERE id IN (${queued})`, recordId)
}

const entryOf = (call: WriterCall, { platform, platform_id: id }: CandidateRecord, on: boolean): EntryDraft => {
  const profile = requireProfile(call.core.profiles, platform)
  const clause = profile.clauseOf('DO_NOT_CONTACT')
  return {
    action: 'consent',
    outcome: 'done',
    subject: { platform, id },
    policy: { profile: profile.id, version: profile.document.policy.version, clause },
    detail: on ? 'do_not_contact on' : 'do_not_contact off',
  }
}

export const doNotContactHandlers = defineHandlers({
  'contact.set_do_not_contact': {
    write: (call, { id, on, reference }) => {
      const candidate = requireCandidate(call.store, id)
      if (candidate.life !== 'live') throw new IpcError('E_LOCKED', 'the record is locked')
      const flags = flagsOf(candidate)
      if (!on) {
        if (flags.do_not_contact === true) {
          throw new IpcError('E_CONFLICT', 'the wish stands on the platform, where the person can change it', {
            reason: 'platform',
          })
        }
        requireReference(reference)
      }
      const { keystore } = call.account
      const subject = noContactSubject(candidate, openPerson(call.store, keystore, candidate))
      const list = createNoContactList(call.vault.ledgerDb, () => call.vault.keys.tombstoneKey())
      // The list first: what fails afterwards leaves a wish that is kept too long, never one that is forgotten.
      if (on) list.note(subject, 'here', call.now)
      else list.forget(subject, 'here')
      const { no_contact_here: _before, ...rest } = flags
      const next: CandidateFlags = on ? { ...rest, no_contact_here: true } : rest
      call.store.run(
        'UPDATE candidate SET flags = ?, version = version + 1 WHERE record_id = ?',
        JSON.stringify(next),
        id,
      )
      if (on) stopQueued(call, id)
      keepReference(call, candidate, reference)
      return {
        output: {},
        entries: [entryOf(call, candidate, on)],
        after: () => {
          call.account.indexer.poke()
          call.core.emit('data.changed', { what: ['candidates', 'messages'] })
        },
      }
    },
  },
})
