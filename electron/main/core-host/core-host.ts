import type { Clock } from '../../shared/clock.ts'
import type { FromCore, HostRequest, KeychainBackend, StopReason, ToCore } from '../../shared/ipc/core-messages.ts'
import { IpcError } from '../../shared/ipc/ipc-error.ts'
import { errorText } from '../ipc/answer-text.ts'
import type { HostedProcess } from './hosted-process.ts'
import { createPendingCalls } from './pending-calls.ts'

export type CoreExit = {
  /** The exit code; `null` when a signal ended it. */
  readonly code: number | null
  /** `stopped`: asked for. `restarted`: a new one is on its way. `given_up`: it ended too often, or refused this home. */
  readonly then: 'stopped' | 'restarted' | 'given_up'
}

/** The life of core as the rest of main sees it. */
export type CoreHost = {
  /** Ready to serve when resolved. Rejects with the `IpcError` that every call is answered with from then on. */
  start(): Promise<void>
  /** @returns the text of an `Answer`, always; waits while core starts */
  call(route: string, input: unknown): Promise<string>
  onEvent(listener: (name: string, json: string) => void): void
  onExit(listener: (exit: CoreExit) => void): void
  /** Ends core; calls on their way are answered with `E_SESSION`. Killed when it does not leave in time. */
  stop(reason: StopReason): Promise<void>
}

export type CoreHostOptions = {
  /** @param restarted true after a crash */
  readonly spawn: (restarted: boolean) => HostedProcess
  readonly answerHost: (what: HostRequest, value: string, core: HostedProcess) => Promise<string | KeychainBackend>
  readonly clock: Clock
  /** Milliseconds to leave by itself before it is killed. */
  readonly patience?: number
}

/** So many crashes within this time mean that one more start would not help. */
const crashLimit = { count: 3, within: 60_000 }

type Life = { readonly child: HostedProcess; readonly ready: Promise<void>; stopping: boolean; refusal?: IpcError }

const lockedAnswer = (): string => errorText(new IpcError('E_SESSION', 'the vault was locked before the answer came'))
const crashedAnswer = (): string =>
  errorText(new IpcError('E_INTERNAL', 'core ended unexpectedly; it is started again'))

export const createCoreHost = ({ spawn, answerHost, clock, patience = 5_000 }: CoreHostOptions): CoreHost => {
  const pending = createPendingCalls()
  const events: Array<(name: string, json: string) => void> = []
  const exits: Array<(exit: CoreExit) => void> = []
  let life: Life | undefined
  let fault: IpcError | undefined
  let crashes: number[] = []

  const serveHost = async (child: HostedProcess, id: number, what: HostRequest, value: string): Promise<void> => {
    const answer: ToCore = await answerHost(what, value, child).then(
      (done) => ({ kind: 'host_answer', id, ok: true, value: done }) as const,
      (error: unknown) => {
        const own = error instanceof IpcError ? error : new IpcError('E_INTERNAL', `${what} failed`)
        return { kind: 'host_answer', id, ok: false, error: own.toShape() } as const
      },
    )
    child.send(answer)
  }

  const giveUp = (error: IpcError): void => {
    fault = error
    pending.answerAll(errorText(error))
  }

  const ended = (own: Life, code: number | null): void => {
    if (life === own) life = undefined
    let then: CoreExit['then'] = 'given_up'
    if (own.stopping) {
      then = 'stopped'
      pending.answerAll(lockedAnswer())
    } else if (own.refusal) {
      giveUp(own.refusal)
    } else {
      crashes = [...crashes.filter((time) => clock.now() - time < crashLimit.within), clock.now()]
      if (crashes.length >= crashLimit.count) {
        giveUp(
          new IpcError('E_RUNTIME', 'core ended repeatedly', { exit_code: code ?? 'signal', count: crashes.length }),
        )
      } else {
        then = 'restarted'
        pending.answerAll(crashedAnswer())
        begin(true).ready.catch(() => undefined)
      }
    }
    exits.forEach((listener) => listener({ code, then }))
  }

  const begin = (restarted: boolean): Life => {
    const child = spawn(restarted)
    const settled = Promise.withResolvers<void>()
    const own: Life = { child, ready: settled.promise, stopping: false }
    life = own
    child.onMessage((message) => {
      const said = message as FromCore
      switch (said.kind) {
        case 'ready':
          return settled.resolve()
        case 'refused':
          own.refusal = new IpcError(said.error.code, said.error.message, said.error.data)
          return
        case 'answer':
          return pending.answer(said.id, said.json)
        case 'event':
          return events.forEach((listener) => listener(said.name, said.json))
        case 'host_request':
          return void serveHost(child, said.id, said.what, said.value)
      }
    })
    child.onExit((code) => {
      ended(own, code)
      settled.reject(fault ?? new IpcError('E_INTERNAL', 'core ended before it was ready'))
    })
    return own
  }

  return {
    async start() {
      fault = undefined
      await (life ?? begin(false)).ready
    },
    async call(route, input) {
      const own = life
      try {
        if (!own) throw fault ?? new IpcError('E_SESSION', 'core is not running')
        await own.ready
      } catch (error) {
        return errorText(error)
      }
      if (life !== own || own.stopping) return lockedAnswer()
      const { id, answer } = pending.open()
      own.child.send({ kind: 'call', id, route, input, caller: 'window' } satisfies ToCore)
      return answer
    },
    onEvent: (listener) => void events.push(listener),
    onExit: (listener) => void exits.push(listener),
    async stop(reason) {
      const own = life
      if (!own || own.stopping) return
      own.stopping = true
      // A promise that nobody may be waiting for any more.
      own.ready.catch(() => undefined)
      await new Promise<void>((resolve) => {
        own.child.onExit(() => resolve())
        own.child.send({ kind: 'stop', reason } satisfies ToCore)
        const ask = setTimeout(() => own.child.kill(), patience)
        const force = setTimeout(() => own.child.kill(true), patience * 2)
        own.child.onExit(() => (clearTimeout(ask), clearTimeout(force)))
      })
    },
  }
}
