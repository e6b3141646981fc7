import { crashPoint } from '../crash-points.ts'
import { slotsOf, type DestructionJob, type DestructionPart } from './destruction-rows.ts'
import { noteEndedFile } from '../ledger/ended-files.ts'
import type { DestructionTarget } from './destruction-target.ts'
import { lookAt } from './files/expire-files.ts'
import { releaseMails } from './release-mails.ts'
import { isOver, listOfRecord, noteProblem, type FileRow } from './files/file-rows.ts'
import type { FileProblem } from '../../shared/domain/file-views.ts'

/** What became of one plain file; the certificate counts each kind. */
type Fate =
  | 'files_destroyed'
  | 'files_changed'
  | 'files_missing'
  | 'files_unreachable'
  | 'files_handed_over'
  | 'files_said_destroyed'
  | 'files_said_other'
  | 'files_said_handed_over'

const fates: Readonly<Record<FileProblem, Fate>> = {
  missing: 'files_missing',
  changed: 'files_changed',
  read_only: 'files_unreachable',
  open_elsewhere: 'files_unreachable',
  volume_away: 'files_unreachable',
  disk: 'files_unreachable',
}

const said: Readonly<Record<NonNullable<FileRow['answer']>, Fate>> = {
  destroyed: 'files_said_destroyed',
  other_file: 'files_said_other',
  handed_over: 'files_said_handed_over',
}

/** What this program did not see to itself is left behind, whatever a person said of it; a package was handed over (K22). */
const isLeft = (fate: Fate): boolean => fate !== 'files_destroyed' && fate !== 'files_handed_over'

const fateOf = (row: FileRow, problem: FileProblem | null): Fate => {
  if (row.state === 'handed_over') return 'files_handed_over'
  if (row.answer !== null) return said[row.answer]
  return problem === null ? 'files_destroyed' : fates[problem]
}

/** One file's fate, durable together with the end of its row, so that a kill never loses one from the certificate. */
const count = (target: DestructionTarget, job: DestructionJob, row: FileRow, problem: FileProblem | null): void => {
  const { db } = target.store
  const fate = fateOf(row, problem)
  if (problem === null) noteEndedFile(target.ledgerDb.db, row.id, target.clock.now())
  db.transaction(() => {
    db.run(
      `UPDATE destruction_job SET left_behind = left_behind + ?,
         counts = json_set(counts, '$.' || ?, coalesce(json_extract(counts, '$.' || ?), 0) + 1),
         handed_over = iif(?, json_insert(handed_over, '$[#]', json(?)), handed_over) WHERE id = ?`,
      isLeft(fate) ? 1 : 0,
      fate,
      fate,
      fate === 'files_handed_over' ? 1 : 0,
      JSON.stringify({ sha256: row.sha256, legal_basis: row.legal_basis, at: row.at }),
      job.id,
    )
    if (problem === null) {
      db.run('DELETE FROM registered_file WHERE id = ?', row.id)
      return
    }
    // The person is gone; the file is not, and stays somebody's task and the sweeper's.
    noteProblem(db, row, problem, target.clock.now())
    db.run(
      "UPDATE registered_file SET record_id = '', application_id = NULL, expires_at = 0, certificate = ? WHERE id = ?",
      job.id,
      row.id,
    )
    db.run('DELETE FROM registered_file_person WHERE file_id = ? AND record_id = ?', row.id, job.record_id)
  })
}

/** A file that was named and never written was never there to be destroyed. */
const wasWritten = ({ store }: DestructionTarget, { id }: FileRow): boolean =>
  store.db.get("SELECT 1 FROM registered_file WHERE id = ? AND state = 'emptied'", id) !== undefined

/**
 * Registered plain files: what has its bytes is overwritten and removed, wherever in the same folder tree it lies; what was
 * changed, is missing or out of reach is counted as left behind and stays a task. Then the keys beside backups.
 */
export const destroyCopies = async (
  target: DestructionTarget,
  job: DestructionJob,
  parts: readonly DestructionPart[],
): Promise<void> => {
  const { db } = target.store
  const ours = listOfRecord(db, job.record_id).filter(
    (file) => job.record_slot !== null || parts.some((part) => part.application_id === file.application_id),
  )
  for (const row of ours) {
    const problem = isOver(row) ? null : await lookAt(target, row)
    if (row.state === 'writing' && problem === null && !wasWritten(target, row))
      db.run('DELETE FROM registered_file WHERE id = ?', row.id)
    else count(target, job, row, problem)
  }
  releaseMails(target, job, parts)
  // In one statement with the end of the step: done again after a kill, a backup is not counted twice.
  const { overwritten, left } = target.escrows.destroy(slotsOf(job, parts))
  crashPoint('destroy.copies')
  db.run(
    `UPDATE destruction_job SET state = 'copies_done', problem = NULL, left_behind = left_behind + ?,
       counts = json_patch(counts, ?) WHERE id = ?`,
    left,
    JSON.stringify({
      ...(overwritten === 0 ? {} : { backups_destroyed: overwritten }),
      ...(left === 0 ? {} : { backups_unreachable: left }),
    }),
    job.id,
  )
}
