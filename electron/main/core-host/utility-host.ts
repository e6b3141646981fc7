import { utilityProcess } from 'electron'
import type { HostedProcess, SpawnHosted } from './hosted-process.ts'

/**
 * A utility process of Electron; possible only after `ready`. The entry is started by way of `utility-entry`, which
 * gives it Electron's network before anything of it is loaded.
 * @param opener the built `utility-entry.js`
 */
export const utilityHost =
  (opener: string): SpawnHosted =>
  (entry, { args = [], env, name }): HostedProcess => {
    const child = utilityProcess.fork(opener, [entry, ...args], {
      env: { ...env },
      serviceName: name,
      stdio: 'inherit',
    })
    let gone = false
    const exits: Array<(code: number | null) => void> = []
    child.on('exit', (code) => {
      gone = true
      // Electron 44 crashed when a message was posted from inside this event (electron#53923): leave it first.
      setImmediate(() => exits.forEach((listener) => listener(code)))
    })
    return {
      send(message, transfer = []) {
        if (!gone) child.postMessage(message, [...transfer])
      },
      onMessage: (listener) => void child.on('message', listener),
      onExit: (listener) => void exits.push(listener),
      kill(force = false) {
        if (gone) return
        if (force && child.pid !== undefined) process.kill(child.pid, 'SIGKILL')
        else child.kill()
      },
    }
  }
