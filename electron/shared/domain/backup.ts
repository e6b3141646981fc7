import { z } from 'zod'

/** How often a backup is made by itself. Off until somebody has chosen a folder. */
export const backupEvery = z.enum(['off', 'daily', 'weekly'])
export type BackupEvery = z.infer<typeof backupEvery>

/** How many scheduled backups are kept. */
export const backupKeep = z.int().min(1).max(60)

/** Whether both files of a backup can be reached now: `away` when their folder is not there, `missing` when it is and they are not. */
export const backupPlace = z.enum(['here', 'read_only', 'away', 'missing', 'changed'])
export type BackupPlace = z.infer<typeof backupPlace>

export const backupView = z.object({
  id: z.string(),
  /** Where it lies: chosen by the person in the system's own dialog, or on the command line. */
  path: z.string(),
  at: z.int(),
  sequence: z.int(),
  size: z.int(),
  sha256: z.string(),
  candidates: z.int(),
  auto: z.boolean(),
  place: backupPlace,
  /** Keys of destroyed people still have to be overwritten in it, as soon as it can be reached. */
  owes: z.boolean(),
})
export type BackupView = z.infer<typeof backupView>
