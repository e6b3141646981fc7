import { homedir } from 'node:os'
import { join } from 'node:path'

/** Everything that the hub takes from its environment; no other file of this process reads it. */
export type HubEnvironment = {
  /** Where the embedded database, the hub's keys and the sandbox's port lie. */
  readonly home: string
  readonly databaseUrl: string | undefined
  /** Seconds added to the wall clock, for tests of deadlines. */
  readonly clockOffset: number
  readonly debug: boolean
}

export const readEnvironment = (env: NodeJS.ProcessEnv = process.env): HubEnvironment => {
  const offset = Number(env['CANDOR_CLOCK_OFFSET'] ?? 0)
  return {
    home: env['CANDOR_HUB_HOME'] || `${env['CANDOR_HOME'] || join(homedir(), '.candor')}-sandbox-hub`,
    databaseUrl: env['DATABASE_URL'] || undefined,
    clockOffset: Number.isFinite(offset) ? offset : 0,
    debug: env['CANDOR_DEBUG'] === '1',
  }
}
