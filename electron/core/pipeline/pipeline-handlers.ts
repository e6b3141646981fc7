import { IpcError } from '../../shared/ipc/ipc-error.ts'
import type { EntryDraft } from '../../shared/domain/ledger-entry.ts'
import { defineHandlers, Refusal, type Output } from '../handler.ts'
import { requireCheckConsent } from './check-step.ts'
import { requireStep } from './read-steps.ts'
import { listMoves, moveApplication, requireMoving, settleJobs, undoMove } from './move-application.ts'

const changed = { what: ['jobs', 'candidates', 'retention'] } as const

const reasonOf = ({ code, data }: Refusal) => ({
  code,
  ...(typeof data.rule === 'string' ? { rule: data.rule } : {}),
  ...(typeof data.clause === 'string' ? { clause: data.clause } : {}),
  ...(typeof data.lift === 'string' ? { lift: data.lift } : {}),
})

export const pipelineHandlers = defineHandlers({
  'application.set_stage': {
    write: (call, input) => {
      const row = requireMoving(call.store, input.id)
      requireStep(call.store, row.job_id, input.stage, input.step)
      requireCheckConsent(call, row, input)
      const batch = crypto.randomUUID()
      const entries = moveApplication(call, row, input, batch)
      settleJobs(call, new Set([row.job_id]))
      return {
        output: { previous: row.stage, batch },
        entries,
        after: () => {
          call.account.indexer.poke()
          call.core.emit('data.changed', changed)
        },
      }
    },
  },
  'application.move': {
    write: (call, input) => {
      const batch = crypto.randomUUID()
      const entries: EntryDraft[] = []
      const skipped: Array<Output<'application.move'>['skipped'][number]> = []
      const jobs = new Set<string>()
      for (const id of new Set(input.ids)) {
        try {
          const row = requireMoving(call.store, id)
          requireStep(call.store, row.job_id, input.stage, input.step)
          if (row.stage === input.stage && row.step === (input.step ?? null)) continue
          requireCheckConsent(call, row, input)
          entries.push(...moveApplication(call, row, input, batch))
          jobs.add(row.job_id)
        } catch (error) {
          if (error instanceof Refusal) {
            // A refusal is written down like any other, though the rest of the batch goes on.
            entries.push({ ...error.draft, action: 'stage', outcome: 'denied' })
            skipped.push({ id, ...reasonOf(error) })
            continue
          }
          // One that was locked, went, or belongs to a job without that step keeps nobody else from moving.
          if (!(error instanceof IpcError) || !['E_NOT_FOUND', 'E_LOCKED', 'E_CONFLICT'].includes(error.code))
            throw error
          skipped.push({ id, code: error.code })
        }
      }
      settleJobs(call, jobs)
      return {
        output: { batch, moved: listMoves(call.store, batch).length, skipped },
        entries,
        after: () => {
          call.account.indexer.poke()
          call.core.emit('data.changed', changed)
        },
      }
    },
  },
  'application.undo_move': {
    write: (call, input) => {
      const moves = listMoves(call.store, input.batch)
      const done = moves.map((move) => undoMove(call, move)).filter((one) => one !== null)
      settleJobs(call, new Set(done.map(([row]) => row.job_id)))
      return {
        output: { restored: done.length, kept: moves.length - done.length },
        entries: done.map(([, entry]) => entry),
        after: () => {
          call.account.indexer.poke()
          call.core.emit('data.changed', changed)
        },
      }
    },
  },
})
