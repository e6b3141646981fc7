import { changeEvents } from './change-events.ts'
import { openDatabase } from './db/open-database.ts'
import type { Hub } from './hub.ts'
import { lockHome } from './home-lock.ts'
import { hubClock, type HubClock } from './hub-clock.ts'
import { candidateKeys } from './keys/candidate-keys.ts'
import { openHubKeys } from './keys/hub-keys.ts'
import { readPortalRules } from './portal-rules.ts'
import { readPortalScript } from './portal-script.ts'
import { rateLimit } from './rate-limit.ts'
import { seedSandbox, type SandboxAccount } from './sandbox/seed-sandbox.ts'
import { sandboxPort } from './sandbox/sandbox-port.ts'
import { buildServer, type RequestLine } from './server.ts'
import { sweep } from './sweep.ts'

export type HubOptions = {
  /** Folder for the embedded database, keys and the sandbox's port; `undefined` keeps everything in memory. */
  readonly home: string | undefined
  readonly databaseUrl?: string | undefined
  readonly host?: string
  /** 0 = a free one; a sandbox with a folder then takes the one that it had before. */
  readonly port?: number
  /** `demo`, or how many candidates. Without it the hub starts with what its database holds. */
  readonly seed?: 'demo' | number | undefined
  /** Seconds. */
  readonly clockOffset?: number
  /** How others reach the hub (behind a proxy that ends TLS), for links; else its own address. */
  readonly publicUrl?: string
  readonly log?: (line: RequestLine) => void
}

export type RunningHub = {
  /** Without a trailing slash. */
  readonly url: string
  readonly accounts: readonly SandboxAccount[]
  readonly clock: HubClock
  readonly hub: Hub
  /** Answers what is under way, then closes the database. */
  close(): Promise<void>
}

const sweepMilliseconds = 3_600_000
/** Tries of one account from one address. */
const signInTries = { limit: 10, windowSeconds: 60 } as const
/** Links that do not open, from one address. */
const linkTries = { limit: 30, windowSeconds: 600 } as const
/** What one person files: enough for every right at once, too little to bury the officer. */
const filings = { limit: 20, windowSeconds: 3600 } as const

/** @throws when the port or the folder is taken, or the database cannot be opened */
export const startHub = async (options: HubOptions): Promise<RunningHub> => {
  const clock = hubClock(options.clockOffset ?? 0)
  const unlock = lockHome(options.home)
  const keys = openHubKeys(options.home)
  const recordKeys = candidateKeys(keys.wrappingKey)
  const db = await openDatabase({ url: options.databaseUrl, home: options.home }, recordKeys).catch(
    (error: unknown) => {
      unlock()
      throw error
    },
  )
  const sandbox = options.seed !== undefined
  const address = { url: '' }
  const hub: Hub = {
    name: sandbox ? '坦荐沙箱' : 'Candor hub',
    db,
    clock,
    keys,
    candidateKeys: recordKeys,
    events: changeEvents(),
    signInLimit: rateLimit({ ...signInTries, now: clock.real }),
    portalLimits: {
      failures: rateLimit({ ...linkTries, now: clock.real }),
      filings: rateLimit({ ...filings, now: clock.real }),
    },
    portalRules: readPortalRules(),
    portalScript: readPortalScript(),
    sandbox,
    baseUrl: () => options.publicUrl ?? address.url,
  }
  const server = buildServer(hub, options.log ?? (() => undefined))
  try {
    const accounts = options.seed === undefined ? [] : await seedSandbox(hub, options.seed)
    await sweep(hub)
    const keepPort = sandboxPort(sandbox && !options.port ? options.home : undefined)
    const host = options.host ?? '127.0.0.1'
    await server.listen({ host, port: options.port || keepPort.wanted }).catch(async (error: unknown) => {
      if (keepPort.wanted === 0) throw error
      // Somebody else has the port by now.
      await server.listen({ host, port: 0 })
    })
    const bound = server.server.address()
    if (bound === null || typeof bound === 'string') throw new Error('the hub has no port')
    keepPort.keep(bound.port)
    address.url = `http://${host.includes(':') ? `[${host}]` : host}:${bound.port}`
    const timer = setInterval(() => void sweep(hub).catch(() => undefined), sweepMilliseconds)
    return {
      url: address.url,
      accounts,
      clock,
      hub,
      close: async () => {
        clearInterval(timer)
        await server.close()
        await db.destroy()
        unlock()
      },
    }
  } catch (error) {
    await server.close()
    await db.destroy()
    unlock()
    throw error
  }
}
