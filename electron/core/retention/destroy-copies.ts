import { createHash } from 'node:crypto'
import { existsSync, lstatSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { crashPoint } from '../crash-points.ts'
import { syncFolder } from '../store/durable-file.ts'
import { slotsOf, type DestructionJob, type DestructionPart } from './destruction-rows.ts'
import type { DestructionTarget } from './destruction-target.ts'

/** What became of one plain file; the certificate counts each kind. */
type Fate = 'files_destroyed' | 'files_changed' | 'files_missing' | 'files_unreachable'

const destroyFile = (path: string, sha256: string): Fate => {
  try {
    if (!existsSync(path)) return 'files_missing'
    const found = lstatSync(path)
    // Whatever lies there now is the user's own: never overwritten.
    if (!found.isFile()) return 'files_changed'
    if (createHash('sha256').update(readFileSync(path)).digest('hex') !== sha256) return 'files_changed'
    writeFileSync(path, new Uint8Array(found.size), { flag: 'r+', flush: true })
    rmSync(path)
    syncFolder(dirname(path))
    return 'files_destroyed'
  } catch {
    // Read-only, on a disk that is gone, open elsewhere: said as it is, never called done.
    return 'files_unreachable'
  }
}

type FileRow = {
  readonly id: string
  readonly application_id: string | null
  readonly sealed_path: Uint8Array
  readonly sha256: string
}

/**
 * Registered plain files: unchanged ones are overwritten and removed, others are counted as left with the person who has
 * them. Each file's fate is durable together with the end of its row, so that a kill never loses one from the certificate.
 */
export const destroyCopies = (
  target: DestructionTarget,
  job: DestructionJob,
  parts: readonly DestructionPart[],
): void => {
  const { db } = target.store
  const ours = db
    .all<FileRow>(
      'SELECT id, application_id, sealed_path, sha256 FROM registered_file WHERE record_id = ?',
      job.record_id,
    )
    .filter((file) => job.record_slot !== null || parts.some((part) => part.application_id === file.application_id))
  for (const file of ours) {
    const fate = destroyFile(target.openPath(file.sealed_path, file.id), file.sha256)
    db.transaction(() => {
      db.run(
        `UPDATE destruction_job SET left_behind = left_behind + ?,
           counts = json_set(counts, '$.' || ?, coalesce(json_extract(counts, '$.' || ?), 0) + 1) WHERE id = ?`,
        fate === 'files_destroyed' ? 0 : 1,
        fate,
        fate,
        job.id,
      )
      db.run('DELETE FROM registered_file WHERE id = ?', file.id)
    })
  }
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
