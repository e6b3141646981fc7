import type { FileProblem } from '../../../shared/domain/file-views.ts'
import type { DestructionTarget } from '../destruction-target.ts'
import type { FileRow } from './file-rows.ts'
import { findMoved, nearestFolder, searchBounds } from './find-moved.ts'
import { destroyPlainFile, type FileSteps, type KnownFile } from './plain-file.ts'

type Place = Pick<DestructionTarget, 'store' | 'openPath' | 'stopped'>

/** A file that is gone with its whole volume is on a drive that is away; whoever brings it back is not asked where it is. */
const wentWithVolume = (path: string, { volume }: FileRow): boolean => {
  if (volume === null) return false
  const nearest = nearestFolder(path)
  return nearest === null || nearest.volume !== volume
}

const stepsOf = ({ store }: Place, id: string): FileSteps => ({
  begun: ({ volume, inode }) => {
    store.db.run("UPDATE registered_file SET state = 'begun', volume = ?, inode = ? WHERE id = ?", volume, inode, id)
  },
  emptied: () => {
    store.db.run("UPDATE registered_file SET state = 'emptied' WHERE id = ?", id)
  },
})

const knownOf = (row: FileRow): KnownFile => ({
  id: row.id,
  sha256: row.sha256,
  size: row.size,
  volume: row.volume,
  inode: row.inode,
  phase: row.state === 'begun' || row.state === 'emptied' ? row.state : 'whole',
})

/** Where other registered files with the same bytes lie, whose own time has its own end. */
const othersPaths = ({ store, openPath }: Place, row: FileRow): ReadonlySet<string> =>
  new Set(
    store.reader
      .all<Pick<FileRow, 'id' | 'sealed_path'>>(
        `SELECT id, sealed_path FROM registered_file WHERE sha256 = ? AND id <> ? AND length(sealed_path) > 0`,
        row.sha256,
        row.id,
      )
      .map(({ id, sealed_path: path }) => openPath(path, id)),
  )

/** Destroys the file at a place that somebody names. @returns null when nothing is left of it */
export const endFileAt = (place: Place, row: FileRow, path: string): FileProblem | null =>
  destroyPlainFile(path, { ...knownOf(row), phase: 'whole' }, stepsOf(place, row.id))

/**
 * Destroys a registered file where it lies, or where it was moved to in the same folder tree. What has other bytes by now is the
 * user's own and is left alone.
 * @returns null when nothing is left of it
 */
export const endFile = async (place: Place, row: FileRow): Promise<FileProblem | null> => {
  const path = place.openPath(row.sealed_path, row.id)
  const problem = destroyPlainFile(path, knownOf(row), stepsOf(place, row.id))
  // What may never have been written is not looked for: what is found might be another's.
  if (problem !== 'missing' || row.state === 'writing') return problem
  if (wentWithVolume(path, row)) return 'volume_away'
  const moved = await findMoved(path, row, { ...searchBounds, stopped: () => place.stopped?.() ?? false })
  const others = othersPaths(place, row)
  const results = moved.filter((found) => !others.has(found)).map((found) => endFileAt(place, row, found))
  if (results.length === 0) return 'missing'
  const failed = results.find((result) => result !== null) ?? null
  // One of several that is gone says nothing about the others.
  if (failed !== null) place.store.db.run("UPDATE registered_file SET state = 'present' WHERE id = ?", row.id)
  return failed
}
