import { randomBytes } from 'node:crypto'
import { join } from 'node:path'
import { storeMigrations } from '../../electron/core/accounts/account-files.ts'
import { openDatabase } from '../../electron/core/store/open-store.ts'
import type { HubTokens } from '../../electron/core/sync/hub-client.ts'
import { openSyncAccount, signIn } from '../helpers/sync-account.ts'
import { atLeast, median, timed, timedAsync, type Result } from './figures.ts'
import { startBenchHub } from './hub-process.ts'
import type { BenchContext } from './place.ts'
import { insertRows, readRows, type StoredRows } from './stored-rows.ts'

const candidates = 3000
const rounds = 3
const pageSize = 500

/** Inserts the rows that a sync has left into a new file of the same kind; milliseconds. */
const insertBare = (folder: string, stored: StoredRows): number => {
  const file = openDatabase({
    path: join(folder, 'store.db'),
    key: randomBytes(32),
    profile: 'store',
    migrations: storeMigrations,
  })
  const time = timed(() => {
    insertRows(file, stored, pageSize)
  })
  file.close()
  return time
}

/**
 * P4: a whole first sync of a new device over HTTP, from the first request to the last durable row, against inserting the rows
 * that it leaves. Also, without targets, what of it the hub takes and what the rows take once the pages are here.
 */
export const syncBench = async ({ place, note }: BenchContext): Promise<Result[]> => {
  const hub = await startBenchHub(place.folder('hub'), candidates)
  try {
    const tokens = await signIn(hub.url, hub.hr)
    const times: {
      readonly sync: number
      readonly whole: number
      readonly bare: number
      readonly fetched: number
      readonly applied: number
    }[] = []
    for (let round = 0; round < rounds; round += 1)
      times.push(await oneRound(hub.url, tokens, (name) => place.folder(`${name}-${round}`)))
    const of = (name: 'sync' | 'whole' | 'bare' | 'fetched' | 'applied'): number =>
      median(times.map((time) => time[name]))
    note(
      `${candidates} candidates: rows after ${of('sync').toFixed(0)} ms, the run with its log pushed after ${of('whole').toFixed(0)} ms; ` +
        `alone, the hub's pages take ${of('fetched').toFixed(0)} ms, pages that are here ${of('applied').toFixed(0)} ms, ` +
        `bare rows ${of('bare').toFixed(0)} ms`,
    )
    return [
      atLeast(
        'P4',
        `sync of ${candidates} candidates to durable rows over HTTP against bare encrypted inserts, by rate`,
        0.7,
        median(times.map(({ sync, bare }) => bare / sync)),
      ),
    ]
  } finally {
    await hub.stop()
  }
}

/** Notes when requests leave, so that the whole run can be told from the part that brings rows. */
const watchRequests = () => {
  const requests: { readonly at: number; readonly path: string }[] = []
  const watched: typeof fetch = (input, init) => {
    const address = input instanceof Request ? input.url : String(input)
    requests.push({ at: performance.now(), path: new URL(address).pathname })
    return fetch(input, init)
  }
  /** When the first request behind the last page left: the rows of all pages are durable by then. */
  const rowsDurableAt = (): number => {
    const last = requests.findLastIndex(({ path }) => path === '/v1/changes')
    return requests[last + 1]?.at ?? performance.now()
  }
  return { watched, rowsDurableAt }
}

const oneRound = async (url: string, tokens: HubTokens, folder: (name: string) => string) => {
  const options = { url, tokens, now: Date.now(), pageSize, keeps: false, times: { answer: 60_000, patience: 60_000 } }
  const { watched, rowsDurableAt } = watchRequests()
  const account = openSyncAccount({ ...options, home: folder('sync'), fetch: watched })
  const started = performance.now()
  const whole = await timedAsync(() => account.runner.once())
  const sync = rowsDurableAt() - started
  const stored = readRows(account.place.database.reader)
  const pages: unknown[][] = []
  const fetched = await timedAsync(async () => {
    for (let cursor: string | null = null; ;) {
      const page = await account.hub.changes(cursor, pageSize)
      pages.push([...page.changes])
      cursor = page.next_cursor
      if (!page.has_more) return
    }
  })
  account.place.close()
  const again = openSyncAccount({ ...options, home: folder('again') })
  const applied = timed(() => {
    for (const page of pages) again.place.apply(page)
  })
  again.place.close()
  return { sync, whole, fetched, applied, bare: insertBare(folder('bare'), stored) }
}
