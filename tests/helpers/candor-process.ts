import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { passphrase } from './core-home.ts'

const main = fileURLToPath(new URL('../../electron/core/cli/main.ts', import.meta.url))

export type EndedProcess = {
  readonly signal: NodeJS.Signals | null
  readonly out: string
  readonly code: number | null
}

/**
 * The command line in a process of its own, as an administrator starts it.
 *
 * @param options `crashAt` a named crash point, `killAfter` milliseconds after which it is killed wherever it is, `offset`
 * milliseconds that its clock is ahead, `input` what it reads
 */
export const candorProcess = async (
  home: string,
  words: readonly string[],
  options: {
    readonly crashAt?: string
    readonly killAfter?: number
    readonly offset?: number
    readonly input?: string
  } = {},
): Promise<EndedProcess> => {
  const secret = join(home, '..', 'secret')
  writeFileSync(secret, passphrase)
  const child = spawn(process.execPath, [main, ...words, '--home', home, '--passphrase-file', secret, '--json'], {
    env: {
      PATH: process.env['PATH'] ?? '',
      NODE_COMPILE_CACHE: process.env['NODE_COMPILE_CACHE'] ?? '',
      CANDOR_CLOCK_OFFSET: String((options.offset ?? 0) / 1000),
      ...(options.crashAt === undefined ? {} : { CANDOR_CRASH_AT: options.crashAt }),
    },
    stdio: ['pipe', 'pipe', 'pipe'],
  })
  let out = ''
  child.stdout.on('data', (text: Buffer) => (out += text.toString('utf8')))
  child.stderr.resume()
  child.stdin.on('error', () => undefined).end(options.input ?? '')
  const timer = options.killAfter === undefined ? undefined : setTimeout(() => child.kill('SIGKILL'), options.killAfter)
  const [code, signal] = (await once(child, 'close')) as [number | null, NodeJS.Signals | null]
  clearTimeout(timer)
  return { signal, out, code }
}
