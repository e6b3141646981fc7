import { readEnvironment } from './environment.ts'
import { jsonLine, type Log } from './service/log-line.ts'
import { readOptions, usage, type LogTarget } from './service/read-options.ts'
import { startHub } from './start-hub.ts'

// The hub on its own: `node electron/hub/main.ts` with the options of `usage`. As a child with an IPC channel it also tells its
// parent where it listens and takes `clock_offset` and `stop`.

const logTo = (target: LogTarget): Log => {
  if (target === 'off') return () => undefined
  const stream = target === 'stdout' ? process.stdout : process.stderr
  return (line) => stream.write(jsonLine(line, Date.now()))
}

type ParentMessage = { readonly kind: 'clock_offset'; readonly seconds: number } | { readonly kind: 'stop' }

const isParentMessage = (message: unknown): message is ParentMessage => {
  if (typeof message !== 'object' || message === null || !('kind' in message)) return false
  return (
    message.kind === 'stop' ||
    (message.kind === 'clock_offset' && 'seconds' in message && typeof message.seconds === 'number')
  )
}

const run = async (): Promise<void> => {
  const given = readOptions(process.argv.slice(2))
  if (given === undefined) {
    process.stderr.write(`${usage}\n`)
    process.exitCode = 2
    return
  }
  const environment = readEnvironment()
  const running = await startHub({
    ...given.hub,
    home: environment.home,
    databaseUrl: given.hub.databaseUrl ?? environment.databaseUrl,
    clockOffset: environment.clockOffset,
    processMetrics: true,
    log: logTo(given.log ?? (environment.debug ? 'stderr' : 'off')),
  })
  let stopping = false
  const stop = (): void => {
    if (stopping) return
    stopping = true
    void running.close().finally(() => process.exit(0))
  }
  process.once('SIGINT', stop)
  process.once('SIGTERM', stop)
  process.once('disconnect', stop)
  process.on('message', (message) => {
    if (!isParentMessage(message)) return
    if (message.kind === 'stop') stop()
    else running.clock.setOffset(message.seconds)
  })
  process.stdout.write(`hub listening on ${running.url}\n`)
  if (running.invitation !== undefined) process.stdout.write(`invitation ${running.invitation}\n`)
  for (const account of running.accounts) {
    process.stdout.write(`account ${account.name} ${account.password} ${account.role}\n`)
  }
  process.send?.({ kind: 'listening', url: running.url, accounts: running.accounts })
}

await run().catch((error: unknown) => {
  // Words of our own errors only; a cause may quote a database address with its password.
  process.stderr.write(`hub: ${error instanceof Error ? error.message.split('\n')[0] : 'cannot start'}\n`)
  process.exit(1)
})
