import { createHubClient, type HubClient, type HubTokens } from '../../electron/core/sync/hub-client.ts'
import type { FetchLike, TransportTimes } from '../../electron/core/sync/hub-transport.ts'
import { createSyncRunner, type SyncRunner } from '../../electron/core/sync/sync-runner.ts'
import type { Me } from '../../electron/shared/domain/sync-records.ts'
import type { JobProgress } from '../../electron/shared/domain/views.ts'
import type { Role } from '../../electron/shared/domain/vocabulary.ts'
import { openSyncPlace, profiles, type SyncPlace } from './sync-place.ts'

/** Short enough for tests, long enough for a busy machine. */
export const quickTimes: TransportTimes = { answer: 3_000, idle: 3_000, pause: 10, patience: 2_000 }

export type SyncAccount = {
  readonly place: SyncPlace
  readonly hub: HubClient
  readonly runner: SyncRunner
  readonly progress: JobProgress[]
  readonly facts: Array<{ readonly event: string; readonly [fact: string]: string | number | boolean }>
  readonly revoked: () => number
  readonly tokens: () => HubTokens | null
}

type Options = {
  readonly url: string
  readonly home?: string
  readonly role?: Role
  readonly tokens: HubTokens
  readonly pageSize?: number
  readonly times?: Partial<TransportTimes>
  readonly fetch?: FetchLike
  /** Milliseconds since 1970; stands still, so that two runs end alike. */
  readonly now: number
  /** Store in memory, no attachments: what a headhunter has. */
  readonly keeps?: boolean
}

/** A signed-in account over HTTP: place, client and runner, wired as core wires them. */
export const openSyncAccount = (options: Options): SyncAccount => {
  const role = options.role ?? 'hr'
  const place = openSyncPlace({
    now: options.now,
    viewer: { role },
    ...(options.home === undefined ? {} : { home: options.home }),
  })
  let tokens: HubTokens | null = options.tokens
  let revoked = 0
  let me: Me | undefined
  const progress: JobProgress[] = []
  const facts: SyncAccount['facts'] = []
  const hub = createHubClient({
    baseUrl: options.url,
    fetch: options.fetch ?? fetch,
    tokens,
    onTokens: (next) => {
      tokens = next
    },
    clock: place.clock,
    times: { ...quickTimes, ...options.times },
  })
  const runner = createSyncRunner({
    ...place,
    hub,
    role,
    keeps: options.keeps ?? true,
    clock: place.clock,
    device: { name: 'test', os: 'test', app_version: '0' },
    leaseMs: profiles.get('zhaopin')?.leaseMs ?? 0,
    pageSize: options.pageSize ?? 20,
    onMe: (said) => {
      me = said
    },
    // As the gates of core say it for hr.
    mayPull: () => me?.status === 'active' && me.verification.real_name && me.verification.employment,
    onRules: () => undefined,
    onProgress: (one) => progress.push(one),
    onChanged: () => undefined,
    onRows: () => undefined,
    onWithdrawn: () => undefined,
    onRevoked: () => {
      revoked += 1
    },
    log: (event, fact) => facts.push({ event, ...fact }),
  })
  return { place, hub, runner, progress, facts, revoked: () => revoked, tokens: () => tokens }
}

/** Signs in once; several accounts of a test may use the tokens, which live for minutes. */
export const signIn = async (
  url: string,
  account: { readonly name: string; readonly password: string },
): Promise<HubTokens> => {
  let tokens: HubTokens | null = null
  const client = createHubClient({
    baseUrl: url,
    fetch,
    tokens: null,
    onTokens: (next) => {
      tokens = next
    },
    clock: { now: () => Date.now() },
    times: { ...quickTimes, answer: 20_000 },
  })
  await client.signIn(account.name, account.password)
  if (tokens === null) throw new Error('no tokens')
  return tokens
}
