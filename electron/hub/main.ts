import { parseArgs } from 'node:util'
import { readEnvironment } from './environment.ts'
import { startHub } from './start-hub.ts'

/**
 * The hub on its own: `node electron/hub/main.ts [--port N] [--host H] [--database URL] [--seed demo|N]
 * [--public-url URL]`. As a child with an
 * IPC channel it also tells its parent where it listens and takes `clock_offset` and `stop`.
 */
const usage = 'usage: hub [--port N] [--host H] [--database URL] [--seed demo|N] [--public-url URL]'

const readArguments = () => {
  try {
    const { values } = parseArgs({
      options: {
        port: { type: 'string' },
        host: { type: 'string' },
        database: { type: 'string' },
        seed: { type: 'string' },
        'public-url': { type: 'string' },
        help: { type: 'boolean' },
      },
    })
    const port = Number(values.port ?? 0)
    const seed = values.seed === undefined || values.seed === 'demo' ? values.seed : Number(values.seed)
    const portGood = Number.isInteger(port) && port >= 0 && port < 65_536
    const seedGood = typeof seed !== 'number' || (Number.isInteger(seed) && seed > 0)
    return portGood && seedGood && values.help !== true
      ? { ...values, port, seed: seed as 'demo' | number | undefined }
      : undefined
  } catch {
    return undefined
  }
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
  const given = readArguments()
  if (given === undefined) {
    process.stderr.write(`${usage}\n`)
    process.exitCode = 2
    return
  }
  const environment = readEnvironment()
  const running = await startHub({
    home: environment.home,
    databaseUrl: given.database ?? environment.databaseUrl,
    port: given.port,
    clockOffset: environment.clockOffset,
    seed: given.seed,
    ...(given.host === undefined ? {} : { host: given.host }),
    ...(given['public-url'] === undefined ? {} : { publicUrl: given['public-url'].replace(/\/+$/, '') }),
    log: (line) => {
      if (environment.debug) process.stderr.write(`${JSON.stringify(line)}\n`)
    },
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
