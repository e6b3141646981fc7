import type { MentionView } from '../../shared/domain/collaboration.ts'
import { IpcError } from '../../shared/ipc/ipc-error.ts'
import { openRecord } from '../candidates/open-record.ts'
import { ownWordsOf } from '../candidates/person.ts'
import { recordRow } from '../candidates/record-row.ts'
import type { SubjectRef } from '../context.ts'
import { defineHandlers, type ReaderCall } from '../handler.ts'
import { decide } from '../policy/decide.ts'
import { redact } from '../policy/text/redact.ts'
import { authorOf, namesOf } from './colleagues.ts'
import { openNote, type NoteRow } from './note-rows.ts'

type Row = NoteRow & { readonly seen_at: number | null; readonly job_id: string; readonly job_title: string | null }

/** Nobody reads further back. */
const most = 100

const listMine = (call: ReaderCall): Row[] =>
  call.store.all<Row>(
    `SELECT n.*, m.seen_at, a.job_id, j.title AS job_title FROM mention m
     JOIN note n ON n.id = m.note_id JOIN application a ON a.id = m.application_id
     JOIN candidate c ON c.record_id = a.record_id AND c.life = 'live' LEFT JOIN job j ON j.id = a.job_id
     WHERE m.account = ? ORDER BY m.seen_at IS NOT NULL, m.at DESC LIMIT ${most}`,
    authorOf(call.account).id,
  )

/** A note in which somebody speaks to whoever looks; null where a rule keeps the record or its body from them now. */
const viewOf = (
  call: ReaderCall,
  row: Row,
  nameOf: (id: string) => string,
): { readonly view: MentionView; readonly subject: SubjectRef } | null => {
  try {
    const record = openRecord(call, row.record_id, row.job_id)
    const application = record.applications.find(({ id }) => id === row.application_id)
    if (application === undefined || decide({ ...record.request, field: 'body' }).state !== 'see') return null
    const { name } = recordRow(call, record)
    const text = openNote(call.account.keystore, application.key_slot, row)
    return {
      view: {
        note_id: row.id,
        at: row.at,
        author: row.author_id === null ? row.author : nameOf(row.author_id),
        seen: row.seen_at !== null,
        record_id: record.candidate.record_id as MentionView['record_id'],
        job_id: row.job_id as MentionView['job_id'],
        job_title: row.job_title ?? '',
        platform: record.candidate.platform,
        ...(name === undefined ? {} : { name }),
        text: redact(text, ownWordsOf(record.person)),
      },
      subject: { platform: record.candidate.platform, id: record.candidate.platform_id },
    }
  } catch (error) {
    // One that is closed now keeps nobody from the others.
    if (error instanceof IpcError) return null
    throw error
  }
}

export const mentionHandlers = defineHandlers({
  'mention.list': {
    disclose: (call) => {
      const nameOf = namesOf(call)
      const made = listMine(call)
        .map((row) => viewOf(call, row, nameOf))
        .filter((one) => one !== null)
      return {
        entries: [],
        hits: { subjects: made.map(({ subject }) => subject) },
        answer: () => ({ items: made.map(({ view }) => view) }),
      }
    },
  },
  'mention.counts': {
    read: (call) => {
      const nameOf = namesOf(call)
      // By the same rules as the list, so that the number tells of nothing that the list does not show.
      const unread = listMine(call).filter((row) => row.seen_at === null && viewOf(call, row, nameOf) !== null)
      return { unread: unread.length }
    },
  },
  'mention.mark_seen': {
    write: (call, { notes }) => {
      const me = authorOf(call.account).id
      let seen = 0
      for (const id of new Set(notes)) {
        seen += call.store.run(
          'UPDATE mention SET seen_at = ? WHERE note_id = ? AND account = ? AND seen_at IS NULL',
          call.now,
          id,
          me,
        ).changes
      }
      return {
        output: { seen },
        entries: [],
        after: () => {
          if (seen > 0) call.core.emit('data.changed', { what: ['notes'] })
        },
      }
    },
  },
})
