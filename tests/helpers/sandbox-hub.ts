import { startHub, type HubOptions } from '../../electron/hub/start-hub.ts'
import { hubClient } from './hub-client.ts'

export type Seat = 'hr' | 'headhunter' | 'interviewer' | 'admin' | 'officer' | 'unverified'

/** A sandbox hub in memory, with a client for each of its accounts. Boot it once a file. */
export const startSandboxHub = async (options: Partial<HubOptions> = {}) => {
  const running = await startHub({ home: undefined, seed: 'demo', ...options })
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
