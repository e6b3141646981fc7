import { closeSync, fsyncSync, openSync, readSync, renameSync, rmSync, writeSync } from 'node:fs'
import { dirname } from 'node:path'

/** Flushes a folder's entries, so that a rename or a new file survives a power cut. Windows keeps its own order. */
export const syncFolder = (folder: string): void => {
  if (process.platform === 'win32') return
  const fd = openSync(folder, 'r')
  try {
    fsyncSync(fd)
  } finally {
    closeSync(fd)
  }
}

/** Flushes a closed file. */
export const syncFile = (path: string): void => {
  const fd = openSync(path, 'r+')
  try {
    fsyncSync(fd)
  } finally {
    closeSync(fd)
  }
}

/** Writes all bytes at `position`; a short write goes on where it stopped. */
export const writeAt = (fd: number, bytes: Uint8Array, position: number): void => {
  for (let done = 0; done < bytes.length;) done += writeSync(fd, bytes, done, bytes.length - done, position + done)
}

/** Fills `into` from `position`; returns how many bytes there were. */
export const readAt = (fd: number, into: Uint8Array, position: number): number => {
  let done = 0
  while (done < into.length) {
    const count = readSync(fd, into, done, into.length - done, position + done)
    if (count === 0) break
    done += count
  }
  return done
}

/** Ending of the file that a write is prepared in; a leftover is never read and is overwritten by the next write. */
export const temporaryEnding = '.new'

/** Replaces a small file so that after a crash either the old or the new bytes are there: temp, fsync, rename, fsync. */
export const writeDurably = (path: string, bytes: Uint8Array): void => {
  const temporary = path + temporaryEnding
  try {
    const fd = openSync(temporary, 'w', 0o600)
    try {
      writeAt(fd, bytes, 0)
      fsyncSync(fd)
    } finally {
      closeSync(fd)
    }
    renameSync(temporary, path)
  } catch (error) {
    rmSync(temporary, { force: true })
    throw error
  }
  syncFolder(dirname(path))
}
