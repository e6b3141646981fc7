import type { DateKind, ImpactAssessment, OfficerDate } from '../../shared/domain/officer.ts'
import { IpcError } from '../../shared/ipc/ipc-error.ts'
import { findContacts } from '../../shared/text/find-contacts.ts'
import { defineHandlers, type ReaderCall, type WriterCall } from '../handler.ts'
import { secondPersonOf } from '../holds/second-person.ts'
import { incidentViewOf, listIncidents } from '../incidents/incident-rows.ts'
import { listRequests } from '../requests/request-rows.ts'
import { clockOf } from '../requests/request-view.ts'
import { isOver, listFiles } from '../retention/files/file-rows.ts'
import { authorOf, namesOf } from '../scorecards/colleagues.ts'
import { logReads } from './log-reads.ts'

const day = 86_400_000
/** What ends within this time is said beforehand. */
const soon = 30 * day

type DateRow = Omit<OfficerDate, 'until'> & { readonly until: number | null }
type AssessmentRow = Omit<ImpactAssessment, 'done_at' | 'next_at'> & {
  readonly done_at: number | null
  readonly next_at: number | null
}

const count = (call: ReaderCall, sql: string, ...values: number[]): number =>
  call.store.get<{ n: number }>(`SELECT count(*) AS n FROM ${sql}`, ...values)?.n ?? 0

const dateView = ({ id, kind, whose, done_at, until, by }: DateRow, nameOf: (id: string) => string): OfficerDate => ({
  id,
  kind,
  whose,
  done_at,
  ...(until === null ? {} : { until }),
  by: nameOf(by),
})

const assessmentView = (row: AssessmentRow, nameOf: (id: string) => string): ImpactAssessment => {
  const { id, title, basis, done_at, next_at, result, measures, by } = row
  return {
    id,
    title,
    basis,
    ...(done_at === null ? {} : { done_at }),
    ...(next_at === null ? {} : { next_at }),
    result,
    measures,
    by: nameOf(by),
  }
}

/** The enterprise's own words, in clear: no place for anybody's contact. @throws IpcError E_INPUT */
const requireNoContact = (field: string, text: string): void => {
  if (findContacts(text).length > 0) throw new IpcError('E_INPUT', 'this holds no contact', { field })
}

const told = (call: WriterCall) => () => call.core.emit('data.changed', { what: ['officer'] })
const entry = (detail: string) => ({ action: 'policy_change', outcome: 'done', detail }) as const

const incidentFigures = (call: ReaderCall) => {
  const key = call.vault.keys.asideKey()
  const open = listIncidents(call.store)
    .filter(({ closed_at: closed }) => closed === null)
    .map((row) => incidentViewOf(call.store, key, row, (id) => id))
  return {
    open: open.length,
    late: open.filter((one) => one.drafted_at === undefined && one.draft_due_at <= call.now).length,
    untold: open.reduce((sum, one) => sum + one.persons - one.told, 0),
  }
}

const requestFigures = (call: ReaderCall) => {
  const clocks = listRequests(call.store, 'open')
    .map((row) => clockOf(call.core.profiles, row, call.now))
    .filter(({ level }) => level !== 'stopped')
  const of = (level: string): number => clocks.filter((one) => one.level === level).length
  const due = clocks.flatMap(({ due_at: at }) => (at === undefined ? [] : [at]))
  return {
    open: clocks.length,
    warn: of('warn'),
    alarm: of('alarm'),
    ...(due.length === 0 ? {} : { next_due_at: Math.min(...due) }),
  }
}

export const officerHandlers = defineHandlers({
  'officer.desk': {
    read: (call) => {
      const second = secondPersonOf(call)
      const files = listFiles(call.store).filter((row) => !isOver(row))
      const last = call.store.get<{ at: number | null }>('SELECT max(at) AS at FROM audit_export')?.at ?? null
      const { now } = call
      return {
        ...(second.kind === 'officer' ? { officer: second.name } : {}),
        approvals: {
          holds: count(call, "approval WHERE state = 'pending' AND kind = 'hold'"),
          handovers: count(call, "approval WHERE state = 'pending' AND kind = 'handover'"),
        },
        holds: {
          running: count(call, 'legal_hold WHERE until > ? AND released_at IS NULL', now),
          ending: count(call, 'legal_hold WHERE until > ? AND until <= ? AND released_at IS NULL', now, now + soon),
        },
        requests: requestFigures(call),
        incidents: incidentFigures(call),
        files: { outside: files.length, tasks: files.filter(({ state }) => state === 'task').length },
        dates: {
          over: count(call, 'officer_date WHERE until <= ?', now),
          soon: count(call, 'officer_date WHERE until > ? AND until <= ?', now, now + soon),
        },
        assessments: {
          planned: count(call, "impact_assessment WHERE result = 'planned'"),
          due: count(call, 'impact_assessment WHERE next_at <= ?', now + soon),
        },
        ...(last === null ? {} : { audit_at: last }),
        now,
      }
    },
  },
  'officer.log_reads': {
    disclose: async (call, { limit }) => {
      const { items, devices } = await logReads(call, limit)
      return {
        entries: [{ action: 'log_read', outcome: 'shown', detail: 'log_reads' }],
        answer: () => ({ items, devices, now: call.now }),
      }
    },
  },
  'officer.dates': {
    read: (call) => ({
      items: call.store
        .all<DateRow>('SELECT * FROM officer_date ORDER BY until IS NULL, until, whose')
        .map((row) => dateView(row, namesOf(call))),
      now: call.now,
    }),
  },
  'officer.save_date': {
    write: (call, { id = crypto.randomUUID(), kind, whose, done_at: done, until = null }) => {
      requireNoContact('whose', whose)
      if (until !== null && until <= done)
        throw new IpcError('E_INPUT', 'it cannot end before it was done', { field: 'until' })
      const { id: by } = authorOf(call.account)
      call.store.run(
        `INSERT INTO officer_date (id, kind, whose, done_at, until, at, by) VALUES (?, ?, ?, ?, ?, ?, ?)
         ON CONFLICT (id) DO UPDATE SET kind = excluded.kind, whose = excluded.whose, done_at = excluded.done_at,
           until = excluded.until, at = excluded.at, by = excluded.by`,
        ...([id, kind, whose, done, until, call.now, by] as const),
      )
      const row: DateRow = { id, kind: kind satisfies DateKind, whose, done_at: done, until, by }
      return { output: dateView(row, namesOf(call)), entries: [entry(`date ${kind}`)], after: told(call) }
    },
  },
  'officer.remove_date': {
    write: (call, { id }) => {
      if (call.store.run('DELETE FROM officer_date WHERE id = ?', id).changes === 0)
        throw new IpcError('E_NOT_FOUND', 'there is no such date (any more)')
      return { output: {}, entries: [entry('date removed')], after: told(call) }
    },
  },
  'officer.assessments': {
    read: (call) => ({
      items: call.store
        .all<AssessmentRow>('SELECT * FROM impact_assessment ORDER BY next_at IS NULL, next_at, title')
        .map((row) => assessmentView(row, namesOf(call))),
      now: call.now,
    }),
  },
  'officer.save_assessment': {
    write: (call, { id = crypto.randomUUID(), ...given }) => {
      requireNoContact('title', given.title)
      requireNoContact('measures', given.measures)
      const done = given.done_at ?? null
      const next = given.next_at ?? null
      if (given.result !== 'planned' && done === null)
        throw new IpcError('E_INPUT', 'what has a result was done on a day', { field: 'done_at' })
      const { id: by } = authorOf(call.account)
      const { title, basis, result, measures } = given
      call.store.run(
        `INSERT INTO impact_assessment (id, title, basis, done_at, next_at, result, measures, at, by)
         VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
         ON CONFLICT (id) DO UPDATE SET title = excluded.title, basis = excluded.basis, done_at = excluded.done_at,
           next_at = excluded.next_at, result = excluded.result, measures = excluded.measures, at = excluded.at,
           by = excluded.by`,
        ...([id, title, basis, done, next, result, measures, call.now, by] as const),
      )
      const row: AssessmentRow = { id, title, basis, done_at: done, next_at: next, result, measures, by }
      return { output: assessmentView(row, namesOf(call)), entries: [entry(`assessment ${result}`)], after: told(call) }
    },
  },
  'officer.remove_assessment': {
    write: (call, { id }) => {
      if (call.store.run('DELETE FROM impact_assessment WHERE id = ?', id).changes === 0)
        throw new IpcError('E_NOT_FOUND', 'there is no such assessment (any more)')
      return { output: {}, entries: [entry('assessment removed')], after: told(call) }
    },
  },
})
