import { existsSync, realpathSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { Worker } from 'node:worker_threads'
import { IpcError, type ErrorCode, type ErrorData } from '../../shared/ipc/ipc-error.ts'

/** What the thread is given. The key is a copy; the thread wipes it. */
export type CopyOrder = { readonly source: string; readonly target: string; readonly key: Uint8Array }

export type CopyPhase = 'copying' | 'checking'

/** What was copied, as it was found in the copy itself. */
export type CopyAnswer = {
  readonly size: number
  readonly sha256: string
  readonly schema: number
  readonly candidates: number
  readonly applications: number
  /** Every key slot that a row needs, sorted, each once. */
  readonly slots: readonly string[]
}

type Said =
  | { readonly phase: CopyPhase }
  | { readonly done: CopyAnswer }
  | { readonly failed: { readonly code: ErrorCode; readonly data: ErrorData } }

const here = dirname(fileURLToPath(import.meta.url))

/** From the sources: beside this file. Built: copy-worker.js beside core.js, also when core was cut into chunks. */
const workerFile = (): string => {
  const places = ['copy-worker.ts', 'copy-worker.js', '../copy-worker.js'].map((name) => join(here, name))
  const found = places.find((place) => existsSync(place))
  if (found === undefined) throw new IpcError('E_RUNTIME', 'the program is incomplete', { file: 'copy-worker.js' })
  return realpathSync(found)
}

const cancelled = (): IpcError => new IpcError('E_CANCELLED', 'stopped on request')

/**
 * Copies a store into `target`, an empty file that is there already, checks the copy and measures it, without keeping this
 * thread from its work. Stopping waits for the end of the step that SQLite is in.
 *
 * @throws IpcError E_DISK, E_DAMAGED, E_IN_USE, E_CANCELLED, E_RUNTIME
 */
export const copyStore = (
  order: CopyOrder,
  { signal, onPhase }: { readonly signal: AbortSignal; readonly onPhase: (phase: CopyPhase) => void },
): Promise<CopyAnswer> =>
  new Promise((resolve, reject) => {
    if (signal.aborted) return reject(cancelled())
    const worker = new Worker(workerFile(), { workerData: { ...order, key: Uint8Array.from(order.key) } })
    let answer: CopyAnswer | IpcError = new IpcError('E_INTERNAL', 'the copy ended without a word')
    const stop = (): void => {
      answer = cancelled()
      void worker.terminate()
    }
    signal.addEventListener('abort', stop, { once: true })
    worker.on('message', (said: Said) => {
      if ('phase' in said) onPhase(said.phase)
      else if ('done' in said) answer = said.done
      else answer = new IpcError(said.failed.code, 'the copy could not be made', said.failed.data)
    })
    worker.on('error', (error) => {
      const full = 'code' in error && error.code === 'ERR_WORKER_OUT_OF_MEMORY'
      answer = new IpcError(full ? 'E_RUNTIME' : 'E_INTERNAL', 'the copy could not be made')
    })
    // The answer counts once the thread is gone: until then it may still hold the file.
    worker.on('exit', () => {
      signal.removeEventListener('abort', stop)
      if (signal.aborted) reject(cancelled())
      else if (answer instanceof IpcError) reject(answer)
      else resolve(answer)
    })
  })
