import { fork } from 'node:child_process'
import type { HostedProcess, SpawnHosted } from './hosted-process.ts'

/**
 * A child on a Node of its own, for runtimes that are too old for the store (Node-API < 10).
 * @param executable Node 24
 */
export const nodeHost =
  (executable: string): SpawnHosted =>
  (entry, { args = [], env }): HostedProcess => {
    const child = fork(entry, [...args], {
      execPath: executable,
      // The system's certificates and proxy, as Electron's own network has them.
      execArgv: ['--use-system-ca', '--use-env-proxy', '--disable-warning=ExperimentalWarning'],
      env: { ...env },
      serialization: 'advanced',
      stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    })
    let gone = false
    const exits: Array<(code: number | null) => void> = []
    const leave = (code: number | null): void => {
      if (gone) return
      gone = true
      setImmediate(() => exits.forEach((listener) => listener(code)))
    }
    child.on('exit', leave)
    // Node could not be started at all, or the pipe broke; without a listener main itself would end.
    child.on('error', () => {
      if (child.pid === undefined) leave(null)
    })
    return {
      send(message) {
        if (!gone && child.connected) child.send(message as object, () => undefined)
      },
      onMessage: (listener) => void child.on('message', listener),
      onExit: (listener) => void exits.push(listener),
      kill: (force = false) => void child.kill(force ? 'SIGKILL' : 'SIGTERM'),
    }
  }
