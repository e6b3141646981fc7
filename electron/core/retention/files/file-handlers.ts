import type { FileState, RegisteredFileView } from '../../../shared/domain/file-views.ts'
import { IpcError } from '../../../shared/ipc/ipc-error.ts'
import { getCandidate } from '../../candidates/candidate-rows.ts'
import { defineHandlers, type ReaderCall, type WriterCall } from '../../handler.ts'
import { recordLabels } from '../../holds/record-labels.ts'
import { openBox } from '../../keys/sealed-box.ts'
import { aad } from '../../keys/sealed-columns.ts'
import { noteEndedFile } from '../../ledger/ended-files.ts'
import { authorOf, namesOf } from '../../scorecards/colleagues.ts'
import { endFile, endFileAt } from './end-file.ts'
import { countPeople, fileEntries, getFile, isOver, listFiles, noteProblem, settle, type FileRow } from './file-rows.ts'
import { filePlace, hashFile } from './plain-file.ts'
import { placeForFile } from './register-file.ts'

const openPath =
  ({ vault }: Pick<ReaderCall, 'vault'>) =>
  (sealed: Uint8Array, id: string): string =>
    new TextDecoder().decode(openBox(vault.keys.asideKey(), aad('registered_file', 'sealed_path', id), sealed))

/** Days that a plain file may lie outside, by the strictest rules here. */
export const plainFileDays = ({ core }: Pick<ReaderCall, 'core'>): number =>
  Math.min(...[...core.profiles.values()].map(({ document }) => document.retention.plain_file_days.value))

const stateOf = (row: FileRow): FileState => {
  switch (row.state) {
    case 'task':
    case 'destroyed':
    case 'answered':
    case 'handed_over':
      return row.state
    default:
      return row.problem === null ? 'present' : 'retry'
  }
}

/** @throws IpcError E_NOT_FOUND, E_CONFLICT once it is over */
const requireOpen = (call: ReaderCall, id: string): FileRow => {
  const row = getFile(call.store, id)
  if (row === undefined) throw new IpcError('E_NOT_FOUND', 'there is no such file (any more)')
  if (isOver(row)) throw new IpcError('E_CONFLICT', 'this file is settled already', { reason: 'settled' })
  return row
}

const told = (call: WriterCall) => () => call.core.emit('data.changed', { what: ['retention'] })

const placeOf = (call: ReaderCall) => ({ store: call.account.store, openPath: openPath(call) })

/** Whether the file that somebody says is gone lies where it was registered, as it was. */
const isStillThere = (call: ReaderCall, row: FileRow): boolean => {
  try {
    const path = openPath(call)(row.sealed_path, row.id)
    const found = filePlace(path)
    return found !== undefined && found.size === row.size && hashFile(path) === row.sha256
  } catch {
    return false
  }
}

export const fileHandlers = defineHandlers({
  'file.list': {
    disclose: (call) => {
      const labels = recordLabels(call)
      const nameOf = namesOf(call)
      const items = listFiles(call.store).map((row): RegisteredFileView => {
        const candidate = getCandidate(call.store, row.record_id)
        const people = countPeople(call.store, row.id)
        return {
          id: row.id,
          ...(people === 0 ? {} : { people }),
          ...(candidate === undefined
            ? {}
            : { record_id: candidate.record_id as never, label: labels.labelOf(candidate) }),
          state: stateOf(row),
          ...(row.sealed_path.length === 0 ? {} : { path: openPath(call)(row.sealed_path, row.id) }),
          size: row.size,
          expires_at: row.expires_at,
          attempts: row.attempts,
          ...(row.at === null ? {} : { at: row.at }),
          ...(row.by === null ? {} : { by: nameOf(row.by) }),
          ...(row.problem === null ? {} : { problem: row.problem }),
          ...(row.next_at === null ? {} : { next_at: row.next_at }),
          ...(row.answer === null ? {} : { answer: row.answer }),
          ...(row.answered_by === null ? {} : { answered_by: nameOf(row.answered_by) }),
          ...(row.legal_basis === null ? {} : { legal_basis: row.legal_basis }),
          ...(row.certificate === null ? {} : { certificate: row.certificate }),
        }
      })
      return {
        entries: [],
        hits: { subjects: labels.subjects },
        answer: () => ({ items, max_days: plainFileDays(call), now: call.now }),
      }
    },
  },
  'file.counts': {
    read: (call) => {
      const open = listFiles(call.store).filter((row) => !isOver(row))
      return { outside: open.length, tasks: open.filter((row) => stateOf(row) === 'task').length }
    },
  },
  'file.look_again': {
    prepare: async (call, { id }) => {
      const row = requireOpen(call, id)
      // Before its time only a file that somebody reported as lost is looked for.
      if (row.problem === null && row.expires_at > call.now)
        throw new IpcError('E_CONFLICT', 'its time is not over, and nothing is wrong with it', { reason: 'not_due' })
      const problem = await endFile(placeOf(call), row)
      if (problem === null) noteEndedFile(call.vault.ledgerDb.db, id, call.now)
      return (writer) => {
        const now = getFile(writer.store, id)
        const entries = fileEntries(writer.store, row, problem === null ? 'done' : 'denied', problem ?? 'destroyed')
        if (now !== undefined && !isOver(now)) {
          if (problem === null) settle(writer.store, now, 'destroyed')
          else noteProblem(writer.store, now, problem, writer.now)
        }
        return { output: { found: problem === null }, entries, after: told(writer) }
      }
    },
  },
  'file.point_to': {
    prepare: async (call, { id }) => {
      requireOpen(call, id)
      const path = await call.core.askPlace('open', '')
      if (path === null) throw new IpcError('E_CANCELLED', 'no place was named')
      const row = requireOpen(call, id)
      const problem = endFileAt(placeOf(call), row, placeForFile(path, call.core.home.home))
      if (problem !== null)
        throw new IpcError('E_CONFLICT', 'what lies there could not be destroyed as the registered file', {
          reason: problem,
        })
      noteEndedFile(call.vault.ledgerDb.db, id, call.now)
      return (writer) => {
        const entries = fileEntries(writer.store, row, 'done', 'destroyed at_path')
        settle(writer.store, row, 'destroyed')
        return { output: {}, entries, after: told(writer) }
      }
    },
  },
  'file.answer': {
    write: (call, { id, answer, legal_basis: basis }) => {
      const row = requireOpen(call, id)
      if (answer === 'handed_over' && basis === undefined)
        throw new IpcError('E_INPUT', 'a hand-over names what it rests on', { field: 'legal_basis' })
      if (row.problem === null)
        throw new IpcError('E_CONFLICT', 'nothing was asked about this file', { reason: 'no_task' })
      if (isStillThere(call, row))
        throw new IpcError('E_CONFLICT', 'the file lies where it was registered', { reason: 'still_there' })
      if (answer === 'other_file' && row.problem !== 'changed')
        throw new IpcError('E_CONFLICT', 'no other file was found in its place', { reason: 'not_changed' })
      const by = authorOf(call.account).id
      const detail = answer === 'handed_over' ? `said_handed_over ${basis ?? ''}` : `said_${answer}`
      const entries = fileEntries(call.store, row, 'done', detail)
      settle(call.store, row, 'answered', {
        answer,
        basis: answer === 'handed_over' ? basis : undefined,
        at: call.now,
        by,
      })
      return {
        output: {},
        entries,
        after: () => {
          noteEndedFile(call.vault.ledgerDb.db, id, call.now, { answer, by })
          told(call)()
        },
      }
    },
  },
})
