import type { Output } from '../../shared/ipc/routes/index.ts'
import { intakeResult, type IntakeResult } from '../../shared/domain/intake-runs.ts'
import { IpcError } from '../../shared/ipc/ipc-error.ts'
import { defineHandlers } from '../handler.ts'
import type { Taken } from './arrival.ts'
import { beginRun, endRun, hadBefore, isRunning, listItems, listRuns, noteItem, requireRun, resumeRun } from './runs.ts'
import { prepareTakeIn } from './take-in.ts'

const countResults = (parts: readonly Taken[]): Record<IntakeResult, number> =>
  Object.fromEntries(
    intakeResult.options.map((result) => [result, parts.filter((part) => part.result === result).length]),
  ) as Record<IntakeResult, number>

/** What a window or the command line hears of an arrival. */
export const toAnswer = (taken: Taken): Output<'intake.add'> => {
  switch (taken.result) {
    case 'imported':
      return {
        result: 'imported',
        record_id: taken.recordId,
        application_id: taken.applicationId,
        warnings: [...taken.warnings],
      }
    case 'merged':
      return 'recordId' in taken
        ? { result: 'duplicate', record_id: taken.recordId }
        : { result: 'quarantined', quarantine_id: taken.quarantineId, reason: taken.reason }
    case 'quarantined':
      return { result: 'quarantined', quarantine_id: taken.quarantineId, reason: taken.reason }
    case 'refused':
      return { result: 'refused', code: taken.code, rule: taken.rule }
    case 'asked':
      return { result: 'asked', quarantine_id: taken.quarantineId, asks: taken.asks }
    case 'unpacked':
      return { result: 'unpacked', counts: countResults(taken.parts) }
  }
}

export const intakeHandlers = defineHandlers({
  'intake.begin': {
    write: (call, { way, total, resume }) => {
      if (resume !== undefined) resumeRun(call.store, resume)
      const id = resume ?? beginRun(call.store, { way, by: call.account.view.name, now: call.now, total })
      return {
        output: { run_id: id },
        entries: [],
        after: () => call.core.emit('data.changed', { what: ['intake'] }),
      }
    },
  },
  'intake.add': {
    prepare: async (call, input) => {
      const runId = input.run_id
      if (runId !== undefined && !isRunning(call.store, runId)) {
        throw new IpcError('E_CONFLICT', 'this run is over')
      }
      const bytes = Buffer.from(input.content_base64, 'base64')
      const counted = runId !== undefined && hadBefore(call.store, runId, bytes)
      const commit = await prepareTakeIn(call, {
        name: input.name,
        bytes,
        way: input.way,
        runId: counted ? undefined : runId,
        jobId: input.job_id,
        platform: input.platform,
        source: input.source,
        origin: input.origin,
      })
      return (writer) => {
        const written = commit(writer)
        return { ...written, output: toAnswer(written.output) }
      }
    },
  },
  'intake.end': {
    write: (call, { run_id: id, state, too_large: large }) => {
      const { way } = requireRun(call.store, id)
      const refused = { result: 'refused', code: 'E_FILE', rule: 'too_large', clause: '' } as const
      for (const { name, size } of large)
        noteItem(call.store, { runId: id, way, name, size, mark: null }, refused, call.now)
      endRun(call.store, id, state, call.now)
      return {
        output: requireRun(call.store, id),
        entries: [],
        after: () => call.core.emit('data.changed', { what: ['intake'] }),
      }
    },
  },
  'intake.runs': { read: ({ store }, { limit }) => ({ items: listRuns(store, limit) }) },
  'intake.run': {
    read: ({ store }, { id, before, limit }) => ({
      run: requireRun(store, id),
      items: listItems(store, id, limit, before),
    }),
  },
})
