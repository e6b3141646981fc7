import type { NoteView } from '../../shared/domain/collaboration.ts'
import type { OpenedRecord } from '../candidates/open-record.ts'
import { ownWordsOf } from '../candidates/person.ts'
import type { ReaderCall } from '../handler.ts'
import { redact } from '../policy/text/redact.ts'
import { authorOf, namesOf } from './colleagues.ts'
import { listMentionsOf, listNotes, openNote } from './note-rows.ts'

/** Notes of the applications that whoever looks may see, newest first, with contacts masked like everywhere else. */
export const notesView = (call: ReaderCall, record: OpenedRecord): NoteView[] => {
  const nameOf = namesOf(call)
  const me = authorOf(call.account).id
  const own = ownWordsOf(record.person)
  return record.applications
    .flatMap((application) =>
      listNotes(call.store, application.id).map((row): NoteView => ({
        id: row.id,
        at: row.at,
        ...(row.edited_at === null ? {} : { edited_at: row.edited_at }),
        author: row.author_id === null ? row.author : nameOf(row.author_id),
        own: row.author_id === me,
        text: redact(openNote(call.account.keystore, application.key_slot, row), own),
        mentions: listMentionsOf(call.store, row.id).map(({ account }) => ({ id: account, name: nameOf(account) })),
      })),
    )
    .sort((a, b) => b.at - a.at)
}
