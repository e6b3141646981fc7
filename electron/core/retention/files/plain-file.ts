import { createHash } from 'node:crypto'
import {
  closeSync,
  constants,
  existsSync,
  fstatSync,
  fsyncSync,
  linkSync,
  lstatSync,
  openSync,
  realpathSync,
  renameSync,
  rmSync,
  type BigIntStats,
} from 'node:fs'
import { dirname, join } from 'node:path'
import type { FileProblem } from '../../../shared/domain/file-views.ts'
import { readAt, syncFolder, writeAt } from '../../store/durable-file.ts'

/** What a registered file is known by. Its bytes alone say that it is the one. */
export type KnownFile = {
  readonly id: string
  readonly sha256: string
  readonly size: number
  readonly volume: string | null
  readonly inode: string | null
  /** How far an earlier try had come when something stopped it: bytes verified, or nothing left of them but a name. */
  readonly phase: 'whole' | 'begun' | 'emptied'
}

/** Makes each step durable before the next. */
export type FileSteps = {
  readonly begun: (place: { readonly volume: string; readonly inode: string }) => void
  readonly emptied: () => void
}

const piece = 1024 * 1024

const codeOf = (error: unknown): string =>
  error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : ''

const problems: Readonly<Record<string, FileProblem>> = {
  ENOENT: 'missing',
  ENOTDIR: 'missing',
  EACCES: 'read_only',
  EPERM: 'read_only',
  EROFS: 'read_only',
  EBUSY: 'open_elsewhere',
  ETXTBSY: 'open_elsewhere',
  ENOSPC: 'disk',
  EDQUOT: 'disk',
  EIO: 'disk',
  ENODEV: 'volume_away',
  ENXIO: 'volume_away',
  ELOOP: 'changed',
}

/** What a failure of the file system amounts to. */
export const problemOf = (error: unknown): FileProblem => problems[codeOf(error)] ?? 'disk'

const placeOf = (stats: BigIntStats): { readonly volume: string; readonly inode: string } => ({
  volume: String(stats.dev),
  inode: String(stats.ino),
})

const isSame = (a: BigIntStats, b: BigIntStats): boolean => a.dev === b.dev && a.ino === b.ino

/** Where a regular file lies on its volume; undefined for anything else. */
export const filePlace = (path: string) => {
  const found = lstatSync(path, { bigint: true })
  return found.isFile() ? { ...placeOf(found), size: Number(found.size) } : undefined
}

const hashOf = (fd: number): string => {
  const hash = createHash('sha256')
  const buffer = new Uint8Array(piece)
  for (let at = 0; ; at += buffer.length) {
    const read = readAt(fd, buffer, at)
    hash.update(buffer.subarray(0, read))
    if (read < buffer.length) return hash.digest('hex')
  }
}

/** SHA-256 of a regular file, never through a link. @throws what the file system throws */
export const hashFile = (path: string): string => {
  const fd = openSync(path, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK)
  try {
    return hashOf(fd)
  } finally {
    closeSync(fd)
  }
}

const isBegun = (fd: number, found: BigIntStats, known: KnownFile): boolean => {
  const { volume, inode } = placeOf(found)
  if (known.phase === 'whole' || volume !== known.volume || inode !== known.inode || Number(found.size) !== known.size)
    return false
  const head = new Uint8Array(Math.min(4096, known.size))
  readAt(fd, head, 0)
  return head.every((byte) => byte === 0)
}

const overwrite = (fd: number, size: number): void => {
  const zeros = new Uint8Array(Math.min(piece, size))
  for (let at = 0; at < size; at += zeros.length) writeAt(fd, zeros.subarray(0, Math.min(zeros.length, size - at)), at)
  fsyncSync(fd)
}

/** The name under which an overwritten file leaves, so that nothing that took its place meanwhile leaves with it. */
const leavingName = (path: string, id: string): string => join(dirname(path), `.candor-${id}`)

/** Gives what took the place of an overwritten file its own name back, without touching what lies there by now. */
const giveBack = (leaving: string, path: string): void => {
  try {
    linkSync(leaving, path)
    rmSync(leaving)
  } catch (error) {
    // Some file systems know no second names.
    if (codeOf(error) !== 'EEXIST' && !existsSync(path)) renameSync(leaving, path)
  }
}

/** Takes away the name of what was overwritten, and no other. */
const unlinkSame = (path: string, id: string, overwritten: BigIntStats): void => {
  const leaving = leavingName(path, id)
  renameSync(path, leaving)
  if (isSame(lstatSync(leaving, { bigint: true }), overwritten)) rmSync(leaving)
  else giveBack(leaving, path)
  syncFolder(dirname(path))
}

/** A kill between the two steps of the end leaves a name, and nothing under it. */
const removeLeaving = (path: string, known: KnownFile): void => {
  try {
    const leaving = leavingName(path, known.id)
    if (String(lstatSync(leaving, { bigint: true }).ino) === known.inode) rmSync(leaving)
  } catch {
    // It had left already.
  }
}

/**
 * Destroys one plain file: overwritten in place, unlinked, the folder flushed. Only what has the registered bytes is touched:
 * no link is followed, the bytes are checked through the very handle that overwrites them, and what was put in its place
 * between the check and the end keeps its name and its content.
 *
 * @returns null when nothing is left of it
 */
export const destroyPlainFile = (path: string, known: KnownFile, steps: FileSteps): FileProblem | null => {
  let fd: number | undefined
  try {
    // A folder that has become a link leads to somewhere that was never registered.
    if (realpathSync(dirname(path)) !== dirname(path)) return 'missing'
    if (!lstatSync(path).isFile()) return known.phase === 'emptied' ? null : 'changed'
    fd = openSync(path, constants.O_RDWR | constants.O_NOFOLLOW | constants.O_NONBLOCK)
    const found = fstatSync(fd, { bigint: true })
    const begun = found.isFile() && isBegun(fd, found, known)
    if (known.phase === 'emptied' && !begun) return null
    if (!found.isFile() || Number(found.size) !== known.size) return 'changed'
    if (!begun) {
      if (hashOf(fd) !== known.sha256) return 'changed'
      steps.begun(placeOf(found))
    }
    overwrite(fd, known.size)
    steps.emptied()
    unlinkSame(path, known.id, found)
    return null
  } catch (error) {
    const problem = problemOf(error)
    if (problem !== 'missing' || known.phase !== 'emptied') return problem
    removeLeaving(path, known)
    return null
  } finally {
    if (fd !== undefined) closeSync(fd)
  }
}
