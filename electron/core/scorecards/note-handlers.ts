import { IpcError } from '../../shared/ipc/ipc-error.ts'
import type { EntryDraft } from '../../shared/domain/ledger-entry.ts'
import { openRecord, type OpenedRecord } from '../candidates/open-record.ts'
import { ownWordsOf } from '../candidates/person.ts'
import { defineHandlers, type ReaderCall, type WriterCall } from '../handler.ts'
import { redactToString } from '../policy/text/redact.ts'
import { authorOf, listColleagues } from './colleagues.ts'
import {
  listMentionsOf,
  noteIdOf,
  openNote,
  putMentions,
  putNote,
  removeNote,
  requireNote,
  sealNote,
  type NoteRow,
} from './note-rows.ts'
import { forgetRemoved, keepRemoved, restoreMs, takeRemoved } from './removed-notes.ts'

type Current = NonNullable<OpenedRecord['current']>

const entryOf = (record: OpenedRecord, current: Current, detail: string): EntryDraft => ({
  action: 'stage',
  outcome: 'done',
  subject: { platform: record.candidate.platform, id: record.candidate.platform_id },
  job: current.job_id,
  detail,
})

/** @throws IpcError E_PURPOSE where the record is looked at without an application */
export const requireCurrent = ({ current }: OpenedRecord): Current => {
  if (current === null) throw new IpcError('E_PURPOSE', 'this belongs to an application')
  return current
}

/** The record of an application, as whoever calls may open it. @throws Refusal, IpcError E_NOT_FOUND */
export const openApplication = (call: ReaderCall, applicationId: string) => {
  const row = call.store.get<{ record_id: string; job_id: string }>(
    'SELECT record_id, job_id FROM application WHERE id = ?',
    applicationId,
  )
  if (row === undefined) throw new IpcError('E_NOT_FOUND', 'there is no such application (any more)')
  const record = openRecord(call, row.record_id, row.job_id)
  const current = record.applications.find((application) => application.id === applicationId)
  if (current === undefined) throw new IpcError('E_NOT_FOUND', 'there is no such application (any more)')
  return { record, current }
}

/** Only those whom the hub has told of can be spoken to; anybody else's id would be a word sent to nobody. */
const knownOnly = (call: ReaderCall, accounts: readonly string[]): string[] => {
  if (accounts.length === 0) return []
  const known = new Set(listColleagues(call).map(({ id }) => id))
  return [...new Set(accounts)].filter((id) => known.has(id))
}

type Sent = { readonly text: string; readonly mentions: readonly string[] } | { readonly removed: true }

/** Word to the hub, so that colleagues have it; nothing of own intake, which the hub does not know. */
const send = (call: WriterCall, record: OpenedRecord, row: NoteRow, sent: Sent, first: boolean): void => {
  if (record.candidate.origin !== 'hub') return
  // Whoever gets it may know less of the person than this workstation, so contacts and the name are masked before it leaves.
  const words =
    'removed' in sent
      ? { text: '', removed: true }
      : { text: redactToString(sent.text, ownWordsOf(record.person)), mentions: [...sent.mentions] }
  call.account.outbox.enqueue(
    call.store,
    {
      kind: 'note',
      ...(first ? { id: row.id } : {}),
      body: {
        candidate_id: record.candidate.platform_id,
        application_id: row.application_id,
        at: new Date(row.at).toISOString(),
        ...words,
        ...(first ? {} : { note_id: row.id }),
        ...(row.edited_at === null ? {} : { edited_at: new Date(row.edited_at).toISOString() }),
      },
      applicationId: row.application_id,
    },
    call.now,
  )
}

/** A note of one's own, with the record that it is about. @throws IpcError E_NOT_FOUND, E_ROLE; Refusal */
const requireOwn = (call: ReaderCall, id: string) => {
  const row = requireNote(call.store, id)
  const opened = openApplication(call, row.application_id)
  if (row.author_id !== authorOf(call.account).id) throw new IpcError('E_ROLE', 'only who wrote a note changes it')
  return { row, ...opened }
}

export const noteHandlers = defineHandlers({
  'note.add': {
    write: (call, input) => {
      const record = openRecord(call, input.id, input.job_id)
      const current = requireCurrent(record)
      const author = authorOf(call.account)
      const id = noteIdOf(current.id, author.id, call.now)
      const row: NoteRow = {
        id,
        record_id: input.id,
        application_id: current.id,
        at: call.now,
        author: author.name,
        author_id: author.id,
        edited_at: null,
        sealed: sealNote(call.account.keystore, current.key_slot, id, input.text),
      }
      const mentions = knownOnly(call, input.mentions)
      putNote(call.store, row)
      putMentions(call.store, row, mentions, call.now)
      send(call, record, row, { text: input.text, mentions }, true)
      return {
        output: { id },
        entries: [entryOf(record, current, 'note')],
        after: () => call.core.emit('data.changed', { what: ['notes'] }),
      }
    },
  },
  'note.edit': {
    write: (call, input) => {
      const { row, record, current } = requireOwn(call, input.id)
      const sealed = sealNote(call.account.keystore, current.key_slot, row.id, input.text)
      const edited: NoteRow = { ...row, edited_at: call.now, sealed }
      const mentions = knownOnly(call, input.mentions)
      putNote(call.store, edited)
      putMentions(call.store, edited, mentions, call.now)
      send(call, record, edited, { text: input.text, mentions }, false)
      return {
        output: {},
        entries: [entryOf(record, current, 'note edited')],
        after: () => call.core.emit('data.changed', { what: ['notes'] }),
      }
    },
  },
  'note.remove': {
    write: (call, { id }) => {
      const { row, record, current } = requireOwn(call, id)
      const until = call.now + restoreMs
      const mentions = listMentionsOf(call.store, id)
      removeNote(call.store, id)
      send(call, record, row, { removed: true }, false)
      return {
        output: { until },
        entries: [entryOf(record, current, 'note removed')],
        after: () => {
          keepRemoved(call.account, { row, mentions, until }, call.now)
          call.core.emit('data.changed', { what: ['notes'] })
        },
      }
    },
  },
  'note.restore': {
    write: (call, { id }) => {
      const kept = takeRemoved(call.account, id, call.now)
      if (kept === undefined) throw new IpcError('E_NOT_FOUND', 'there is no such note to bring back (any more)')
      const { record, current } = openApplication(call, kept.row.application_id)
      const text = openNote(call.account.keystore, current.key_slot, kept.row)
      putNote(call.store, kept.row)
      for (const { account, at, seen_at } of kept.mentions) {
        call.store.run(
          'INSERT INTO mention (note_id, account, application_id, at, seen_at) VALUES (?, ?, ?, ?, ?)',
          id,
          account,
          current.id,
          at,
          seen_at,
        )
      }
      send(call, record, kept.row, { text, mentions: kept.mentions.map(({ account }) => account) }, false)
      return {
        output: {},
        entries: [entryOf(record, current, 'note restored')],
        after: () => {
          forgetRemoved(call.account, id)
          call.core.emit('data.changed', { what: ['notes'] })
        },
      }
    },
  },
})
