import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client'

/** Figures of one hub for Prometheus. Labels are routes, methods and states; nothing in them is about a person or an employer. */
export type HubMetrics = {
  readonly contentType: string
  text(): Promise<string>
  request(method: string, route: string, status: number, seconds: number): void
  /** How old the oldest change was that a workstation, which had been here before, has just got. */
  changesLag(seconds: number): void
  swept(seconds: number, destroyed: number, at: number): void
  sweepFailed(): void
  /** Something was not taken because its employer has used up its space. */
  storageRefused(): void
  /** The largest share of a limit that any employer uses. */
  storageShare(share: number): void
  /** Figures that are looked up when somebody asks. */
  watch(name: 'open_streams' | 'database_connections', help: string, read: () => Readonly<Record<string, number>>): void
}

/** @param options `process`: also memory, processor time and the event loop; once a process is enough */
export const hubMetrics = (options: { readonly process: boolean }): HubMetrics => {
  const register = new Registry()
  const registers = [register]
  if (options.process) collectDefaultMetrics({ register })
  const requests = new Histogram({
    name: 'candor_hub_request_seconds',
    help: 'How long requests took, by route and status',
    labelNames: ['method', 'route', 'status'] as const,
    buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10],
    registers,
  })
  const lag = new Histogram({
    name: 'candor_hub_changes_lag_seconds',
    help: 'Age of the oldest change on a page of the changes feed that continues a cursor',
    buckets: [1, 5, 15, 60, 300, 900, 3600, 14_400, 86_400, 604_800],
    registers,
  })
  const sweeps = new Histogram({
    name: 'candor_hub_sweep_seconds',
    help: 'How long the sweep of what is past its time took',
    buckets: [0.1, 0.5, 1, 5, 15, 60, 300],
    registers,
  })
  const destroyed = new Counter({
    name: 'candor_hub_sweep_destroyed_total',
    help: 'Candidates destroyed by the hub’s own reckoning',
    registers,
  })
  const failures = new Counter({ name: 'candor_hub_sweep_failures_total', help: 'Sweeps that failed', registers })
  const refused = new Counter({
    name: 'candor_hub_storage_refused_total',
    help: 'Items and attachments that were not taken because their employer has used up its space',
    registers,
  })
  const share = new Gauge({
    name: 'candor_hub_storage_used_share',
    help: 'The largest share of a storage limit that any employer uses, at the last sweep',
    registers,
  })
  const lastSweep = new Gauge({
    name: 'candor_hub_sweep_last_success_timestamp_seconds',
    help: 'When a sweep last came to its end',
    registers,
  })
  return {
    contentType: register.contentType,
    text: () => register.metrics(),
    request: (method, route, status, seconds) => requests.observe({ method, route, status: String(status) }, seconds),
    changesLag: (seconds) => lag.observe(Math.max(0, seconds)),
    swept: (seconds, count, at) => {
      sweeps.observe(seconds)
      destroyed.inc(count)
      lastSweep.set(at / 1000)
    },
    sweepFailed: () => failures.inc(),
    storageRefused: () => refused.inc(),
    storageShare: (used) => share.set(used),
    watch: (name, help, read) => {
      new Gauge({
        name: `candor_hub_${name}`,
        help,
        labelNames: ['state'] as const,
        registers,
        collect() {
          for (const [state, count] of Object.entries(read())) this.set({ state }, count)
        },
      })
    },
  }
}
