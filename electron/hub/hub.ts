import type { HubDb } from './db/schema.ts'
import type { ChangeEvents } from './change-events.ts'
import type { HubClock } from './hub-clock.ts'
import type { CandidateKeys } from './keys/candidate-keys.ts'
import type { HubKeys } from './keys/hub-keys.ts'
import type { Gateway } from './sandbox/gateways/gateway.ts'
import type { PortalRules } from './portal-rules.ts'
import type { PortalScript } from './portal-script.ts'
import type { RateLimit } from './rate-limit.ts'
import type { Lifecycle } from './service/lifecycle.ts'
import type { HubMetrics } from './service/metrics.ts'
import type { StorageRules } from './storage/storage-rules.ts'
import type { RouteLimits } from './service/route-limits.ts'

/** What every route works with. */
export type Hub = {
  readonly name: string
  readonly db: HubDb
  /** What is known of the database beside its rows. */
  readonly database: { readonly migrations: readonly string[] }
  readonly clock: HubClock
  readonly keys: HubKeys
  readonly candidateKeys: CandidateKeys
  readonly events: ChangeEvents
  readonly limits: RouteLimits
  readonly lifecycle: Lifecycle
  readonly metrics: HubMetrics
  readonly storage: StorageRules
  /** Whoever has it may read the metrics from elsewhere. */
  readonly metricsToken: string | undefined
  readonly signInLimit: RateLimit
  /** Links that do not open, by address; and what one person files. */
  readonly portalLimits: { readonly failures: RateLimit; readonly filings: RateLimit }
  readonly portalRules: PortalRules
  readonly portalScript: PortalScript
  /** Seeded with invented people: test controls are open. */
  readonly sandbox: boolean
  /** A sandbox that plays one platform; `undefined` where each record names its own. */
  readonly gateway: Gateway | undefined
  /** Where the hub is reached, without a trailing slash; known once it listens. */
  baseUrl(): string
}
