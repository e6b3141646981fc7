import type { Clock } from '../../shared/clock.ts'
import { IpcError } from '../../shared/ipc/ipc-error.ts'
import type { Line } from './mail-work.ts'
import type { Mailbox } from './mailbox-rows.ts'

export type Watch = {
  /** Looks at once: settings changed, or somebody asked. */
  poke(): void
  /** Ends the pass under way; the watch goes on. */
  cancel(): void
  watching(): boolean
  /** When the next try is, while nothing is open. */
  nextAt(): number | undefined
  close(): Promise<void>
}

export type WatchOptions = {
  readonly clock: Clock
  /** As it stands now; undefined once it is gone. @throws IpcError E_CANCELLED once the session ended */
  readonly mailbox: () => Mailbox | undefined
  readonly may: () => boolean
  readonly session: (mailbox: Mailbox, signal: AbortSignal, work: (line: Line) => Promise<boolean>) => Promise<boolean>
  readonly pass: (mailbox: Mailbox, line: Line, signal: AbortSignal) => Promise<void>
  readonly failed: (mailbox: Mailbox, error: unknown) => void
}

/** Milliseconds before the first new try; doubles, with some chance, up to the longest. */
const firstPause = 2_000
const longestPause = 15 * 60_000
/** Other folders than the first are looked at this often, and the first on servers whose IDLE says nothing. */
const lookEvery = 5 * 60_000
/** What a password or a certificate needs is a person, not haste. */
const needsPerson = new Set(['auth', 'oauth', 'tls', 'no_tls', 'folder', 'job'])

/** Machines of one office must not come back all at once. */
const soon = (ms: number): number => Math.round(ms * (0.75 + Math.random() / 2))

/**
 * Keeps a connection to one mailbox while the vault is open and reads what arrives: IDLE (RFC 2177) on its first folder. A line that
 * breaks is opened again after a pause that grows.
 */
export const watchMailbox = (options: WatchOptions): Watch => {
  const ended = new AbortController()
  let passing = new AbortController()
  let wake: () => void = () => undefined
  let poked = false
  let open = false
  let nextAt: number | undefined

  const pause = (ms: number): Promise<void> =>
    new Promise((resolve) => {
      if (ended.signal.aborted || poked) {
        poked = false
        resolve()
        return
      }
      const timer = setTimeout(() => wake(), ms)
      timer.unref()
      wake = () => {
        clearTimeout(timer)
        wake = () => undefined
        poked = false
        resolve()
      }
    })

  /** False when the line broke while nothing was asked: no failure yet, the next try will tell. */
  const sit = async (mailbox: Mailbox, line: Line): Promise<boolean> => {
    for (;;) {
      passing = new AbortController()
      try {
        await options.pass(mailbox, line, AbortSignal.any([ended.signal, passing.signal]))
      } catch (error) {
        if (!passing.signal.aborted || ended.signal.aborted) throw error
      }
      const client = line.client()
      if (!client.usable) return false
      await client.mailboxOpen(mailbox.settings.folders[0] ?? 'INBOX', { readOnly: true })
      open = true
      const look = (): void => wake()
      client.once('close', look)
      client.on('exists', look)
      const idling = client.idle().catch(() => undefined)
      try {
        await pause(lookEvery)
      } finally {
        client.off('close', look)
        client.off('exists', look)
        open = false
      }
      if (ended.signal.aborted) return true
      if (!client.usable) return false
      void idling
      // Another setting, or switched off, since: begin anew with what stands now.
      const now = options.mailbox()
      if (now === undefined || !now.on || JSON.stringify(now.settings) !== JSON.stringify(mailbox.settings)) return true
    }
  }

  const loop = async (): Promise<void> => {
    let wait = firstPause
    while (!ended.signal.aborted) {
      const mailbox = options.mailbox()
      if (mailbox === undefined || !mailbox.on) return
      nextAt = undefined
      if (!options.may()) {
        await pause(lookEvery)
        continue
      }
      const began = performance.now()
      try {
        const whole = await options.session(mailbox, ended.signal, (line) => sit(mailbox, line))
        if (whole || performance.now() - began > lookEvery / 5) wait = firstPause
        if (whole) continue
        const ms = soon(wait)
        wait = Math.min(longestPause, wait * 2)
        await pause(ms)
      } catch (error) {
        if (ended.signal.aborted) return
        options.failed(mailbox, error)
        const reason = error instanceof IpcError ? error.data['reason'] : undefined
        const longer = needsPerson.has(String(reason)) ? longestPause : wait
        const ms = soon(longer)
        nextAt = options.clock.now() + ms
        wait = Math.min(longestPause, wait * 2)
        await pause(ms)
      }
    }
  }
  const running = loop().catch(() => undefined)

  return {
    poke: () => {
      poked = true
      wake()
    },
    cancel: () => passing.abort(),
    watching: () => open,
    nextAt: () => nextAt,
    close: async () => {
      ended.abort()
      wake()
      await running
    },
  }
}
