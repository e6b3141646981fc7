import { createHubClient, type HubClient } from '../../../electron/core/sync/hub-client.ts'
import type { TransportTimes } from '../../../electron/core/sync/hub-transport.ts'
import { seededRandom, type Random } from '../../../electron/hub/sandbox/random.ts'
import type { OutboxItem } from '../../../electron/shared/domain/sync-records.ts'
import { IpcError } from '../../../electron/shared/ipc/ipc-error.ts'
import { logDevice } from '../log-device.ts'
import { faultyLine, type FaultCounts } from './faulty-line.ts'
import { loadPassword, type LoadSeat } from './load-world.ts'

export type WorkstationOptions = {
  readonly url: string
  readonly seat: LoadSeat
  /** Share of requests that meet a fault. */
  readonly faults: number
  readonly counts: FaultCounts
  /** Told of each item that the hub has, each change taken, and how long an untroubled page took. */
  readonly onItems: (count: number) => void
  readonly onChanges: (count: number) => void
  readonly onPage: (milliseconds: number) => void
}

type Waiting = OutboxItem & { readonly onTaken?: () => void }

/** Patient with a hub that is away for a while, as the real ones are. */
const times: TransportTimes = { answer: 120_000, idle: 120_000, pause: 50, patience: 60_000 }
/** What a hub that is away, or was killed, makes of a call. */
const passing: ReadonlySet<string> = new Set(['E_HUB_UNREACHABLE', 'E_HUB_ANSWER', 'E_RATE', 'E_SIGN_IN'])
const pageSize = 500
const batch = 100

/**
 * A workstation without its window and its store: core's own client of the sync protocol, an outbox that gives nothing up until
 * the hub has said that it has it, and what it got of the feed as the protocol says (the higher revision wins).
 */
export const openWorkstation = (options: WorkstationOptions) => {
  const { seat } = options
  const random: Random = seededRandom(`workstation ${seat.account}`)
  const line = faultyLine(random, options.faults, options.counts)
  const hub: HubClient = createHubClient({
    baseUrl: options.url,
    fetch: line.fetch,
    tokens: null,
    onTokens: () => undefined,
    clock: { now: () => Date.now() },
    times,
  })
  const log = logDevice(seat.device, { account: seat.account, role: 'hr' })
  const outbox = new Map<string, Waiting>()
  const held = new Map<string, { readonly rev: number; readonly gone: boolean }>()
  /** What of the outbox the hub says twice was new: an answer may be lost, a second effect may not. */
  const refused: string[] = []
  let cursor: string | null = null
  let pushedEntries = 0

  /** Again and again until it is through: what the hub says no to is an error of the test. */
  const patiently = async <T>(work: () => Promise<T>): Promise<T> => {
    for (;;) {
      try {
        return await work()
      } catch (error) {
        if (!(error instanceof IpcError) || !passing.has(error.code)) throw error
        // A hub that was killed while it renewed a token knows the old one no more.
        if (error.code === 'E_SIGN_IN') await hub.signIn(seat.login, loadPassword).catch(() => undefined)
        await new Promise((resolve) => setTimeout(resolve, random.int(50, 400)))
      }
    }
  }

  const send = async (items: readonly Waiting[]): Promise<void> => {
    const results = await patiently(() =>
      hub.pushOutbox(items.map(({ id, kind, at, body }) => ({ id, kind, at, body }))),
    )
    let taken = 0
    for (const { id, status, code } of results) {
      const item = outbox.get(id)
      if (status === 'rejected') refused.push(`${item?.kind ?? 'unknown'} ${code ?? ''}`)
      if (!outbox.delete(id)) continue
      taken += 1
      item?.onTaken?.()
    }
    options.onItems(taken)
  }

  /** Everything that waits; two requests at once now and then, so that the later arrives before the earlier. */
  const push = async (): Promise<void> => {
    while (outbox.size > 0) {
      const items = [...outbox.values()].slice(0, batch)
      const half = Math.ceil(items.length / 2)
      // A log continues itself: its pieces are never sent at once.
      const apart = random.chance(0.2) && !items.some(({ kind }) => kind === 'log')
      await (apart ? Promise.all([send(items.slice(half)), send(items.slice(0, half))]) : send(items))
    }
  }

  /** One page; whether there is more. */
  const pullPage = async (): Promise<boolean> => {
    const troubles = Object.values(options.counts).reduce((sum, count) => sum + count, 0)
    const began = performance.now()
    const page = await patiently(() => hub.changes(cursor, pageSize))
    const after = Object.values(options.counts).reduce((sum, count) => sum + count, 0)
    if (after === troubles) options.onPage(performance.now() - began)
    for (const raw of page.changes) {
      const { type, id, rev, op } = raw as { type: string; id: string; rev: number; op: string }
      const key = `${type} ${id}`
      const known = held.get(key)
      if (known === undefined || rev > known.rev || (rev === known.rev && op === 'delete')) {
        held.set(key, { rev, gone: op === 'delete' })
      }
    }
    cursor = page.next_cursor
    options.onChanges(page.changes.length)
    return page.has_more
  }

  return {
    seat,
    log,
    held,
    outbox,
    refused,
    enqueue: (item: Waiting): void => void outbox.set(item.id, item),
    /** Entries that were written since the last time, as one item. */
    enqueueLog: (id: string): void => {
      const body = log.push(pushedEntries)
      pushedEntries = log.entries.length
      outbox.set(id, { id, kind: 'log', at: new Date().toISOString(), body })
    },
    signIn: async (): Promise<void> => {
      await patiently(() => hub.signIn(seat.login, loadPassword))
      const body = { name: seat.login, os: 'linux', app_version: '0', log_key: log.logKey }
      await patiently(() => hub.putDevice(seat.device, body))
    },
    /** Its line is sound from now on. */
    mendLine: () => line.mend(),
    push,
    pullPage,
    pull: async (): Promise<void> => {
      while (await pullPage());
    },
  }
}
export type Workstation = ReturnType<typeof openWorkstation>
