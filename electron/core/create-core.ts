import { join } from 'node:path'
import type { EventName, Events } from '../shared/ipc/events.ts'
import { leave } from './accounts/session.ts'
import { watchClock } from './accounts/clock-watch.ts'
import { createHomeClock } from './accounts/home-clock.ts'
import { openSettings } from './accounts/settings.ts'
import { closeVault } from './accounts/vault.ts'
import type { Core } from './context.ts'
import { environment } from './environment.ts'
import { handlers } from './handlers.ts'
import type { ParserHost } from './intake/parser-host.ts'
import { openLog } from './log-file.ts'
import { loadProfiles, readClauseIds, readWorkingYears } from './policy/profile/load-profiles.ts'
import { createPolicyBook } from './policy/versions/policy-book.ts'
import { createRouter, type Router } from './router.ts'
import { acquireHomeLock } from './store/home-lock.ts'
import { homePaths } from './store/home-paths.ts'
import type { FetchLike } from './sync/hub-transport.ts'

export type CoreOptions = {
  readonly home: string
  readonly fetch: FetchLike
  readonly parser: ParserHost
  readonly emit: <N extends EventName>(name: N, data: Events[N]) => void
  /** Milliseconds since 1970 UTC; the system clock by default. */
  readonly wall?: () => number
  /** Monotonic milliseconds; `performance.now` by default. */
  readonly monotonic?: () => number
  /** The folder with profiles and clauses; the program's own by default. */
  readonly resources?: string
  /** False by default. */
  readonly watchMail?: boolean
  /** False by default. */
  readonly watchHub?: boolean
  /** Whether looking at more than work explains stops (ZP-94). True by default; tests look faster than anybody. */
  readonly watchAccess?: boolean
  /** None by default. */
  readonly keychain?: Core['keychain']
  /** Nobody to ask by default. */
  readonly askPlace?: Core['askPlace']
  /** None by default. */
  readonly openBrowser?: Core['openBrowser']
}

export type RunningCore = {
  readonly core: Core
  readonly router: Router
  /** Writes a checkpoint, closes every file and wipes the keys; `lock` is entered in the ledger first. */
  stop(reason: 'lock' | 'quit'): Promise<void>
}

/**
 * Core without its process: takes the home for itself, reads settings and profiles, and stands behind the router. The window,
 * the command line and the tests all use this one.
 *
 * @throws IpcError E_IN_USE, E_DISK, E_RUNTIME; ProfileError
 */
export const createCore = (options: CoreOptions): RunningCore => {
  const wall = options.wall ?? Date.now
  const lock = acquireHomeLock(options.home)
  const settings = openSettings(options.home, environment.language)
  const profileDir = join(options.resources ?? environment.resources, 'profiles')
  const policies = createPolicyBook(loadProfiles(profileDir), readClauseIds(profileDir), readWorkingYears(profileDir))
  const clock = createHomeClock({
    wall,
    monotonic: options.monotonic ?? (() => performance.now()),
    offsetSeconds: environment.clockOffsetSeconds + settings.get().clock_offset_s,
  })
  const core: Core = {
    clock,
    home: homePaths(options.home),
    settings,
    profiles: policies.profiles,
    policies,
    parser: options.parser,
    fetch: options.fetch,
    emit: options.emit,
    watchMail: options.watchMail ?? false,
    watchHub: options.watchHub ?? false,
    watchAccess: options.watchAccess ?? true,
    log: openLog(options.home, wall),
    vault: null,
    account: null,
    changing: Promise.resolve(),
    keychain: options.keychain ?? (() => Promise.resolve(null)),
    askPlace: options.askPlace ?? (() => Promise.resolve(null)),
    openBrowser: options.openBrowser ?? (() => Promise.resolve(false)),
  }
  return {
    core,
    router: createRouter(core, handlers),
    stop: async (reason) => {
      const actor = core.account?.actor
      await leave(core)
      await core.changing
      await leave(core)
      const { vault } = core
      core.vault = null
      if (vault !== null) {
        const nobody = { account: '-', role: 'vault', employer: '-', device: vault.ledger.deviceId }
        if (reason === 'lock') {
          vault.ledger.append(actor ?? nobody, [{ action: 'lock', outcome: 'done' }])
          settings.set({ locked_since: clock.now() })
        }
        watchClock(clock, vault, actor ?? nobody)
        vault.ledger.checkpoint()
        closeVault(vault)
      }
      await options.parser.close()
      lock.release()
    },
  }
}
