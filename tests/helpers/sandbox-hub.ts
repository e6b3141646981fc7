import { randomUUID } from 'node:crypto'
import pg from 'pg'
import { startHub, type HubOptions } from '../../electron/hub/start-hub.ts'
import { hubClient } from './hub-client.ts'

export type Seat = 'hr' | 'headhunter' | 'interviewer' | 'admin' | 'officer' | 'unverified'

/** In the project `postgres` (vitest.config.ts) a database of its own on that server; else the embedded engine. */
const freshDatabase = async (): Promise<string | undefined> => {
  const server = process.env['CANDOR_TEST_DATABASE']
  if (server === undefined) return undefined
  const name = `hub_${randomUUID().replaceAll('-', '')}`
  const client = new pg.Client({ connectionString: server })
  await client.connect()
  await client.query(`create database ${name}`)
  await client.end()
  return new URL(`/${name}`, server).href
}

/** A sandbox hub in memory, with a client for each of its accounts. Boot it once a file. */
export const startSandboxHub = async (options: Partial<HubOptions> = {}) => {
  const databaseUrl = await freshDatabase()
  const running = await startHub({ home: undefined, seed: 'demo', databaseUrl, ...options })
  const client = hubClient(running.url)
  const passwordOf = (seat: Seat): string =>
    running.accounts.find((account) => account.name === `${seat}@sandbox`)?.password ?? ''
  return {
    ...running,
    client,
    passwordOf,
    signIn: (seat: Seat) => client.signIn(`${seat}@sandbox`, passwordOf(seat)),
  }
}
export type SandboxHub = Awaited<ReturnType<typeof startSandboxHub>>
