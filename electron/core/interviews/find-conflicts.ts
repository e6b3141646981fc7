import type { InterviewConflict } from '../../shared/domain/interviews.ts'
import { IpcError } from '../../shared/ipc/ipc-error.ts'
import type { ReaderCall } from '../handler.ts'
import { listOverlapping, openWords, type InterviewRow } from './interview-rows.ts'

/** People are told apart by their names, as they were typed; blanks and letter case do not make another person. */
const plain = (name: string): string => name.normalize('NFKC').replace(/\s/gu, '').toLowerCase()

export type WantedTime = {
  readonly recordId: string
  readonly startsAt: number
  readonly minutes: number
  readonly interviewers: readonly string[]
  readonly except?: string | undefined
}

const interviewersOf = (call: ReaderCall, row: InterviewRow): readonly string[] => {
  try {
    return openWords(call.account.keystore, row).interviewers
  } catch (error) {
    // Its key is going: so is it.
    if (error instanceof IpcError) return []
    throw error
  }
}

/** What else lies at that time, each once and for its strongest reason. Tells nothing of any candidate. */
export const findConflicts = (call: ReaderCall, wanted: WantedTime): InterviewConflict[] => {
  const { startsAt, minutes } = wanted
  return listOverlapping(call.store, startsAt, startsAt + minutes * 60_000)
    .filter((row) => row.id !== wanted.except)
    .flatMap((row): InterviewConflict[] => {
      const taken = new Set(interviewersOf(call, row).map(plain))
      const who = wanted.interviewers.filter((name) => taken.has(plain(name)))
      const why =
        row.record_id === wanted.recordId
          ? 'candidate'
          : who.length > 0
            ? 'interviewer'
            : row.by === call.account.view.id
              ? 'own'
              : undefined
      if (why === undefined) return []
      const { id, starts_at, minutes: length } = row
      return [{ id, why, who, job_title: row.job_title ?? '', starts_at, minutes: length }]
    })
}
