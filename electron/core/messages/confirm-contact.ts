import type { EntryDraft } from '../../shared/domain/ledger-entry.ts'
import type { ContactField } from '../../shared/domain/vocabulary.ts'
import { IpcError } from '../../shared/ipc/ipc-error.ts'
import { contactValue } from '../candidates/person.ts'
import type { WriterCall } from '../handler.ts'
import { changeTold, readTold, keptOf, surnameOf } from '../sync/told-in-chat.ts'
import { readNote, writeNote } from './disclosed-note.ts'
import { getMessage } from './message-rows.ts'
import { openForMessages } from './send-message.ts'

export type Confirmation = {
  readonly id: string
  readonly field: ContactField
  /** Which of the possible values, in their order. */
  readonly index: number
  readonly own: boolean
}

/**
 * A human's word on whose a contact is, inside the caller's transaction. Only what a candidate wrote can be confirmed: what
 * somebody here typed upgrades nothing, whoever says so (ZP-28).
 *
 * @throws Refusal; IpcError E_NOT_FOUND
 */
export const confirmContact = (call: WriterCall, { id, field, index, own }: Confirmation): readonly EntryDraft[] => {
  const row = getMessage(call.store, id)
  if (row?.author !== 'candidate') throw new IpcError('E_NOT_FOUND', 'there is no such message of the candidate')
  const place = openForMessages(call, row.application_id)
  const { candidate, current, person, request } = place
  const note = readNote(row.disclosed)
  const surname = surnameOf(contactValue(person, 'name'))
  const found = readTold(call.account.keystore, call.store, current.key_slot, row, surname).possible[index]
  if (!note.possible.includes(field) || found?.field !== field) {
    throw new IpcError('E_NOT_FOUND', 'there is nothing to confirm (any more)')
  }
  if (own) {
    const told = { field, value: found.value, message: id, application: row.application_id, at: row.at }
    const place = { store: call.store, keystore: call.account.keystore }
    changeTold(place, candidate.record_id, (before) => [
      ...before.filter((one) => one.message !== id || one.field !== field),
      ...keptOf(request.profile, call.account.role, told),
    ])
  }
  const rest = note.possible.filter((one) => one !== field)
  const settled = own
    ? { ...note, possible: rest, confirmed: [...note.confirmed, field], told: [...new Set([...note.told, field])] }
    : { ...note, possible: rest, dismissed: [...note.dismissed, field] }
  call.store.run('UPDATE message SET disclosed = ? WHERE id = ?', writeNote(settled), id)
  return [
    {
      action: 'stage',
      outcome: 'done',
      subject: { platform: candidate.platform, id: candidate.platform_id },
      job: current.job_id,
      fields: [field],
      detail: own ? 'told_in_chat confirmed ZP-28' : 'told_in_chat dismissed ZP-28',
    },
  ]
}
