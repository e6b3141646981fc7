import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { backupEvery } from '../../shared/domain/backup.ts'
import { IpcError } from '../../shared/ipc/ipc-error.ts'
import type { KeyHierarchy } from '../keys/key-hierarchy.ts'
import { openBox, sealBox } from '../keys/sealed-box.ts'
import { aad, fromSealable, toSealable } from '../keys/sealed-columns.ts'
import { writeDurably } from '../store/durable-file.ts'

const backup = z.object({
  /** Lower-case hex, 32 digits; stands in both files. */
  id: z.string(),
  account: z.string(),
  path: z.string(),
  sequence: z.int(),
  /** Milliseconds since 1970 UTC. */
  at: z.int(),
  size: z.int(),
  sha256: z.string(),
  candidates: z.int(),
  applications: z.int(),
  /** Made by the schedule, so the schedule may take it away again. */
  auto: z.boolean(),
  /** `writing`: begun and not confirmed; `removing`: on its way out. Both are finished at the next start. */
  state: z.enum(['writing', 'ready', 'removing']),
  /** A key was destroyed here while the escrow was out of reach. */
  owes: z.boolean(),
})
export type RegisteredBackup = z.infer<typeof backup>

const schedule = z.object({
  every: backupEvery,
  folder: z.string().nullable(),
  keep: z.int(),
  /** When the schedule was set; the first backup is due at once. */
  tried_at: z.int().nullable(),
  /** Code of the error that the last try ended with. */
  problem: z.string().nullable(),
})
export type BackupSchedule = z.infer<typeof schedule>

const registerFile = z.object({
  version: z.literal(1),
  backups: z.array(backup),
  schedules: z.record(z.string(), schedule),
  sequences: z.record(z.string(), z.int()),
})
type RegisterFile = z.infer<typeof registerFile>

export const noSchedule: BackupSchedule = { every: 'off', folder: null, keep: 7, tried_at: null, problem: null }

/** Every backup of the home that is known, and when the next are due. Each change is durable when it returns. */
export type BackupRegister = {
  list(account?: string): readonly RegisteredBackup[]
  get(id: string): RegisteredBackup | undefined
  put(entry: RegisteredBackup): void
  remove(id: string): void
  schedule(account: string): BackupSchedule
  setSchedule(account: string, change: Partial<BackupSchedule>): void
  /** The next number of a backup of this account; never given twice. */
  nextSequence(account: string): number
}

export const backupRegisterPath = (home: string): string => join(home, 'backups.bin')

const boxName = aad('backups.bin', 'backups', 'home')
const empty: RegisterFile = { version: 1, backups: [], schedules: {}, sequences: {} }

/**
 * The register lies in the home and in no store: a restore must not forget where else keys lie. Sealed under the token key,
 * because paths tell about their owner. @throws IpcError E_DAMAGED
 */
export const openBackupRegister = (home: string, keys: KeyHierarchy): BackupRegister => {
  const path = backupRegisterPath(home)
  const load = (): RegisterFile => {
    if (!existsSync(path)) return empty
    const parsed = registerFile.safeParse(fromSealable(openBox(keys.tokenKey(), boxName, readFileSync(path))))
    if (!parsed.success) throw new IpcError('E_DAMAGED', 'the list of backups is damaged', { file: 'backups.bin' })
    return parsed.data
  }
  let file = load()
  const save = (next: RegisterFile): void => {
    writeDurably(path, sealBox(keys.tokenKey(), boxName, toSealable(next)))
    file = next
  }
  const get = (id: string): RegisteredBackup | undefined => file.backups.find((entry) => entry.id === id)
  const scheduleOf = (account: string): BackupSchedule => file.schedules[account] ?? noSchedule
  return {
    list: (account) => file.backups.filter((entry) => account === undefined || entry.account === account),
    get,
    put: (entry) => save({ ...file, backups: [...file.backups.filter(({ id }) => id !== entry.id), entry] }),
    remove: (id) => {
      if (get(id) !== undefined) save({ ...file, backups: file.backups.filter((entry) => entry.id !== id) })
    },
    schedule: scheduleOf,
    setSchedule: (account, change) =>
      save({ ...file, schedules: { ...file.schedules, [account]: { ...scheduleOf(account), ...change } } }),
    nextSequence: (account) => {
      const next = (file.sequences[account] ?? 0) + 1
      save({ ...file, sequences: { ...file.sequences, [account]: next } })
      return next
    },
  }
}
