import { createRowMaker } from '../candidates/list-handlers.ts'
import type { CandidateRecord } from '../candidates/candidate-rows.ts'
import type { SubjectRef } from '../context.ts'
import type { ReaderCall } from '../handler.ts'
import type { ListProjection } from '../search/list-projection.ts'

export type RecordLabels = {
  readonly labelOf: (candidate: CandidateRecord, jobId?: string) => string
  /** Whoever was called by name, for the log. */
  readonly subjects: readonly SubjectRef[]
}

/** What a record is called in a list of duties: the name as far as the viewer may have it, else its number. */
export const recordLabels = (call: ReaderCall): RecordLabels => {
  const make = createRowMaker(call)
  const subjects: SubjectRef[] = []
  const labelOf = (candidate: CandidateRecord, jobId?: string): string => {
    const number = `#${candidate.number}`
    if (candidate.life !== 'live') return number
    const row = call.index.get<{ projection: string }>(
      'SELECT projection FROM list_row WHERE record_id = ?',
      candidate.record_id,
    )
    if (row === undefined) return number
    const made = make(candidate.record_id, JSON.parse(row.projection) as ListProjection, jobId)
    if (made?.row.name === undefined) return number
    subjects.push(made.subject)
    return made.row.name
  }
  return { labelOf, subjects }
}
