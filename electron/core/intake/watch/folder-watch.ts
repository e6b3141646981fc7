import { existsSync } from 'node:fs'
import { sep } from 'node:path'
import { watch, type FSWatcher } from 'chokidar'
import type { FolderProblem } from '../../../shared/domain/intake-runs.ts'
import { IpcError } from '../../../shared/ipc/ipc-error.ts'
import type { Core } from '../../context.ts'
import { toIpcError } from '../../run-write.ts'
import type { WritableDb } from '../../store/database.ts'
import { beginRun, endRun } from '../runs.ts'
import { listFolders, setFolderProblem, type WatchedFolder } from './folder-rows.ts'
import { isCandidateFile, movedFolder, takeFile } from './take-file.ts'

export type FolderWatch = {
  /** Begins once the account of this store is the one that is open: what is found is taken in under its name. */
  begin(): void
  /** Watches what the store names now; call after every change of the list. */
  refresh(): void
  /** Resolves once every file that was found so far was taken in; how many were read. */
  settle(): Promise<number>
  /** Ends what is being read after the file at hand; the rest waits for the next `settle`. */
  stop(): void
  close(): Promise<void>
}

export type FolderWatchOptions = {
  readonly core: Core
  readonly store: WritableDb
  readonly by: string
  /** Milliseconds for which a file must not change before it is read. */
  readonly stableMs?: number
}

type Found = { readonly folder: WatchedFolder; readonly path: string }

/**
 * Watches the folders of one account, one file at a time whatever comes at once, each in memory only while it is read. A run
 * lasts while files keep coming. Links are not followed, and the folder for what was moved is not looked into.
 */
export const createFolderWatch = ({ core, store, by, stableMs = 2_000 }: FolderWatchOptions): FolderWatch => {
  const watchers = new Map<string, { readonly watcher: FSWatcher; readonly ready: Promise<void> }>()
  const queue: Found[] = []
  let working: Promise<void> | undefined
  let run: string | undefined
  let read = 0
  let closed = false
  let stopping = false
  /** Found, and not read because somebody said stop; the next look takes them up. */
  const left: Found[] = []

  const problem = (folder: WatchedFolder, code: FolderProblem | null): void => {
    if (setFolderProblem(store, folder.id, code)) core.emit('data.changed', { what: ['intake'] })
  }
  const report = (state: 'running' | 'done', done: number): void =>
    core.emit('intake.progress', {
      kind: 'intake',
      state,
      phase: 'folder',
      done,
      total: state === 'done' ? done : done + queue.length,
      at: core.clock.now(),
    })

  const takeOne = async ({ folder, path }: Found): Promise<void> => {
    try {
      const taken = await takeFile(
        core,
        folder,
        path,
        () => (run ??= beginRun(store, { way: 'folder', by, now: core.clock.now() })),
      )
      if (taken === undefined) return
      read += 1
      problem(folder, null)
    } catch (error) {
      const { code } = toIpcError(error)
      core.log('folder', { ok: false, code })
      if (code === 'E_CONFLICT' || code === 'E_NOT_FOUND') problem(folder, 'job')
      if (code === 'E_CONSENT' || code === 'E_FILE') problem(folder, 'access')
    }
  }

  const work = async (): Promise<void> => {
    let done = 0
    for (let next = queue.shift(); next !== undefined && !closed; next = queue.shift()) {
      await takeOne(next)
      done += 1
      report('running', done)
    }
    if (run !== undefined && !closed) {
      endRun(store, run, stopping ? 'stopped' : 'done', core.clock.now())
      core.emit('data.changed', { what: ['intake'] })
    }
    run = undefined
    stopping = false
    report('done', done)
  }

  const found = (folder: WatchedFolder, path: string): void => {
    if (closed || !isCandidateFile(path)) return
    queue.push({ folder, path })
    working ??= work().finally(() => {
      working = undefined
    })
  }

  const start = (folder: WatchedFolder): void => {
    if (!existsSync(folder.path)) return problem(folder, 'missing')
    const watcher = watch(folder.path, {
      followSymlinks: false,
      depth: 4,
      ignored: (path) => path.includes(`${sep}${movedFolder}${sep}`) || path.endsWith(`${sep}${movedFolder}`),
      awaitWriteFinish: { stabilityThreshold: stableMs, pollInterval: Math.min(200, stableMs) },
    })
    const ready = new Promise<void>((resolve) => {
      watcher.once('ready', () => resolve())
    })
    watcher.on('add', (path) => found(folder, path))
    watcher.on('change', (path) => found(folder, path))
    watcher.on('error', () => problem(folder, existsSync(folder.path) ? 'access' : 'missing'))
    watchers.set(folder.id, { watcher, ready })
    problem(folder, null)
  }

  const refresh = (): void => {
    if (closed || core.vault === null) return
    const folders = listFolders(store, core.vault.keys.asideKey())
    for (const [id, { watcher }] of watchers) {
      if (folders.some((folder) => folder.id === id)) continue
      watchers.delete(id)
      void watcher.close()
    }
    for (const folder of folders) if (!watchers.has(folder.id)) start(folder)
  }

  const begin = (): void => {
    if (closed) return
    if (core.account?.store.db !== store) {
      setTimeout(begin, 50).unref()
      return
    }
    try {
      refresh()
    } catch (error) {
      // Nobody waits for this: a folder that cannot be watched must not end the process.
      core.log('folder', { ok: false, code: toIpcError(error).code })
    }
  }

  return {
    begin,
    refresh,
    stop: () => {
      if (working === undefined) return
      stopping = true
      left.push(...queue.splice(0))
    },
    settle: async () => {
      for (const { folder, path } of left.splice(0)) found(folder, path)
      await Promise.all([...watchers.values()].map(({ ready }) => ready))
      // What was found just now still has to stop changing.
      await new Promise((resolve) => setTimeout(resolve, stableMs + 300))
      while (working !== undefined) await working
      if (closed) throw new IpcError('E_CANCELLED', 'stopped on request')
      const count = read
      read = 0
      return count
    },
    close: async () => {
      closed = true
      queue.length = 0
      await Promise.all([...watchers.values()].map(({ watcher }) => watcher.close()))
      await working
    },
  }
}
