import type { MessagePortMain } from 'electron'

/** A process of ours that main started and talks to; how it runs depends on the runtime (`choose-spawn.ts`). */
export type HostedProcess = {
  /**
   * Does nothing once the process is gone.
   * @param transfer message ports of Electron; a Node child cannot take any
   */
  send(message: unknown, transfer?: readonly MessagePortMain[]): void
  onMessage(listener: (message: unknown) => void): void
  /** Called once, never from inside the process's own exit event. `null`: a signal ended it. */
  onExit(listener: (code: number | null) => void): void
  /** Asks with SIGTERM; `force` does not ask. */
  kill(force?: boolean): void
}

export type SpawnOptions = {
  readonly name: string
  readonly args?: readonly string[]
  readonly env: Readonly<Record<string, string>>
}

/** @param entry a file of the program, absolute */
export type SpawnHosted = (entry: string, options: SpawnOptions) => HostedProcess
