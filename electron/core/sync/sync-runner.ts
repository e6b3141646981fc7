import type { Clock } from '../../shared/clock.ts'
import type { ChangesPage, Me } from '../../shared/domain/sync-records.ts'
import type { Platform } from '../../shared/domain/vocabulary.ts'
import type { JobProgress } from '../../shared/domain/views.ts'
import { platform as platformSchema } from '../../shared/domain/vocabulary.ts'
import type { Events } from '../../shared/ipc/events.ts'
import { IpcError } from '../../shared/ipc/ipc-error.ts'
import type { Output } from '../../shared/ipc/routes/index.ts'
import { movePendingEntries } from '../ledger/pending-entries.ts'
import { adoptBulletin } from './adopt-bulletin.ts'
import { applyPage } from './apply-changes.ts'
import { adoptCollaboration } from './apply-collaboration.ts'
import { adoptMessages } from './apply-message.ts'
import { fetchAttachments } from './fetch-attachments.ts'
import type { DeviceBody, HubClient } from './hub-client.ts'
import { createKeyPool } from './key-pool.ts'
import type { ApplyContext, Viewer } from './page-work.ts'
import { compareLogHead, pushLog, witnessKeyOf, type LogHead } from './push-log.ts'
import { pushOutbox } from './push-outbox.ts'
import { settleRun } from './settle-run.ts'
import {
  getBan,
  getCursor,
  getLogHead,
  listMissedRecords,
  setBan,
  setCursor,
  setLogHead,
  setMissedRecords,
} from './sync-state.ts'
import { readSyncStatus } from './sync-status.ts'

export type SyncRunner = {
  /** False when a run is under way, there is no hub, or the platform banned the account and nobody asks to `resume` (QY-46). */
  start(resume?: boolean): boolean
  /** Stops before the next page; what was applied stays. */
  cancel(): void
  status(): Output<'sync.status'>
  /** One whole run. @throws IpcError of the hub client, of the store, E_CANCELLED */
  once(): Promise<void>
  /** Stops and waits for the run's end. */
  close(): Promise<void>
}

export type SyncRunnerOptions = Omit<ApplyContext, 'viewer' | 'jobPlatform'> & {
  readonly hub: HubClient | null
  readonly role: Viewer['role']
  /** False for headhunters: no attachments, nothing on disk (ZP-22). */
  readonly keeps: boolean
  readonly clock: Clock
  readonly device: Omit<DeviceBody, 'log_key'>
  /** How long records may be read without the hub, in milliseconds (D3). */
  readonly leaseMs: number
  /** Changes a page; at most 1000. */
  readonly pageSize?: number
  /** What the hub says of the account, before anything else of a run. Throw to stop the run. */
  readonly onMe: (me: Me) => void
  readonly onProgress: (progress: JobProgress) => void
  readonly onChanged: (what: Events['data.changed']['what']) => void
  /** Whether candidates may come to this account at all (ZP-39, WZ-31, WZ-40). */
  readonly mayPull: () => boolean
  /** Profiles or notices of the hub may have come: the rules in force follow. */
  readonly onRules: () => void
  /** Rows changed: the index has something to catch up with. */
  readonly onRows: () => void
  /** The hub revoked this device or account: what follows is not the runner's business. */
  readonly onRevoked: () => void
  /** The employer withdrew the membership: what is here is locked from now on (MM-15). */
  readonly onWithdrawn: () => void
  readonly log: (event: string, facts: Readonly<Record<string, string | number | boolean>>) => void
  /** Rows that wait for the index. */
  readonly countUnindexed?: () => number
}

const idle = (now: number): JobProgress => ({
  kind: 'sync',
  state: 'idle',
  phase: 'idle',
  done: 0,
  total: null,
  at: now,
})

/** A page that was asked for before its turn, and from where. */
type PageAhead = { readonly cursor: string | null; readonly answer: Promise<ChangesPage> }

/** A few turns of the event loop, after which the request just made has been written to its socket. */
const letRequestOut = async (): Promise<void> => {
  for (let turn = 0; turn < 3; turn += 1) await new Promise((resolve) => setImmediate(resolve))
}

/** An error as the page may show it. */
const shown = (error: unknown): { readonly code: string; readonly message: string } =>
  error instanceof IpcError
    ? { code: error.code, message: error.message }
    : { code: 'E_INTERNAL', message: 'the run failed inside; the log names the step' }

/**
 * Brings an account up to date with its hub. Order: device, account, our own writes and log, pages until there are no more,
 * attachments, our own writes again. A run that is stopped anywhere goes on from the last whole page.
 */
export const createSyncRunner = (options: SyncRunnerOptions): SyncRunner => {
  const { hub, store, ledger, clock } = options
  const pool = createKeyPool(options.keystore)
  let progress = idle(clock.now())
  let running: Promise<void> | null = null
  let abort: AbortController | null = null
  let closed = false
  /** As the hub named it last. */
  let platform = 'hub'

  const report = (
    state: JobProgress['state'],
    phase: string,
    done = 0,
    total: number | null = null,
    error?: unknown,
  ): void => {
    progress = {
      kind: 'sync',
      state,
      phase,
      done,
      total,
      at: clock.now(),
      ...(error === undefined ? {} : { error: shown(error) }),
    }
    options.onProgress(progress)
  }

  const checkStopped = (signal: AbortSignal): void => {
    if (signal.aborted) throw new IpcError('E_CANCELLED', 'stopped on request')
  }

  /** Whoever did something new while locked is fetched again once the old record is gone. */
  const startAgainForMissed = (): void => {
    const missed = listMissedRecords(store)
    if (missed.length === 0) return
    const left = missed.filter((id) => store.get('SELECT 1 FROM candidate WHERE record_id = ?', id) !== undefined)
    if (left.length === missed.length) return
    store.transaction(() => {
      setCursor(store, null)
      setMissedRecords(store, left)
    })
  }

  /** Pages in their order, each asked for while the one before it is being applied. */
  const pull = async (client: HubClient, context: ApplyContext, signal: AbortSignal): Promise<void> => {
    const ended = new AbortController()
    const either = AbortSignal.any([signal, ended.signal])
    const ask = (cursor: string | null): Promise<ChangesPage> => {
      const answer = client.changes(cursor, options.pageSize ?? 500, either)
      // Whoever waits for it hears of the failure; nobody waits any more when the page before it failed.
      answer.catch(() => undefined)
      return answer
    }
    let ahead: PageAhead | undefined
    let done = 0
    let restarted = false
    let standing = 0
    try {
      for (;;) {
        checkStopped(signal)
        const cursor = getCursor(store)
        let page
        try {
          page = await (ahead?.cursor === cursor ? ahead.answer : ask(cursor))
        } catch (error) {
          const expired =
            error instanceof IpcError && error.code === 'E_CONFLICT' && error.data.code === 'cursor_expired'
          if (!expired || restarted) throw error
          restarted = true
          ahead = undefined
          setCursor(store, null)
          continue
        }
        checkStopped(signal)
        const stuck = page.has_more && page.next_cursor === cursor
        standing = stuck ? standing + 1 : 0
        if (standing > 2)
          throw new IpcError('E_HUB_ANSWER', 'the hub sends the same page again and again', { rule: 'cursor' })
        ahead = page.has_more ? { cursor: page.next_cursor, answer: ask(page.next_cursor) } : undefined
        // Applying keeps this thread busy; the request has to be on its way before.
        if (ahead !== undefined) await letRequestOut()
        const counts = applyPage(context, pool, { changes: page.changes, cursor: page.next_cursor }, clock.now())
        movePendingEntries(store, ledger)
        done += counts.changes
        options.log('sync.page', counts)
        if (counts.rules > 0) options.onRules()
        report('running', 'changes', done)
        if (counts.changes > counts.stale) {
          options.onRows()
          options.onChanged(['jobs', 'candidates', 'retention', 'messages', 'requests', 'posts', 'consultations'])
        }
        if (!page.has_more) return
      }
    } finally {
      ended.abort()
    }
  }

  /** A log that was put back or rewritten, here or at the hub, stands in the log itself, once, where everybody who reads it finds it. */
  const noteLogHead = (head: LogHead): void => {
    const known = getLogHead(store)
    setLogHead(store, head)
    if (head === 'same' || head === 'ahead' || head === known) return
    options.log('sync.log_head', { head })
    ledger.append(options.actor, [{ action: 'incident', outcome: 'done', detail: `log ${head}` }])
  }

  const sendLog = (client: HubClient, witnessKey: Uint8Array | null, signal: AbortSignal, held?: number) =>
    pushLog(ledger, client, witnessKey, options.newId, () => clock.now(), signal, held)

  /** Gives a hub whose database was put back what it has lost; what it holds was found to be a beginning of this log. */
  const refill = async (client: HubClient, witnessKey: Uint8Array | null, signal: AbortSignal, held: number) => {
    report('running', 'outbox')
    const lost = ledger.pushedSize() - held
    try {
      const entries = await sendLog(client, witnessKey, signal, held)
      ledger.append(options.actor, [
        { action: 'restore', outcome: 'done', detail: `hub log from=${held} lost=${lost}` },
      ])
      setLogHead(store, 'same')
      options.log('sync.log_refilled', { from: held, entries })
    } catch (error) {
      // Months that were dropped here cannot be given back: the usual push, which the hub refuses, shows it to the admin.
      if (!(error instanceof IpcError) || error.code !== 'E_LEDGER') throw error
      options.log('sync.log_refill', { ok: false, from: held })
    }
  }

  const push = async (client: HubClient, witnessKey: Uint8Array | null, signal: AbortSignal): Promise<void> => {
    report('running', 'outbox')
    const { sent, rejected } = await pushOutbox(options, client, signal)
    if (sent + rejected > 0) options.onChanged(['messages'])
    try {
      const entries = await sendLog(client, witnessKey, signal)
      options.log('sync.push', { sent, rejected, entries })
    } catch (error) {
      // A log that the witness refuses must not stop deletions from arriving; it is shown to the admin.
      if (!(error instanceof IpcError) || error.code !== 'E_LEDGER') throw error
      if (getLogHead(store) !== 'hub_behind') noteLogHead('conflict')
      options.log('sync.push', { sent, rejected, log: 'conflict' })
    }
  }

  const run = async (client: HubClient, signal: AbortSignal): Promise<void> => {
    report('running', 'account')
    movePendingEntries(store, ledger)
    const found = await client.discover()
    platform = found.platform
    await client.putDevice(ledger.deviceId, {
      ...options.device,
      log_key: Buffer.from(ledger.publicKey).toString('base64url'),
    })
    const me = await client.me()
    if (me.status === 'revoked') throw new IpcError('E_REVOKED', 'this account was revoked')
    options.onMe(me)
    const head = compareLogHead(ledger, me)
    noteLogHead(head)
    const witnessKey = witnessKeyOf(found)
    // ZP-37: a restricted account keeps its duties: what it owes the platform still goes out, nothing new comes in.
    checkStopped(signal)
    if (head === 'hub_behind' && me.log !== undefined) await refill(client, witnessKey, signal, me.log.size)
    await push(client, witnessKey, signal)
    // ZP-39: candidates come to verified members only.
    if (!options.mayPull()) return
    startAgainForMissed()
    const named = platformSchema.safeParse(found.platform)
    const jobPlatform: Platform = named.success ? named.data : 'direct'
    const firms = [me.employer.id, me.employer.name, ...(me.agency === undefined ? [] : [me.agency.id, me.agency.name])]
    const viewer: Viewer = { account: me.id, role: options.role, firms }
    adoptMessages({ ...options, viewer, jobPlatform }, clock.now())
    adoptBulletin({ ...options, viewer, jobPlatform }, clock.now())
    adoptCollaboration({ ...options, viewer, jobPlatform }, clock.now())
    report('running', 'changes')
    await pull(client, { ...options, viewer, jobPlatform }, signal)
    const dropped = settleRun(store, options.profiles, clock.now(), options.role !== 'interviewer')
    if (dropped > 0) options.log('sync.settled', { dropped })
    if (options.keeps) {
      checkStopped(signal)
      report('running', 'attachments')
      const files = await fetchAttachments(
        options,
        client,
        (done, total) => {
          report('running', 'attachments', done, total)
        },
        signal,
      )
      if (files.fetched + files.failed > 0) options.log('sync.attachments', files)
    }
    await push(client, witnessKey, signal)
  }

  const once = (): Promise<void> => {
    if (running !== null) return running
    if (hub === null) return Promise.reject(new IpcError('E_NOT_FOUND', 'a local workspace has no hub'))
    if (closed) return Promise.reject(new IpcError('E_CANCELLED', 'the workspace is closed'))
    abort = new AbortController()
    running = run(hub, abort.signal)
      .then(
        () => {
          setBan(store, null)
          report('done', 'done', progress.done, progress.total)
        },
        (error: unknown) => {
          const cancelled = error instanceof IpcError && error.code === 'E_CANCELLED'
          if (cancelled) report('cancelled', progress.phase, progress.done, progress.total)
          else report('failed', progress.phase, progress.done, progress.total, error)
          options.log('sync.end', { ok: false, code: shown(error).code, phase: progress.phase })
          if (error instanceof IpcError && error.data.code === 'banned' && getBan(store) === null)
            setBan(store, { at: clock.now(), platform })
          if (error instanceof IpcError && error.code === 'E_REVOKED') options.onRevoked()
          if (error instanceof IpcError && error.data.code === 'employment_revoked') options.onWithdrawn()
          throw error
        },
      )
      .finally(() => {
        running = null
        abort = null
      })
    return running
  }

  return {
    start: (resume = false) => {
      if (hub === null || running !== null || closed) return false
      if (!resume && getBan(store) !== null) return false
      // The outcome is in the status; nobody waits for this promise.
      once().catch(() => undefined)
      return true
    },
    cancel: () => {
      abort?.abort()
    },
    status: () => readSyncStatus(store, progress, options.leaseMs, hub === null, options.countUnindexed?.()),
    once,
    close: async () => {
      closed = true
      abort?.abort()
      await running?.catch(() => undefined)
    },
  }
}
