import { IpcError } from '../../shared/ipc/ipc-error.ts'
import type { JobProgress } from '../../shared/domain/views.ts'
import { crashPoint } from '../crash-points.ts'
import { movePendingEntries, putPendingEntries } from '../ledger/pending-entries.ts'
import type { Profiles } from '../policy/load-profiles.ts'
import { beginDestruction, listDue } from './begin-destruction.ts'
import { listOpenJobs } from './destruction-rows.ts'
import { runDestruction, type DestructionTarget } from './destroy-candidate.ts'
import { evictCards } from './evict-cards.ts'

export type RetentionRunner = {
  status(): JobProgress
  /** Stops after the candidate at hand; intents whose time has not come are withdrawn. */
  cancel(): void
  /** Finishes what was begun, then destroys everything that is due; resolves with the number of certificates. */
  runDue(): Promise<number>
  /** `runDue` in the background, for routes that only commit an intent. */
  kick(): void
  close(): Promise<void>
}

export type RetentionRunnerOptions = {
  readonly target: DestructionTarget
  readonly profiles: Profiles
  /** True while a clock that jumped far ahead is not believed (`reliability.md` 4.4). */
  readonly clockHeld: () => boolean
  readonly newId: () => string
  readonly onProgress: (progress: JobProgress) => void
  readonly onChanged: () => void
  readonly onFailure: (code: string) => void
}

/** How many intents one transaction takes; progress and cancellation are by candidate all the same. */
const batch = 50

/** Runs the destructions of one account, one at a time, whoever asks. */
export const createRetentionRunner = (options: RetentionRunnerOptions): RetentionRunner => {
  const { target } = options
  const { db, reader } = target.store
  let running: Promise<number> | null = null
  let again = false
  let cancelled = false
  let closed = false
  let progress: JobProgress = {
    kind: 'retention',
    state: 'idle',
    phase: 'idle',
    done: 0,
    total: null,
    at: target.clock.now(),
  }

  const report = (change: Partial<JobProgress>): void => {
    progress = { ...progress, ...change, at: target.clock.now() }
    options.onProgress(progress)
  }

  const begin = (): number => {
    if (options.clockHeld()) return 0
    const now = target.clock.now()
    const begun = db.transaction(() => {
      const due = listDue(db, now, batch)
      putPendingEntries(db, target.ledger, target.actor, beginDestruction(db, due, now, options.newId))
      return due.length
    })
    if (begun > 0) {
      movePendingEntries(db, target.ledger)
      crashPoint('destroy.intent')
    }
    return begun
  }

  /** Intents may be taken back as long as no key is gone and their time has not come. */
  const withdraw = (): void => {
    const early = "state = 'intent' AND due_at > ?"
    const now = target.clock.now()
    db.transaction(() => {
      db.run(`DELETE FROM destruction_part WHERE job_id IN (SELECT id FROM destruction_job WHERE ${early})`, now)
      db.run(`DELETE FROM destruction_job WHERE ${early}`, now)
    })
  }

  const pass = async (): Promise<number> => {
    let certified = 0
    const failed = new Set<string>()
    report({ state: 'running', phase: 'destroying', done: 0, total: null, error: undefined })
    await evictCards(target, options.profiles)
    for (;;) {
      const open = listOpenJobs(reader).filter((job) => !failed.has(job.id))
      if (open.length === 0) {
        if (begin() === 0) break
        continue
      }
      report({ total: certified + open.length })
      for (const job of open) {
        if (cancelled || closed) return certified
        if (await runDestruction(target, job.id)) {
          certified += 1
          report({ done: certified })
        } else {
          failed.add(job.id)
        }
      }
      options.onChanged()
    }
    return certified
  }

  const run = async (): Promise<number> => {
    let total = 0
    try {
      do {
        again = false
        total += await pass()
      } while (again && !cancelled && !closed)
      report({ state: cancelled ? 'cancelled' : 'done', phase: 'idle', done: total, total })
    } catch (error) {
      const code = error instanceof IpcError ? error.code : 'E_INTERNAL'
      report({
        state: 'failed',
        phase: 'idle',
        error: { code, message: 'a destruction step failed and will be tried again' },
      })
      options.onFailure(code)
    } finally {
      if (cancelled) withdraw()
      cancelled = false
      running = null
      options.onChanged()
    }
    return total
  }

  const runDue = (): Promise<number> => {
    if (closed) return Promise.resolve(0)
    if (running !== null) {
      again = true
      return running
    }
    running = run()
    return running
  }

  return {
    status: () => progress,
    cancel: () => {
      if (running !== null) cancelled = true
    },
    runDue,
    kick: () => void runDue(),
    close: async () => {
      closed = true
      await running
    },
  }
}
