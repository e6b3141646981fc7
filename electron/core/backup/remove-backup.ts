import { randomBytes } from 'node:crypto'
import { closeSync, existsSync, fstatSync, fsyncSync, openSync, rmSync } from 'node:fs'
import { dirname } from 'node:path'
import { crashPoint } from '../crash-points.ts'
import { syncFolder, temporaryEnding, writeAt } from '../store/durable-file.ts'
import type { BackupRegister, RegisteredBackup } from './backup-register.ts'
import { escrowSlotAt } from './escrow-format.ts'
import { OtherFile, readEscrow } from './escrow-file.ts'
import { escrowPath } from './key-escrows.ts'

/** Random bytes from here to the end of the file, flushed. */
const overwrite = (path: string, from: number): void => {
  const fd = openSync(path, 'r+')
  try {
    const { size } = fstatSync(fd)
    for (let done = from; done < size; done += 1 << 20) writeAt(fd, randomBytes(Math.min(1 << 20, size - done)), done)
    fsyncSync(fd)
  } finally {
    closeSync(fd)
  }
}

/**
 * Both files and what a backup that never came to its end has left. The keys are overwritten first, and their header goes last: it
 * says that the files are this backup's. Files of anybody else are not touched. @throws OtherFile, and what the folder throws
 */
const removeFiles = (path: string, backupId: string): void => {
  const keys = escrowPath(path)
  if (existsSync(keys + temporaryEnding)) overwrite(keys + temporaryEnding, 0)
  for (const file of [keys, path]) rmSync(file + temporaryEnding, { force: true })
  if (existsSync(keys)) {
    const header = readEscrow(keys)
    if (header.backupId !== backupId) throw new OtherFile('another file')
    overwrite(keys, escrowSlotAt(header, 0))
    crashPoint('backup.keys_removed')
    rmSync(path, { force: true })
    rmSync(keys)
  }
  syncFolder(dirname(path))
}

/** `gone`: both files had vanished before. `left`: they are there, or may be, and could not be taken away. */
export type Removal = 'removed' | 'gone' | 'left'

/**
 * Takes a backup away for good. Whatever is begun is finished by the next call, also after a kill.
 */
export const removeBackup = (register: BackupRegister, backup: RegisteredBackup): Removal => {
  const { path } = backup
  try {
    if (!existsSync(dirname(path))) return 'left'
    const had = existsSync(escrowPath(path))
    if (backup.state !== 'removing') {
      register.put({ ...backup, state: 'removing' })
      crashPoint('backup.removing')
    }
    removeFiles(path, backup.id)
    crashPoint('backup.removed')
    register.remove(backup.id)
    return had ? 'removed' : 'gone'
  } catch {
    // Read-only, pulled out in the middle, or another file lies there: named in the list until somebody has seen to it.
    return 'left'
  }
}

/**
 * Takes away what the schedule made beyond the number to keep, the oldest first. Backups that somebody made by hand stay.
 * Returns how many there were of each kind.
 */
export const rotateBackups = (
  register: BackupRegister,
  account: string,
  keep: number,
): Readonly<Record<Removal, number>> => {
  const counts = { removed: 0, gone: 0, left: 0 }
  const old = register
    .list(account)
    .filter(({ auto, state }) => auto && state !== 'writing')
    .sort((a, b) => b.sequence - a.sequence)
    .slice(keep)
  for (const backup of old) counts[removeBackup(register, backup)] += 1
  return counts
}

/**
 * After a start: a backup that was being made when the program ended goes again, because nobody has checked it, and one that was
 * being removed is gone for good. What cannot be reached stays in the list and waits for the next start.
 */
export const recoverBackups = (register: BackupRegister): void => {
  for (const backup of register.list()) if (backup.state !== 'ready') removeBackup(register, backup)
  for (const backup of register.list()) if (backup.state === 'writing') register.put({ ...backup, state: 'removing' })
}
