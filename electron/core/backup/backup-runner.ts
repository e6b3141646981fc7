import type { Clock } from '../../shared/clock.ts'
import type { JobProgress } from '../../shared/domain/views.ts'
import { IpcError } from '../../shared/ipc/ipc-error.ts'
import { mapSqliteError } from '../store/sqlite-error.ts'
import type { BackupRegister, BackupSchedule, RegisteredBackup } from './backup-register.ts'
import { backupFileName, makeBackup, type BackupOptions } from './make-backup.ts'
import { rotateBackups } from './remove-backup.ts'

const hour = 3_600_000
const day = 24 * hour

/** A try that failed is repeated after this long: a drive may be back, a disk have room. */
const retryAfter = hour

export type BackupRunner = {
  status(): JobProgress
  /** One backup to that path. @throws IpcError E_CONFLICT when one is being made, and those of `makeBackup` */
  once(path: string): Promise<RegisteredBackup>
  /** One backup into the schedule's folder, in the background; false when one is being made. @throws IpcError E_CONFLICT without a folder */
  start(): boolean
  /** What the schedule asks for now; call as often as one likes. */
  tick(): void
  cancel(): void
  /** When the next one is due; null when the schedule is off. */
  nextAt(): number | null
  close(): Promise<void>
}

export type BackupRunnerOptions = Omit<BackupOptions, 'path' | 'auto' | 'sequence' | 'now' | 'signal' | 'onPhase'> & {
  readonly clock: Clock
  readonly onProgress: (progress: JobProgress) => void
  readonly onChanged: () => void
  readonly log: (event: string, facts: Readonly<Record<string, string | number | boolean>>) => void
}

type Place = Pick<BackupOptions, 'path' | 'auto' | 'sequence'>

const steps = { copying: 0, checking: 1, keys: 2 } as const

/** The newest backup that counts towards the schedule: by hand or by itself, it holds the same. */
const lastOf = (register: BackupRegister, account: string): RegisteredBackup | undefined =>
  register
    .list(account)
    .filter(({ state }) => state === 'ready')
    .sort((a, b) => b.at - a.at)[0]

/** Milliseconds since 1970 UTC, or null while the schedule is off. */
export const nextBackupAt = (schedule: BackupSchedule, last: RegisteredBackup | undefined): number | null => {
  if (schedule.every === 'off' || schedule.folder === null) return null
  const due = last === undefined ? 0 : last.at + (schedule.every === 'daily' ? day : 7 * day)
  return schedule.problem === null ? due : Math.max(due, (schedule.tried_at ?? 0) + retryAfter)
}

/** Makes the backups of one account, one at a time, without keeping anybody waiting. */
export const createBackupRunner = (options: BackupRunnerOptions): BackupRunner => {
  const { clock, vault, account } = options
  const register = vault.backups
  let running: { readonly abort: AbortController; readonly ended: Promise<unknown> } | null = null
  let closed = false
  let progress: JobProgress = { kind: 'backup', state: 'idle', phase: 'idle', done: 0, total: 3, at: clock.now() }

  const report = (change: Partial<JobProgress>): void => {
    progress = { ...progress, error: undefined, ...change, at: clock.now() }
    options.onProgress(progress)
  }

  const make = async (place: Place, signal: AbortSignal): Promise<RegisteredBackup> => {
    report({ state: 'running', phase: 'copying', done: 0 })
    try {
      const made = await makeBackup({
        ...options,
        ...place,
        now: clock.now(),
        signal,
        onPhase: (phase) => report({ state: 'running', phase, done: steps[phase] }),
      })
      report({ state: 'done', phase: 'idle', done: 3 })
      options.log('backup', { ok: true, people: made.candidates, bytes: made.size })
      return made
    } catch (error) {
      const { code } = mapSqliteError(error)
      const stopped = code === 'E_CANCELLED'
      report({
        state: stopped ? 'cancelled' : 'failed',
        phase: 'idle',
        ...(stopped ? {} : { error: { code, message: 'the backup could not be made' } }),
      })
      options.log('backup', { ok: false, code })
      throw error
    } finally {
      running = null
      options.onChanged()
    }
  }

  const begin = (place: Place): Promise<RegisteredBackup> => {
    if (running !== null) throw new IpcError('E_CONFLICT', 'a backup is being made already')
    if (closed) throw new IpcError('E_CANCELLED', 'the workspace is closed')
    const abort = new AbortController()
    const made = make(place, abort.signal)
    running = { abort, ended: made.catch(() => undefined) }
    return made
  }

  /** Into the schedule's folder; what went wrong is kept for whoever looks later. */
  const scheduled = async (folder: string): Promise<void> => {
    const sequence = register.nextSequence(account.id)
    try {
      await begin({ path: backupFileName(folder, sequence, clock.now()), auto: true, sequence })
      register.setSchedule(account.id, { tried_at: clock.now(), problem: null })
      const gone = rotateBackups(register, account.id, register.schedule(account.id).keep)
      options.log('backup.rotated', gone)
    } catch (error) {
      const { code } = mapSqliteError(error)
      if (code !== 'E_CANCELLED') register.setSchedule(account.id, { tried_at: clock.now(), problem: code })
    } finally {
      options.onChanged()
    }
  }

  const nextAt = (): number | null => nextBackupAt(register.schedule(account.id), lastOf(register, account.id))

  return {
    status: () => progress,
    once: async (path) => begin({ path, auto: false }),
    start: () => {
      const { folder } = register.schedule(account.id)
      if (folder === null) throw new IpcError('E_CONFLICT', 'choose a folder for backups first', { reason: 'folder' })
      if (running !== null || closed) return false
      void scheduled(folder)
      return true
    },
    tick: () => {
      const due = nextAt()
      const { folder } = register.schedule(account.id)
      if (running === null && !closed && folder !== null && due !== null && due <= clock.now()) void scheduled(folder)
    },
    cancel: () => running?.abort.abort(),
    nextAt,
    close: async () => {
      closed = true
      running?.abort.abort()
      await running?.ended
    },
  }
}
