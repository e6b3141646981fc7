import type { JobProgress } from '../../shared/domain/views.ts'
import { crashPoint } from '../crash-points.ts'
import { movePendingEntries, putPendingEntries } from '../ledger/pending-entries.ts'
import { mapSqliteError } from '../store/sqlite-error.ts'
import { truncateWal } from '../store/wal-checkpoint.ts'
import { beginDestruction, listDue } from './begin-destruction.ts'
import { certifyOrders } from './certify-order.ts'
import { listOpenJobs } from './destruction-rows.ts'
import { hasEnded, recomputeDue } from './due.ts'
import { runDestruction } from './destroy-candidate.ts'
import { destroyKeysOf } from './destroy-keys.ts'
import type { DestructionTarget } from './destruction-target.ts'
import { endMemberships } from './end-memberships.ts'
import { expireRequests } from '../requests/expire-requests.ts'
import { expireFiles } from './files/expire-files.ts'
import { evictCards } from './evict-cards.ts'
import { evictConsultations } from './evict-consultations.ts'
import { evictIncidents } from './evict-incidents.ts'
import { evictInsights } from './evict-insights.ts'
import { evictMessages } from './evict-messages.ts'
import { evictQuarantine } from './evict-quarantine.ts'
import { evictReports } from './evict-reports.ts'
import { evictUnassigned } from './evict-unassigned.ts'
import { veilDue } from './veil-due.ts'
import { withdrawEarly } from './withdraw-destruction.ts'

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
  /** What the clock says while a jump far ahead is not believed (`reliability.md` 4.4); null otherwise. */
  readonly doubted: () => number | null
  readonly newId: () => string
  readonly onProgress: (progress: JobProgress) => void
  readonly onChanged: () => void
  readonly onFailure: (code: string) => void
}

/** How many intents one transaction takes; progress and cancellation are by candidate all the same. */
const batch = 50

const everything = Number.MAX_SAFE_INTEGER

/** Runs the destructions of one account, one at a time, whoever asks. */
export const createRetentionRunner = (options: RetentionRunnerOptions): RetentionRunner => {
  const target: DestructionTarget = { ...options.target, stopped: () => cancelled || closed }
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

  /** Memberships first: whoever is kept by one alone goes with it. How many people that is. */
  const endPools = (now: number): number => {
    const { ended, destroyed } = db.transaction(() => {
      const done = endMemberships(db, target.profiles, now, options.newId)
      putPendingEntries(db, target.ledger, target.actor, done.entries)
      return done
    })
    if (ended > 0) movePendingEntries(db, target.ledger)
    return destroyed
  }

  const begin = (): number => {
    if (options.doubted() !== null) return 0
    const { profiles } = target
    const now = target.clock.now()
    const ended = ({ id }: { readonly id: string }): boolean => hasEnded(reader, profiles, id, now)
    if (endPools(now) > 0) return 1
    for (let listed = listDue(reader, now, batch); listed.length > 0; listed = listDue(reader, now, batch)) {
      const due = listed.filter(ended)
      try {
        db.transaction(() => {
          const stale = listed.filter((row) => !due.includes(row)).map(({ id }) => id)
          recomputeDue(db, profiles, stale)
          putPendingEntries(db, target.ledger, target.actor, beginDestruction(db, due, now, options.newId))
        })
        movePendingEntries(db, target.ledger)
      } catch (error) {
        if (mapSqliteError(error).code === 'E_DISK')
          destroyKeysOf(target, listDue(reader, now, everything).filter(ended))
        throw error
      }
      if (due.length === 0) continue
      crashPoint('destroy.intent')
      return due.length
    }
    return 0
  }

  /** Runs what is open, in its order; what fails is left for the next pass and keeps nobody else. */
  const runOpen = async (failed: Set<string>, before: number): Promise<number> => {
    let certified = 0
    for (const job of listOpenJobs(reader)) {
      if (cancelled || closed) break
      if (failed.has(job.id)) continue
      const result = await runDestruction(target, job.id)
      if (result.outcome === 'certified') report({ done: before + ++certified })
      if (result.outcome === 'retry') failed.add(job.id)
      if (result.outcome === 'retry' && result.code !== undefined) options.onFailure(result.code)
    }
    return certified
  }

  const pass = async (): Promise<number> => {
    let certified = 0
    const failed = new Set<string>()
    const step = async (): Promise<boolean> => {
      const open = listOpenJobs(reader).filter((job) => !failed.has(job.id)).length
      if (open === 0) return begin() > 0
      report({ total: certified + open })
      certified += await runOpen(failed, certified)
      options.onChanged()
      return true
    }
    report({ state: 'running', phase: 'destroying', done: 0, total: null, error: undefined })
    const doubted = options.doubted()
    if (doubted !== null && veilDue(target, doubted) > 0) options.onChanged()
    while (!cancelled && !closed && (await step()));
    // Only now: whoever is due by a clock that is believed again goes without having been shown.
    if (doubted === null && !cancelled && !closed && veilDue(target, null) > 0) options.onChanged()
    if (!cancelled && !closed && options.doubted() === null) {
      let evicted = 0
      for (const evict of [
        expireFiles,
        evictUnassigned,
        evictCards,
        evictMessages,
        evictConsultations,
        evictInsights,
        evictQuarantine,
        evictReports,
        expireRequests,
        evictIncidents,
      ])
        evicted += await evict(target)
      if (evicted > 0) options.onChanged()
      // Keys that went without a destruction of their own, and backups whose drive is back.
      target.escrows.settle(evicted > 0 ? 'all' : 'owed')
    }
    if (!closed) certifyOrders(target)
    // The last frames of the jobs themselves still name whom they were about.
    if (certified > 0) for (const { connection } of [target.store, target.index]) await truncateWal(connection)
    return certified
  }

  const run = async (): Promise<number> => {
    let total = 0
    try {
      do {
        again = false
        total += await pass()
      } while (again && !cancelled && !closed)
      if (cancelled) {
        withdrawEarly(target)
        certifyOrders(target)
      }
      report({ state: cancelled ? 'cancelled' : 'done', phase: 'idle', done: total, total })
    } catch (error) {
      const { code } = mapSqliteError(error)
      report({
        state: 'failed',
        phase: 'idle',
        error: { code, message: 'a destruction step failed and will be tried again' },
      })
      options.onFailure(code)
    } finally {
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
