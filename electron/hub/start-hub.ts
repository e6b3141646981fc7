import type { Platform } from '../shared/domain/vocabulary.ts'
import { changeEvents } from './change-events.ts'
import { foundEmployer } from './accounts/found-employer.ts'
import { openDatabase } from './db/open-database.ts'
import type { Hub } from './hub.ts'
import { lockHome } from './home-lock.ts'
import { hubClock, type HubClock } from './hub-clock.ts'
import { candidateKeys } from './keys/candidate-keys.ts'
import { openHubKeys } from './keys/hub-keys.ts'
import { readPortalRules } from './portal-rules.ts'
import { readPortalScript } from './portal-script.ts'
import { rateLimit } from './rate-limit.ts'
import { createGateway } from './sandbox/gateways/gateway.ts'
import { seedSandbox, type SandboxAccount } from './sandbox/seed-sandbox.ts'
import { sandboxPort } from './sandbox/sandbox-port.ts'
import { buildServer } from './server.ts'
import { lifecycle } from './service/lifecycle.ts'
import type { Log } from './service/log-line.ts'
import { hubMetrics } from './service/metrics.ts'
import { routeLimits } from './service/route-limits.ts'
import { readStorageRules } from './storage/storage-rules.ts'
import { stopServer } from './service/stop-server.ts'
import { sweeper } from './service/sweeper.ts'

export type HubOptions = {
  /** Folder for the embedded database, keys and the sandbox's port; `undefined` keeps everything in memory. */
  readonly home: string | undefined
  readonly databaseUrl?: string | undefined
  readonly host?: string
  /** 0 = a free one; a sandbox with a folder then takes the one that it had before. */
  readonly port?: number
  /** `demo`, or how many candidates. Without it the hub starts with what its database holds. */
  readonly seed?: 'demo' | number | undefined
  /** A sandbox plays this platform, with its people alone; else it has those of all. */
  readonly platform?: Platform | undefined
  /** Makes this employer, and the link by which its first administrator joins. */
  readonly newEmployer?: string | undefined
  /** Seconds. */
  readonly clockOffset?: number
  /** How others reach the hub (behind a proxy that ends TLS), for links; else its own address. */
  readonly publicUrl?: string
  readonly log?: Log
  /** PEM of the certificate, with its chain, and of its key. */
  readonly tls?: { readonly cert: string; readonly key: string } | undefined
  /** The hub stands behind one proxy. */
  readonly trustProxy?: boolean
  readonly metricsToken?: string | undefined
  /** Also figures of the process itself. */
  readonly processMetrics?: boolean
  /** How long it still answers after it was told to stop, so that a load balancer takes notice. */
  readonly drainSeconds?: number
  /** How many times the usual limits of requests apply; `Infinity` for none. */
  readonly limitFactor?: number
  /** A file with what employers may keep, instead of the shipped limits. */
  readonly quotas?: string | undefined
}

export type RunningHub = {
  /** Without a trailing slash. */
  readonly url: string
  readonly accounts: readonly SandboxAccount[]
  /** By which the first administrator of `newEmployer` joins. */
  readonly invitation: string | undefined
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
  const log = options.log ?? (() => undefined)
  const storage = readStorageRules(options.quotas)
  const unlock = lockHome(options.home)
  const keys = openHubKeys(options.home)
  const recordKeys = candidateKeys(keys.wrappingKey)
  const database = await openDatabase({ url: options.databaseUrl, home: options.home }, recordKeys).catch(
    (error: unknown) => {
      unlock()
      throw error
    },
  )
  const { db } = database
  const sandbox = options.seed !== undefined
  const address = { url: '' }
  const gateway = sandbox && options.platform !== undefined ? createGateway(options.platform) : undefined
  const hub: Hub = {
    name: gateway?.rules.name ?? (sandbox ? '坦荐沙箱' : 'Candor hub'),
    db,
    database,
    clock,
    keys,
    candidateKeys: recordKeys,
    events: changeEvents(),
    limits: routeLimits(clock.real, options.limitFactor ?? 1),
    lifecycle: lifecycle(),
    metrics: hubMetrics({ process: options.processMetrics === true }),
    storage,
    metricsToken: options.metricsToken,
    signInLimit: rateLimit({ ...signInTries, now: clock.real }),
    portalLimits: {
      failures: rateLimit({ ...linkTries, now: clock.real }),
      filings: rateLimit({ ...filings, now: clock.real }),
    },
    portalRules: readPortalRules(),
    portalScript: readPortalScript(),
    sandbox,
    gateway,
    baseUrl: () => options.publicUrl ?? address.url,
  }
  hub.metrics.watch('open_streams', 'Event streams that are open', () => ({ open: hub.lifecycle.streams }))
  hub.metrics.watch('database_connections', 'Connections to the database', () => database.connections())
  const sweeps = sweeper(hub, log)
  const server = buildServer(hub, { log, tls: options.tls, trustProxy: options.trustProxy })
  try {
    const accounts = options.seed === undefined ? [] : await seedSandbox(hub, options.seed)
    await sweeps.run()
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
    const scheme = options.tls === undefined ? 'http' : 'https'
    address.url = `${scheme}://${host.includes(':') ? `[${host}]` : host}:${bound.port}`
    const invitation = options.newEmployer === undefined ? undefined : await foundEmployer(hub, options.newEmployer)
    sweeps.start(sweepMilliseconds)
    log({ event: 'started' })
    return {
      url: address.url,
      accounts,
      invitation,
      clock,
      hub,
      close: async () => {
        log({ event: 'stopping' })
        await stopServer(hub, server, options.drainSeconds ?? 0)
        await sweeps.stop()
        await db.destroy()
        unlock()
        log({ event: 'stopped' })
      },
    }
  } catch (error) {
    await server.close()
    await db.destroy()
    unlock()
    throw error
  }
}
