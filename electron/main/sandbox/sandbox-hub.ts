import type { FromHub, ToHub } from '../../shared/ipc/core-messages.ts'
import { IpcError } from '../../shared/ipc/ipc-error.ts'
import type { HostedProcess } from '../core-host/hosted-process.ts'

export type RunningHub = Omit<FromHub, 'kind'>

/** The hub of the sandbox: a process of its own that plays the platform; its data lie outside the home. */
export type SandboxHub = {
  /** Starts it, or answers with the one that runs. */
  start(): Promise<RunningHub>
  current(): RunningHub | undefined
  /** Hands on the offset of the clock, in seconds; a hub that starts later gets it too. */
  moveClock(seconds: number): void
  stop(): Promise<void>
}

type Options = {
  readonly spawn: (args: readonly string[]) => HostedProcess
  /** Milliseconds until a hub that says nothing counts as failed; the first start makes the sandbox's people. */
  readonly patience?: number
}

export const createSandboxHub = ({ spawn, patience = 180_000 }: Options): SandboxHub => {
  let child: HostedProcess | undefined
  let running: RunningHub | undefined
  let starting: Promise<RunningHub> | undefined
  let offset = 0

  const tell = (message: ToHub): void => child?.send(message)

  const launch = (): Promise<RunningHub> =>
    new Promise((resolve, reject) => {
      const own = spawn(['--seed', 'demo'])
      child = own
      const fail = (why: string): void =>
        reject(new IpcError('E_HUB_UNREACHABLE', `the sandbox hub did not start: ${why}`))
      const limit = setTimeout(() => (fail('it did not answer in time'), own.kill(true)), patience)
      own.onMessage((message) => {
        const said = message as FromHub
        if (said.kind !== 'listening') return
        clearTimeout(limit)
        running = { url: said.url, accounts: said.accounts }
        if (offset !== 0) tell({ kind: 'clock_offset', seconds: offset })
        resolve(running)
      })
      own.onExit((code) => {
        clearTimeout(limit)
        if (child === own) child = running = starting = undefined
        fail(`it ended with ${code ?? 'a signal'}`)
      })
    })

  return {
    start: () => (starting ??= launch()),
    current: () => running,
    moveClock(seconds) {
      offset = seconds
      tell({ kind: 'clock_offset', seconds })
    },
    async stop() {
      const own = child
      if (!own) return
      await new Promise<void>((resolve) => {
        own.onExit(() => resolve())
        tell({ kind: 'stop' })
        const ask = setTimeout(() => own.kill(), 2_000)
        const force = setTimeout(() => own.kill(true), 5_000)
        own.onExit(() => (clearTimeout(ask), clearTimeout(force)))
      })
    },
  }
}
