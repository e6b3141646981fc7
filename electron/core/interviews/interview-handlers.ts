import type { EntryDraft } from '../../shared/domain/ledger-entry.ts'
import { IpcError } from '../../shared/ipc/ipc-error.ts'
import { openRecord } from '../candidates/open-record.ts'
import { defineHandlers, type WriterCall } from '../handler.ts'
import { moveApplication, requireMoving, settleJobs } from '../pipeline/move-application.ts'
import { calendarFile } from './calendar-file.ts'
import { findConflicts } from './find-conflicts.ts'
import {
  destroyInterview,
  insertInterview,
  listBetween,
  listOfRecord,
  requireInterview,
  revertInterview,
  updateInterview,
  type InterviewRow,
} from './interview-rows.ts'
import { calendarWords, clearWords, interviewView } from './interview-view.ts'

const day = 86_400_000
/** China Standard Time has no daylight saving. */
const chinaOffset = 8 * 3_600_000
/** The widest window that is asked for at once. */
const farthest = 62 * day

/** Stages before the one of interviews. */
const before: ReadonlySet<string> = new Set(['new', 'reviewed'])

const entryOf = (row: Pick<InterviewRow, 'platform' | 'platform_id' | 'job_id'>, detail: string): EntryDraft => ({
  action: 'stage',
  outcome: 'done',
  subject: { platform: row.platform, id: row.platform_id },
  job: row.job_id,
  detail: `interview ${detail}`,
})

/** The interview, if its record may be met now. @throws Refusal, IpcError E_NOT_FOUND, E_LOCKED */
const requireOpen = (call: WriterCall, id: string): InterviewRow => {
  const row = requireInterview(call.store, id)
  openRecord(call, row.record_id, row.job_id)
  return row
}

const tell =
  (call: WriterCall, moved = false) =>
  (): void => {
    if (moved) call.account.indexer.poke()
    call.core.emit('data.changed', { what: moved ? ['interviews', 'jobs', 'candidates', 'retention'] : ['interviews'] })
  }

export const interviewHandlers = defineHandlers({
  'interview.list': {
    disclose: (call, { from = call.now, until = from + 7 * day, record_id: recordId }) => {
      const rows =
        recordId === undefined
          ? listBetween(call.store, from, Math.min(until, from + farthest))
          : listOfRecord(call.store, recordId)
      const made = rows.map((row) => interviewView(call, row))
      return {
        entries: [],
        hits: { subjects: made.flatMap(({ subject }) => (subject === null ? [] : [subject])) },
        answer: () => ({ items: made.map(({ view }) => view) }),
      }
    },
  },
  'interview.counts': {
    read: (call) => {
      const today = Math.floor((call.now + chinaOffset) / day) * day - chinaOffset
      const count = (where: string, ...params: number[]): number =>
        call.store.get<{ n: number }>(
          `SELECT count(*) AS n FROM interview WHERE state = 'planned' AND ${where}`,
          ...params,
        )?.n ?? 0
      return {
        today: count('starts_at >= ? AND starts_at < ?', today, today + day),
        unsettled: count('starts_at <= ? AND starts_at + minutes * 60000 <= ?', call.now, call.now),
      }
    },
  },
  'interview.check': {
    read: (call, input) => {
      const row = call.store.get<{ record_id: string }>(
        'SELECT record_id FROM application WHERE id = ?',
        input.application_id,
      )
      if (row === undefined) throw new IpcError('E_NOT_FOUND', 'there is no such application (any more)')
      const { starts_at: startsAt, minutes, interviewers, except } = input
      return { conflicts: findConflicts(call, { recordId: row.record_id, startsAt, minutes, interviewers, except }) }
    },
  },
  'interview.schedule': {
    write: (call, { move_stage: moves, ...draft }) => {
      const moving = requireMoving(call.store, draft.application_id)
      if (moving.decision !== null) throw new IpcError('E_CONFLICT', 'this application has been decided')
      const record = openRecord(call, moving.record_id, moving.job_id)
      const application = record.applications.find(({ id }) => id === draft.application_id)
      if (application === undefined) throw new IpcError('E_NOT_FOUND', 'there is no such application (any more)')
      const id = crypto.randomUUID()
      insertInterview(call.store, call.account.keystore, {
        ...draft,
        id,
        job_id: moving.job_id,
        key_slot: application.key_slot,
        by: call.account.view.id,
        at: call.now,
      })
      const batch = moves && before.has(moving.stage) ? crypto.randomUUID() : undefined
      const entries = batch === undefined ? [] : moveApplication(call, moving, { stage: 'interview' }, batch)
      if (batch !== undefined) settleJobs(call, new Set([moving.job_id]))
      return {
        output: { id, ...(batch === undefined ? {} : { batch }) },
        entries: [entryOf(moving, 'scheduled'), ...entries],
        after: tell(call, batch !== undefined),
      }
    },
  },
  'interview.change': {
    write: (call, { id, ...change }) => {
      const row = requireOpen(call, id)
      if (row.state !== 'planned') throw new IpcError('E_CONFLICT', 'this interview is over or cancelled')
      const given = Object.fromEntries(Object.entries(change).filter(([, value]) => value !== undefined))
      const sequence = updateInterview(call.store, call.account.keystore, row, given)
      return { output: { sequence }, entries: [entryOf(row, 'changed')], after: tell(call) }
    },
  },
  'interview.set_state': {
    write: (call, { id, state }) => {
      const row = requireOpen(call, id)
      if (row.state === state) return { output: { sequence: row.sequence }, entries: [] }
      const sequence = updateInterview(call.store, call.account.keystore, row, { state })
      return { output: { sequence }, entries: [entryOf(row, state)], after: tell(call) }
    },
  },
  'interview.undo': {
    write: (call, { id, sequence }) => {
      const row = requireOpen(call, id)
      if (row.sequence !== sequence) return { output: { undone: false }, entries: [] }
      const reverted = revertInterview(call.store, call.account.keystore, row)
      // After an undo there is nothing further back, and only what was never changed is new.
      if (!reverted && row.sequence > 0) return { output: { undone: false }, entries: [] }
      if (!reverted) destroyInterview(call.store, id)
      return { output: { undone: true }, entries: [entryOf(row, 'undone')], after: tell(call) }
    },
  },
  'interview.calendar': {
    read: (call, { id }) => {
      const row = requireInterview(call.store, id)
      const { place, link } = clearWords(call, row, openRecord(call, row.record_id, row.job_id))
      const { summary, description } = calendarWords(row, call.core.settings.get().language)
      const local = new Date(row.starts_at + chinaOffset)
        .toISOString()
        .slice(0, 16)
        .replace(/[-:]/gu, '')
        .replace('T', '-')
      return {
        file_name: `interview-${local}-${row.number}.ics`,
        ics: calendarFile({
          uid: `${row.id}@candor.invalid`,
          sequence: row.sequence,
          cancelled: row.state === 'cancelled',
          stampedAt: call.now,
          startsAt: row.starts_at,
          minutes: row.minutes,
          summary,
          description,
          location: [place, link].filter((part) => part !== '').join(' '),
          ...(row.remind_minutes === null ? {} : { alarmMinutes: row.remind_minutes }),
        }),
      }
    },
  },
})
