import { accessSync, constants, existsSync, statSync } from 'node:fs'
import type { BackupPlace, BackupView } from '../../shared/domain/backup.ts'
import type { RegisteredBackup } from './backup-register.ts'
import { OtherFile, readEscrow } from './escrow-file.ts'
import { escrowPath, placeOf } from './key-escrows.ts'

/** Whether both files are where they were written, and may be written to: keys have to be overwritten in them one day. */
const lookUp = ({ id, path, size }: RegisteredBackup): BackupPlace => {
  const keys = escrowPath(path)
  try {
    if (readEscrow(keys).backupId !== id) throw new OtherFile('another file')
    if (!existsSync(path)) return 'missing'
    if (statSync(path).size !== size) return 'changed'
    accessSync(keys, constants.W_OK)
    return 'here'
  } catch (error) {
    return placeOf(keys, error)
  }
}

/** Newest first. */
export const backupViews = (backups: readonly RegisteredBackup[]): BackupView[] =>
  backups
    .filter(({ state }) => state !== 'writing')
    .sort((a, b) => b.at - a.at || b.sequence - a.sequence)
    .map((backup) => {
      const { id, path, at, sequence, size, sha256, candidates, auto, owes } = backup
      return { id, path, at, sequence, size, sha256, candidates, auto, owes, place: lookUp(backup) }
    })
