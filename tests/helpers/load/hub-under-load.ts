import { fork, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

const entry = fileURLToPath(new URL('../../../electron/hub/main.ts', import.meta.url))

export type HubUnderLoad = {
  readonly url: string
  /** `kill`: without a word, in the middle of whatever it does; `stop`: asked to end. Then again, at the same address. @returns milliseconds that it was away */
  restart(how: 'kill' | 'stop'): Promise<number>
  /** Largest memory of its processes so far, MB; null where the system does not say. */
  peakMemory(): number | null
  stop(): Promise<void>
}

/** The real hub in a process of its own, without its brakes: everybody comes from one address. */
export const startHubUnderLoad = async (place: {
  readonly home: string
  readonly databaseUrl: string | undefined
}): Promise<HubUnderLoad> => {
  const start = async (port: string) => {
    const database = place.databaseUrl === undefined ? [] : ['--database', place.databaseUrl]
    const child = fork(entry, ['--port', port, '--limit-factor', '1000', ...database], {
      env: { PATH: process.env['PATH'], CANDOR_HUB_HOME: place.home },
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    })
    const died = once(child, 'exit').then(([code]) => Promise.reject(new Error(`the hub ended with ${String(code)}`)))
    died.catch(() => undefined)
    const [message] = (await Promise.race([once(child, 'message'), died])) as [{ readonly url: string }]
    return { child, url: message.url }
  }
  const memoryOf = (child: ChildProcess): number => {
    try {
      const status = readFileSync(`/proc/${child.pid}/status`, 'utf8')
      return Number(/^VmHWM:\s+(\d+) kB/m.exec(status)?.[1] ?? 0) / 1024
    } catch {
      return 0
    }
  }
  const end = async (child: ChildProcess, how: 'kill' | 'stop'): Promise<void> => {
    peak = Math.max(peak, memoryOf(child))
    const gone = once(child, 'exit')
    if (how === 'kill') child.kill('SIGKILL')
    else child.send({ kind: 'stop' })
    await gone
  }
  let peak = 0
  let running = await start('0')
  const { url } = running
  return {
    url,
    restart: async (how) => {
      const began = performance.now()
      await end(running.child, how)
      running = await start(new URL(url).port)
      return performance.now() - began
    },
    peakMemory: () => Math.max(peak, memoryOf(running.child)) || null,
    stop: () => end(running.child, 'stop'),
  }
}
