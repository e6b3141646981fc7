import { IpcError } from '../../shared/ipc/ipc-error.ts'
import type { JobStep } from '../../shared/domain/job-steps.ts'
import { boardCard, type BoardCard, type BoardColumn } from '../../shared/ipc/routes/board.ts'
import { createRowMaker } from '../candidates/list-handlers.ts'
import type { SubjectRef } from '../context.ts'
import { defineHandlers, type ReaderCall } from '../handler.ts'
import type { ListProjection } from '../search/list-projection.ts'
import { listPositions, pageOf, type Position } from './board-positions.ts'
import { readSteps } from './read-steps.ts'

const requireSteps = (call: ReaderCall, jobId: string): readonly JobStep[] => {
  const row = call.store.get<{ steps: string | null }>('SELECT steps FROM job WHERE id = ?', jobId)
  if (row === undefined) throw new IpcError('E_NOT_FOUND', 'there is no such job')
  return readSteps(row.steps)
}

type Made = { readonly card: BoardCard; readonly subject: SubjectRef }

/** Cards are rows of the list, decided one by one at each showing; contacts have no place on a board. */
const cardMaker = (call: ReaderCall, jobId: string) => {
  const make = createRowMaker(call)
  return (position: Position): Made[] => {
    const row = call.index.get<{ projection: string; score: number | null }>(
      `SELECT lr.projection, ra.score FROM list_row lr
       LEFT JOIN row_application ra ON ra.row_id = lr.id AND ra.application_id = ? WHERE lr.record_id = ?`,
      position.application_id,
      position.record_id,
    )
    if (row === undefined) return []
    const scores = new Map(row.score === null ? [] : [[position.application_id, row.score]])
    const made = make(position.record_id, JSON.parse(row.projection) as ListProjection, jobId, { scores })
    if (made === null) return []
    // The schema leaves out what a card has no room for; it is taken away here as well, so that nothing else leaves core.
    const card = boardCard.parse({
      ...made.row,
      why: made.row.why.filter(({ field }) => field === 'name'),
      since: position.since,
    })
    return [{ card, subject: made.subject }]
  }
}

const countLocked = (call: ReaderCall, jobId: string): ReadonlyMap<string, number> =>
  new Map(
    call.store
      .all<{ stage: string; n: number }>(
        `SELECT a.stage, count(*) AS n FROM application a JOIN candidate c ON c.record_id = a.record_id
         WHERE a.job_id = ? AND c.life = 'locked' AND a.stage = 'hired' GROUP BY a.stage`,
        jobId,
      )
      .map(({ stage, n }) => [stage, n]),
  )

export const boardHandlers = defineHandlers({
  'board.get': {
    disclose: (call, { job_id: jobId, limit }) => {
      const steps = requireSteps(call, jobId)
      const positions = listPositions(call.store, call.index, jobId, steps)
      const make = cardMaker(call, jobId)
      const locked = countLocked(call, jobId)
      const subjects: SubjectRef[] = []
      const columns = steps.map((step, at): BoardColumn => {
        const { total, page, next } = pageOf(positions, step, limit)
        const made = page.flatMap(make)
        subjects.push(...made.map(({ subject }) => subject))
        const isFirst = steps.findIndex(({ stage }) => stage === step.stage) === at
        return {
          step,
          total,
          locked: isFirst ? (locked.get(step.stage) ?? 0) : 0,
          cards: made.map(({ card }) => card),
          next_cursor: next,
        }
      })
      return {
        entries: [],
        hits: { subjects, job: jobId },
        answer: () => ({ columns, unindexed: call.account.indexer.countBehind() }),
      }
    },
  },
  'board.column': {
    disclose: (call, { job_id: jobId, step: stepId, cursor, limit }) => {
      const steps = requireSteps(call, jobId)
      const step = steps.find(({ id }) => id === stepId)
      if (step === undefined) throw new IpcError('E_NOT_FOUND', 'the job has no such step')
      const { total, page, next } = pageOf(listPositions(call.store, call.index, jobId, steps), step, limit, cursor)
      const made = page.flatMap(cardMaker(call, jobId))
      return {
        entries: [],
        hits: { subjects: made.map(({ subject }) => subject), job: jobId },
        answer: () => ({ cards: made.map(({ card }) => card), total, next_cursor: next }),
      }
    },
  },
})
