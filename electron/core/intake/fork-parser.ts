import { fork } from 'node:child_process'
import { existsSync, realpathSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { ParserChild, ParserLimits } from './parser-host.ts'

const here = dirname(fileURLToPath(import.meta.url))

/** From the sources: electron/parser/index.ts. Built: parser.js beside core.js, also when core was cut into chunks. */
const entryFile = (): string => {
  const places = [join(here, '../../parser/index.ts'), join(here, 'parser.js'), join(here, '../parser.js')]
  const found = places.find((place) => existsSync(place))
  if (!found) throw new Error('the parser program is missing')
  return realpathSync(found)
}

/** The folders whose files the parser may read: its own program and the packages it loads. */
const readableFolders = (entry: string): readonly string[] => {
  const own = entry.endsWith('.ts') ? dirname(dirname(entry)) : dirname(entry)
  const packages = dirname(dirname(createRequire(import.meta.url).resolve('pdfjs-dist/package.json')))
  return [own, packages, join(dirname(packages), 'package.json')]
}

const permissionFlag = (): string | undefined =>
  ['--permission', '--experimental-permission'].find((flag) => process.allowedNodeEnvironmentFlags.has(flag))

const runtimeFlags = (limits: ParserLimits, readable: readonly string[]): string[] => {
  const permission = permissionFlag()
  return [
    `--max-old-space-size=${Math.max(64, Math.floor(limits.memoryMb / 2))}`,
    '--disallow-code-generation-from-strings',
    '--no-addons',
    '--disable-warning=ExperimentalWarning',
    ...(permission ? [permission, ...readable.map((folder) => `--allow-fs-read=${folder}`)] : []),
  ]
}

/** Resident size from /proc. Elsewhere there is no cheap way; the heap limit and the clock remain. */
const residentOf = async (pid: number | undefined): Promise<number | undefined> => {
  if (pid === undefined || process.platform !== 'linux') return undefined
  try {
    const status = await readFile(`/proc/${pid}/status`, 'latin1')
    const kib = /^VmRSS:\s+(\d+) kB/m.exec(status)?.[1]
    return kib === undefined ? undefined : Number(kib) * 1024
  } catch {
    return undefined
  }
}

/**
 * Starts the parser as a Node child: empty environment, no inherited output, no reading of files but the program's own,
 * a bounded heap. For a core that runs as a Node process; a core that is a utility process gets its parser from main.
 */
export const forkParser = (limits: ParserLimits): ParserChild => forkProgram(entryFile(), limits)

/**
 * The same for another program than the parser; tests put one there that tries to get out.
 * @param more - folders that it may read besides those of the parser
 */
export function forkProgram(entry: string, limits: ParserLimits, more: readonly string[] = []): ParserChild {
  const child = fork(entry, [], {
    env: {},
    execArgv: runtimeFlags(limits, [...readableFolders(entryFile()), ...more]),
    serialization: 'advanced',
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
    windowsHide: true,
  })
  // Only the runtime's last words are looked at: what a library prints may be words of the file, so it is never kept or logged.
  let heapFull = false
  child.stderr?.on('data', (chunk: Buffer) => {
    if (chunk.includes('heap out of memory') || chunk.includes('Out of memory')) heapFull = true
  })
  child.unref()
  child.channel?.unref()
  let exited = false
  let onExit: ((cause: 'memory' | 'crashed') => void) | undefined
  let onMessage: ((message: unknown) => void) | undefined
  const leave = (): void => {
    if (exited) return
    exited = true
    onExit?.(heapFull ? 'memory' : 'crashed')
  }
  child.on('message', (message) => onMessage?.(message))
  child.on('close', leave)
  child.on('error', leave)
  return {
    post(request) {
      if (!child.connected) return leave()
      child.send(request, (error) => {
        if (error) leave()
      })
    },
    onMessage(listener) {
      onMessage = listener
    },
    onExit(listener) {
      onExit = listener
      if (exited) listener(heapFull ? 'memory' : 'crashed')
    },
    residentBytes: () => residentOf(child.pid),
    kill() {
      child.kill('SIGKILL')
    },
  }
}
