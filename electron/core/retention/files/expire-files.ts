import type { FileProblem } from '../../../shared/domain/file-views.ts'
import { movePendingEntries, putPendingEntries } from '../../ledger/pending-entries.ts'
import { noteEndedFile } from '../../ledger/ended-files.ts'
import type { DestructionTarget } from '../destruction-target.ts'
import { endFile } from './end-file.ts'
import { fileEntries, getFile, isOver, listExpired, noteProblem, settle, type FileRow } from './file-rows.ts'

/** Writes down what one look at a file came to, with its entry; the same problem again is no news. */
export const noteOutcome = (target: DestructionTarget, row: FileRow, problem: FileProblem | null): void => {
  const { db } = target.store
  if (problem === null) noteEndedFile(target.ledgerDb.db, row.id, target.clock.now())
  db.transaction(() => {
    const now = getFile(db, row.id)
    // Somebody may have answered while the file was looked for.
    if (now === undefined || isOver(now)) return
    const entries =
      problem === null ? fileEntries(db, row, 'done', 'destroyed') : fileEntries(db, row, 'denied', problem)
    if (problem === null) settle(db, now, 'destroyed')
    else noteProblem(db, now, problem, target.clock.now())
    if (problem !== null && problem === row.problem) return
    putPendingEntries(db, target.ledger, target.actor, entries)
  })
  movePendingEntries(db, target.ledger)
}

/** What was named and never written, because something stopped it in between, is nobody's task. */
export const lookAt = async (target: DestructionTarget, row: FileRow): Promise<FileProblem | null> => {
  const problem = await endFile(target, row)
  return row.state === 'writing' && problem === 'missing' ? null : problem
}

/**
 * Destroys plain files outside whose own time is over (D21), person or no person, hold or no hold: a hold keeps the record and
 * not what was scattered of it. What cannot be destroyed is tried again, and said. Returns how many went.
 */
export const expireFiles = async (target: DestructionTarget): Promise<number> => {
  let ended = 0
  for (const row of listExpired(target.store.reader, target.clock.now())) {
    if (target.stopped?.() === true) break
    const problem = await lookAt(target, row)
    noteOutcome(target, row, problem)
    if (problem === null) ended += 1
  }
  return ended
}
