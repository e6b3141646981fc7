import { changeData, type ChangeDataOf } from '../../shared/domain/sync-records.ts'
import { contactField, type ContactField, type Platform } from '../../shared/domain/vocabulary.ts'
import type { EntryDraft } from '../../shared/domain/ledger-entry.ts'
import { putPendingEntries } from '../ledger/pending-entries.ts'
import { findContacts } from '../../shared/text/find-contacts.ts'
import { readNote, writeNote } from '../messages/disclosed-note.ts'
import { getMessage, listMessages, putMessage, type MessageRow } from '../messages/message-rows.ts'
import { requireProfile } from '../policy/profile/require-profile.ts'
import { openAside, removeAside, type AsideRow } from './aside.ts'
import type { ApplyContext, PageWork } from './page-work.ts'
import { pastTime } from './past-time.ts'
import { changeTold, takeTold } from './told-in-chat.ts'

type MessageWork = Pick<PageWork, 'store' | 'keystore' | 'now' | 'profiles' | 'viewer' | 'touched' | 'drafts'>

type Place = {
  readonly key_slot: string
  readonly record_id: string
  readonly job_id: string
  readonly platform: Platform
  readonly platform_id: string
}

const isField = (name: string): name is ContactField => contactField.safeParse(name).success

/** What a candidate's message tells, noted beside it and entered in the log; never of what somebody here wrote (ZP-28). */
const noteTold = (work: MessageWork, row: MessageRow, place: Place, vouched: readonly ContactField[]): void => {
  const profile = requireProfile(work.profiles, place.platform)
  const before = readNote(row.disclosed)
  const found = takeTold(work, profile, work.viewer.role, {
    row,
    slot: place.key_slot,
    recordId: place.record_id,
    note: { ...before, vouched },
  })
  const note = writeNote(found)
  if (note === row.disclosed) return
  work.store.run('UPDATE message SET disclosed = ? WHERE id = ?', note, row.id)
  if (found.told.every((field) => before.told.includes(field))) return
  work.touched.add(place.record_id)
  work.drafts.push({
    action: 'stage',
    outcome: 'done',
    subject: { platform: place.platform, id: place.platform_id },
    job: place.job_id,
    fields: [...found.told],
    detail: 'told_in_chat ZP-28',
  })
}

/**
 * Puts a message of the hub into its conversation. False while its application is not here. What we sent comes back under its
 * own id: it is known already, and now it is known to have arrived.
 */
export const applyMessage = (
  work: MessageWork,
  head: { readonly id: string },
  data: ChangeDataOf<'message'>,
): boolean => {
  const place = work.store.get<Place>(
    `SELECT a.key_slot, a.record_id, a.job_id, c.platform, c.platform_id FROM application a
     JOIN candidate c ON c.record_id = a.record_id WHERE a.id = ?`,
    data.application_id,
  )
  if (place === undefined) return false
  const known = getMessage(work.store, head.id)
  const author = data.from === 'candidate' || data.from === 'ai' ? data.from : 'human'
  // Words of one person never move to another, and what was written here never becomes the candidate's.
  if (known !== undefined && (known.application_id !== data.application_id || known.author !== author)) return true
  putMessage(work.store, work.keystore, place.key_slot, {
    id: head.id,
    application_id: data.application_id,
    at: pastTime(data.at, work.now),
    kind: author === 'ai' ? 'greeting' : 'chat',
    author,
    account: author === 'human' ? data.from : null,
    state: author === 'candidate' ? 'received' : 'sent',
    text: data.text,
  })
  const row = getMessage(work.store, head.id)
  if (row === undefined) return true
  if (author === 'candidate') noteTold(work, row, place, [...new Set((data.disclosed ?? []).filter(isField))])
  else rereadAfter(work, row, place, data.text)
  return true
}

/** A value that somebody here wrote first is perhaps only repeated, in whichever order the two arrive. */
const rereadAfter = (work: MessageWork, written: MessageRow, place: Place, text: string): void => {
  if (findContacts(text).length === 0) return
  for (const row of listMessages(work.store, written.application_id)) {
    if (row.author !== 'candidate' || row.at < written.at) continue
    noteTold(work, row, place, readNote(row.disclosed).vouched)
  }
}

/** The platform took a message back, and with it what it told. */
export const endMessage = (work: MessageWork, id: string): void => {
  const row = work.store.get<{ record_id: string }>(
    'SELECT a.record_id FROM message m JOIN application a ON a.id = m.application_id WHERE m.id = ?',
    id,
  )
  if (row === undefined) return
  if (changeTold(work, row.record_id, (told) => told.filter(({ message }) => message !== id))) {
    work.touched.add(row.record_id)
  }
  work.store.run('DELETE FROM message WHERE id = ?', id)
}

/** Takes up messages that an earlier version kept aside, as far as their application is here; in a transaction of its own. */
export const adoptMessages = (context: ApplyContext, now: number): number =>
  context.store.transaction(() => {
    const work = { ...context, now, touched: new Set<string>(), drafts: [] as EntryDraft[] }
    const rows = work.store.all<AsideRow>(
      `SELECT * FROM aside_change WHERE type = 'message' AND why = 'stored'
         AND application_id IN (SELECT id FROM application) ORDER BY at, id`,
    )
    for (const row of rows) {
      const data = changeData.message.safeParse(openAside(work, row))
      removeAside(work.store, row.type, row.id)
      if (data.success) applyMessage(work, row, data.data)
    }
    putPendingEntries(context.store, context.ledger, context.actor, work.drafts)
    return rows.length
  })
