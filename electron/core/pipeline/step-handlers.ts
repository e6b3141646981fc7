import { IpcError } from '../../shared/ipc/ipc-error.ts'
import {
  stepsChecked,
  stepsLost,
  stepTemplate,
  type JobStep,
  type StepTemplate,
} from '../../shared/domain/job-steps.ts'
import type { EntryDraft } from '../../shared/domain/ledger-entry.ts'
import { hasConsented } from '../background/background-rows.ts'
import { defineHandlers, type WriterCall } from '../handler.ts'
import type { ReadableDb } from '../store/database.ts'
import { moveApplication, requireMoving, settleJobs } from './move-application.ts'
import { readSteps } from './read-steps.ts'

/** Live applications that stand in these steps by name. */
const standing = (db: ReadableDb, jobId: string, steps: readonly JobStep[]): readonly string[] =>
  steps.flatMap((step) =>
    db
      .all<{ id: string }>(
        `SELECT a.id FROM application a JOIN candidate c ON c.record_id = a.record_id AND c.life = 'live'
         WHERE a.job_id = ? AND a.stage = ? AND a.step = ?`,
        jobId,
        step.stage,
        step.id,
      )
      .map(({ id }) => id),
  )

/** Puts people into the first step of their stage, before the one where they stand goes. */
const moveOut = (call: WriterCall, ids: readonly string[], batch: string): readonly EntryDraft[] =>
  ids.flatMap((id) => {
    const row = requireMoving(call.store, id)
    return moveApplication(call, row, { stage: row.stage }, batch)
  })

const rowOf = (row: { id: string; name: string; steps: string }): StepTemplate[] => {
  const parsed = stepTemplate.safeParse({ id: row.id, name: row.name, steps: JSON.parse(row.steps) })
  return parsed.success ? [parsed.data] : []
}

const listTemplates = (db: ReadableDb): StepTemplate[] =>
  db
    .all<{ id: string; name: string; steps: string }>('SELECT id, name, steps FROM step_template ORDER BY name, id')
    .flatMap(rowOf)

const getTemplate = (db: ReadableDb, id: string): StepTemplate | undefined =>
  listTemplates(db).find((template) => template.id === id)

/** More than anybody keeps apart. */
const mostTemplates = 100

export const stepHandlers = defineHandlers({
  'job.set_steps': {
    write: (call, { id, steps, move }) => {
      const job = call.store.get<{ steps: string | null }>('SELECT steps FROM job WHERE id = ?', id)
      if (job === undefined) throw new IpcError('E_NOT_FOUND', 'there is no such job')
      const before = readSteps(job.steps)
      const next = readSteps(steps === null ? null : JSON.stringify(steps))
      const left = [
        ...standing(call.store, id, stepsLost(before, next)),
        // A step that becomes a check keeps only whoever could come into it (ZP-57).
        ...standing(call.store, id, stepsChecked(before, next)).filter(
          (one) => !hasConsented(call.store, one, call.now),
        ),
      ]
      if (left.length > 0 && !move) {
        throw new IpcError('E_CONFLICT', 'people stand in a step that would go', { count: left.length })
      }
      call.store.run('UPDATE job SET steps = ? WHERE id = ?', steps === null ? null : JSON.stringify(steps), id)
      const batch = crypto.randomUUID()
      const moves = moveOut(call, left, batch)
      settleJobs(call, new Set(left.length === 0 ? [] : [id]))
      return {
        output: { previous: job.steps === null ? null : [...before], batch, moved: left.length },
        entries: [{ action: 'stage', outcome: 'done', job: id, detail: 'job edited steps' }, ...moves],
        after: () => {
          call.account.indexer.poke()
          call.core.emit('data.changed', { what: ['jobs', 'candidates'] })
        },
      }
    },
  },
  'template.list': { read: (call) => ({ items: listTemplates(call.store) }) },
  'template.save': {
    write: (call, { id: given, name, steps }) => {
      const id = given ?? crypto.randomUUID()
      const previous = getTemplate(call.store, id) ?? null
      if (previous === null && listTemplates(call.store).length >= mostTemplates) {
        throw new IpcError('E_CONFLICT', 'there are as many templates as can be kept', { count: mostTemplates })
      }
      call.store.run(
        `INSERT INTO step_template (id, name, steps, at) VALUES (?, ?, ?, ?)
         ON CONFLICT (id) DO UPDATE SET name = excluded.name, steps = excluded.steps, at = excluded.at`,
        id,
        name,
        JSON.stringify(steps),
        call.now,
      )
      return {
        output: { id, previous },
        entries: [{ action: 'stage', outcome: 'done', detail: 'template saved' }],
        after: () => call.core.emit('data.changed', { what: ['jobs'] }),
      }
    },
  },
  'template.remove': {
    write: (call, { id }) => {
      const removed = getTemplate(call.store, id)
      if (removed === undefined) throw new IpcError('E_NOT_FOUND', 'there is no such template')
      call.store.run('DELETE FROM step_template WHERE id = ?', id)
      return {
        output: { removed },
        entries: [{ action: 'stage', outcome: 'done', detail: 'template removed' }],
        after: () => call.core.emit('data.changed', { what: ['jobs'] }),
      }
    },
  },
})
