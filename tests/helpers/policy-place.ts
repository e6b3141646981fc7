import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { syncOnce } from '../../electron/core/accounts/session.ts'
import type { CandidateDetail } from '../../electron/shared/domain/views.ts'
import { newHome, type CoreHome } from './core-home.ts'
import { startGenerousHub, type GenerousHub, type HubSeat } from './generous-hub.ts'
import { applicationChange, candidateChange, contactOf, iso, jobChange } from './sync-records.ts'

export const minute = 60_000
export const day = 86_400_000

export const jobOf = (id: string, more: Record<string, unknown> = {}, rev = 1) =>
  jobChange(id, rev, { owner_id: 'acc-hr', opened_at: iso(Date.now() - 9 * day), ...more })

/** A core at a generous hub with two jobs, and short ways to what tests of the rules do there. */
export type PolicyPlace = {
  readonly hub: GenerousHub
  core: CoreHome
  readonly folder: string
  /** Milliseconds that the wall clock is ahead. */
  wall: number
  sync(): Promise<void>
  enterAs(seat: HubSeat): Promise<void>
  /** The record of a platform's candidate id. */
  idOf(platformId: string): string
  open(platformId: string, job?: string): Promise<CandidateDetail>
  /** `none`, or code, rule, clause and lift. */
  refusal(route: string, input: unknown): Promise<string>
  /** A person who came by one channel to one job, in a later stage. */
  put(id: string, channel: string, more?: Record<string, unknown>, job?: string): void
  close(): Promise<void>
}

export const openPolicyPlace = async (): Promise<PolicyPlace> => {
  const folder = mkdtempSync(join(tmpdir(), 'candor-policy-'))
  const hub = await startGenerousHub()
  hub.put(jobOf('job-1'), jobOf('job-2', { title: '测试工程师' }))
  const time = { wall: 0 }
  const held = { core: await newHome(folder, { wall: () => Date.now() + time.wall }) }
  const account = () => held.core.core.account
  const sync = async (): Promise<void> => {
    await syncOnce(held.core.core)
    await account()?.indexer.settle()
  }
  const idOf = (platformId: string): string => {
    const sql = 'SELECT record_id FROM candidate WHERE platform_id = ?'
    const row = account()?.store.reader.get<{ record_id: string }>(sql, platformId)
    if (row === undefined) throw new Error(`${platformId} is not here`)
    return row.record_id
  }
  return {
    hub,
    folder,
    get core() {
      return held.core
    },
    set core(core) {
      held.core = core
    },
    get wall() {
      return time.wall
    },
    set wall(wall) {
      time.wall = wall
    },
    sync,
    enterAs: async (seat) => {
      await held.core.call('account.sign_in', { hub: hub.url, account: seat, password: 'x' })
      await sync()
    },
    idOf,
    open: (platformId, job = 'job-1') =>
      held.core.call('candidate.get', { id: idOf(platformId) as never, job_id: job as never }),
    refusal: async (route, input) => {
      const answer = await held.core.router.call(route, input)
      if (answer.ok) return 'none'
      const { rule, clause, lift } = answer.error.data
      return [answer.error.code, rule, clause, lift].filter((part) => part !== undefined).join(' ')
    },
    put: (id, channel, more = {}, job = 'job-1') => {
      hub.put(
        candidateChange(id, 1, { contact: contactOf(`app-${id}`), virtual_number: true, ...more }),
        applicationChange(`app-${id}`, id, 1, {
          job_id: job,
          channel,
          stage: 'interview',
          evidence_at: iso(Date.now() - day),
          at: iso(Date.now() - day),
        }),
      )
    },
    close: async () => {
      await held.core.stop('quit')
      await hub.close()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}
