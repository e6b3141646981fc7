import type { ImapFlow } from 'imapflow'
import type { JobProgress } from '../../shared/domain/views.ts'
import { mailboxFailure, type MailboxCounts, type MailboxRun, type MailboxView } from '../../shared/domain/mailbox.ts'
import { IpcError } from '../../shared/ipc/ipc-error.ts'
import type { OpenAccount } from '../context.ts'
import type { Core } from '../context.ts'
import type { ReaderCall } from '../handler.ts'
import { readerCall, runWrite, toIpcError } from '../run-write.ts'
import { forgetOld } from './copy-rows.ts'
import { mailLogin, type TokenCache } from './mail-login.ts'
import { dialImap } from './dial-imap.ts'
import { asMailboxError, isRefused, mailboxError } from './mail-failure.ts'
import type { Line, MailWork } from './mail-work.ts'
import { getMailbox, listMailboxes, setLastRun, type Mailbox } from './mailbox-rows.ts'
import { beginRun, endRun } from '../intake/runs.ts'
import { readFolder } from './read-folder.ts'
import { settleCopies } from './settle-copies.ts'
import { watchMailbox, type Watch } from './watch-mailbox.ts'

export type MailRunner = {
  /** False when nothing is on, or a run is under way. */
  start(id?: string): boolean
  /** One run over all mailboxes that are on, or the one that is named. @throws IpcError E_MAILBOX, E_CANCELLED, of the store */
  once(id?: string): Promise<void>
  /** Stops before the next mail; what is in stays. */
  cancel(): void
  /** Takes up what changed in the settings: mailboxes that are on are watched from now, others are not. */
  follow(): void
  state(id: string): Pick<MailboxView, 'state' | 'next_at'>
  progress(): JobProgress
  close(): Promise<void>
}

const none: MailboxCounts = {
  read: 0,
  imported: 0,
  merged: 0,
  quarantined: 0,
  asked: 0,
  refused: 0,
  aside: 0,
  requests: 0,
  others: 0,
}
/** Between two messages to the window about how far it is. */
const progressEvery = 250

/** Why a run ended, as the page may show it. */
const reasonOf = (error: IpcError): NonNullable<MailboxRun['reason']> =>
  error.code === 'E_MAILBOX' ? (mailboxFailure.safeParse(error.data['reason']).data ?? 'other') : 'other'

/**
 * Reads the mailboxes of the account that is open. `open` is that account: whatever comes back from the network or the parser after the
 * session ended goes nowhere. `watch` keeps a connection to each mailbox that is on (IDLE); the command line reads when it is told to.
 */
export const createMailRunner = (
  core: Core,
  account: () => OpenAccount,
  may: () => boolean,
  watch: boolean,
): MailRunner => {
  let closed = false
  let abort = new AbortController()
  let running: Promise<void> | null = null
  let progress: JobProgress = {
    kind: 'mailbox',
    state: 'idle',
    phase: 'idle',
    done: 0,
    total: null,
    at: core.clock.now(),
  }
  let reported = 0
  const turns = new Map<string, Promise<unknown>>()
  const failures = new Set<string>()
  const passing = new Set<string>()
  const watches = new Map<string, Watch>()
  const tokens: TokenCache = new Map()
  /** Failures that stand in the last run already, with what it had done. */
  const noted = new WeakSet<IpcError>()

  const call = (): ReaderCall => {
    if (closed || core.account !== account()) throw new IpcError('E_CANCELLED', 'the session ended')
    return readerCall(core, core.clock.now())
  }
  const changed = (): void => core.emit('data.changed', { what: ['mailbox'] })
  const report = (state: JobProgress['state'], phase: string, done: number, total: number | null): void => {
    const passed = performance.now()
    if (state === 'running' && phase === progress.phase && passed - reported < progressEvery) return
    reported = passed
    progress = { kind: 'mailbox', state, phase, done, total, at: core.clock.now() }
    core.emit('mailbox.progress', progress)
  }

  /** One pass over one mailbox on a line that is open. */
  const pass = async (mailbox: Mailbox, line: Line, signal: AbortSignal): Promise<void> => {
    const counts = { ...none }
    const startedAt = core.clock.now()
    const keep = (run: Omit<MailboxRun, 'started_at' | 'counts'>): void => {
      if (closed || core.account !== account()) return
      setLastRun(account().store.db, mailbox.id, { started_at: startedAt, counts, ...run })
      changed()
    }
    let runId: string | undefined
    const endReport = (state: 'done' | 'stopped'): void => {
      if (runId === undefined || closed || core.account !== account()) return
      endRun(account().store.db, runId, state, core.clock.now())
      core.emit('data.changed', { what: ['intake'] })
    }
    const work: MailWork = {
      mailbox,
      runId: () => {
        const { store, view } = account()
        return (runId ??= beginRun(store.db, { way: 'mail', by: view.name, now: core.clock.now() }))
      },
      signal,
      call,
      write: (doing) => {
        // Switched off or removed since: what was being read goes nowhere.
        if (getMailbox(call().store, mailbox.id)?.on !== true) throw new IpcError('E_CANCELLED', 'switched off')
        runWrite(core, core.clock.now(), doing)
      },
      count: (kind, n = 1) => (counts[kind] += n),
      progress: (done, total) => report('running', 'mails', done, total),
    }
    keep({ state: 'running' })
    passing.add(mailbox.id)
    try {
      forgetOld(account().store.db, startedAt)
      for (const folder of mailbox.settings.folders) await readFolder(work, line, folder)
      await settleCopies(work, line)
      failures.delete(mailbox.id)
      endReport('done')
      keep({ state: 'done', ended_at: core.clock.now() })
    } catch (error) {
      const known = signal.aborted ? new IpcError('E_CANCELLED', 'stopped on request') : knownError(error)
      if (known.code !== 'E_CANCELLED') failures.add(mailbox.id)
      endReport('stopped')
      keep(
        known.code === 'E_CANCELLED'
          ? { state: 'cancelled', ended_at: core.clock.now() }
          : { state: 'failed', ended_at: core.clock.now(), reason: reasonOf(known) },
      )
      noted.add(known)
      throw known
    } finally {
      passing.delete(mailbox.id)
      // A run over several says itself when it is at its end.
      if (running === null && !closed) report('done', 'done', progress.done, progress.total)
      core.log('mailbox.pass', { ms: core.clock.now() - startedAt, ...counts })
    }
  }

  /** An error of the store stays one; what the library threw is the mailbox's. */
  const knownError = (error: unknown): IpcError => {
    if (error instanceof IpcError) return error
    const own = toIpcError(error)
    return own.code === 'E_INTERNAL' ? asMailboxError(error) : own
  }

  const dialOnce = async (mailbox: Mailbox, signal: AbortSignal): Promise<ImapFlow> =>
    dialImap(mailbox.settings, await mailLogin(call(), mailbox, tokens, signal), signal)

  /** A token that is refused before its time was taken back there: one renewal is tried before a person is asked to sign in again. */
  const dial = async (mailbox: Mailbox, signal: AbortSignal): Promise<ImapFlow> => {
    const cached = tokens.has(mailbox.id)
    try {
      return await dialOnce(mailbox, signal)
    } catch (error) {
      if (mailbox.settings.auth !== 'oauth' || !isRefused(error)) throw error
      tokens.delete(mailbox.id)
      if (!cached) throw mailboxError('oauth')
    }
    try {
      return await dialOnce(mailbox, signal)
    } catch (error) {
      throw isRefused(error) ? mailboxError('oauth') : error
    }
  }

  /** Passes over one mailbox come one after another, whoever asks for them. */
  const inTurn = <T>(id: string, work: () => Promise<T>): Promise<T> => {
    const turn = (turns.get(id) ?? Promise.resolve()).then(work, work)
    turns.set(
      id,
      turn.catch(() => undefined),
    )
    return turn
  }

  /** A line that is opened again when a mail broke it, and closed at the end of the work or of the session. */
  const withLine = async <T>(mailbox: Mailbox, signal: AbortSignal, work: (line: Line) => Promise<T>): Promise<T> => {
    let client = await dial(mailbox, signal)
    const stop = (): void => client.close()
    signal.addEventListener('abort', stop, { once: true })
    try {
      return await work({
        client: () => client,
        again: async () => {
          client.close()
          return (client = await dial(mailbox, signal))
        },
      })
    } finally {
      signal.removeEventListener('abort', stop)
      client.close()
    }
  }

  const noteFailed = (mailbox: Mailbox, error: IpcError): void => {
    if (error.code === 'E_CANCELLED' || noted.has(error) || closed || core.account !== account()) return
    failures.add(mailbox.id)
    const at = core.clock.now()
    const run: MailboxRun = { started_at: at, ended_at: at, state: 'failed', counts: none, reason: reasonOf(error) }
    setLastRun(account().store.db, mailbox.id, run)
    core.log('mailbox', { ok: false, code: error.code, reason: reasonOf(error) })
    changed()
  }

  const runOne = (mailbox: Mailbox, signal: AbortSignal): Promise<void> =>
    inTurn(mailbox.id, async () => {
      try {
        await withLine(mailbox, signal, (line) => pass(mailbox, line, signal))
      } catch (error) {
        const known = signal.aborted ? new IpcError('E_CANCELLED', 'stopped on request') : knownError(error)
        noteFailed(mailbox, known)
        throw known
      }
    })

  const run = async (id: string | undefined, signal: AbortSignal): Promise<void> => {
    const all = listMailboxes(call().store).filter((mailbox) => mailbox.on && (id === undefined || mailbox.id === id))
    if (all.length === 0) throw new IpcError('E_NOT_FOUND', 'no mailbox is switched on')
    if (!may()) throw new IpcError('E_CONSENT', 'the account may not take anybody in now')
    report('running', 'connect', 0, null)
    let first: IpcError | undefined
    for (const mailbox of all) {
      try {
        await runOne(mailbox, signal)
      } catch (error) {
        const known = toIpcError(error)
        if (known.code === 'E_CANCELLED') throw known
        // One mailbox that fails keeps no other from being read.
        first ??= known
      }
    }
    if (first !== undefined) throw first
  }

  const once = (id?: string): Promise<void> => {
    if (closed) return Promise.reject(new IpcError('E_CANCELLED', 'the workspace is closed'))
    if (running !== null) return running
    if (abort.signal.aborted) abort = new AbortController()
    running = run(id, abort.signal)
      .then(
        () => report('done', 'done', progress.done, progress.total),
        (error: unknown) => {
          const cancelled = error instanceof IpcError && error.code === 'E_CANCELLED'
          report(
            cancelled ? 'cancelled' : 'failed',
            progress.phase === 'mails' ? 'ended' : 'connect',
            progress.done,
            progress.total,
          )
          throw error
        },
      )
      .finally(() => {
        running = null
      })
    return running
  }

  const follow = (): void => {
    if (!watch || closed) return
    const on = listMailboxes(account().store.reader).filter((mailbox) => mailbox.on)
    for (const [id, one] of watches) {
      if (on.some((mailbox) => mailbox.id === id)) one.poke()
      else {
        watches.delete(id)
        void one.close()
      }
    }
    for (const { id } of on) {
      if (watches.has(id)) continue
      const current = (): Mailbox | undefined => getMailbox(call().store, id)
      watches.set(
        id,
        watchMailbox({
          clock: core.clock,
          mailbox: current,
          may,
          session: (mailbox, signal, work) => withLine(mailbox, signal, work),
          pass: (mailbox, line, signal) => inTurn(id, () => pass(mailbox, line, signal)),
          failed: (mailbox, error) => noteFailed(mailbox, knownError(error)),
        }),
      )
    }
  }

  return {
    start: (id) => {
      if (running !== null || closed) return false
      const any = listMailboxes(account().store.reader).some((one) => one.on && (id === undefined || one.id === id))
      if (any) once(id).catch(() => undefined)
      return any
    },
    once,
    cancel: () => {
      abort.abort()
      for (const one of watches.values()) one.cancel()
    },
    follow,
    state: (id) => {
      const one = watches.get(id)
      const next = one?.nextAt()
      if (passing.has(id)) return { state: 'running' }
      if (failures.has(id)) return { state: 'failed', ...(next === undefined ? {} : { next_at: next }) }
      return { state: one?.watching() === true ? 'watching' : 'waiting' }
    },
    progress: () => progress,
    close: async () => {
      closed = true
      abort.abort()
      const open = [...watches.values()]
      watches.clear()
      await Promise.all(open.map((one) => one.close()))
      await running?.catch(() => undefined)
      await Promise.all(turns.values())
      tokens.clear()
    },
  }
}
