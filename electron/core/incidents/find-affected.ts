import { ledgerEntry, type LedgerEntry } from '../../shared/domain/ledger-entry.ts'
import { IpcError } from '../../shared/ipc/ipc-error.ts'
import type { ReaderCall } from '../handler.ts'
import type { HubClient } from '../sync/hub-client.ts'

export type Affected = {
  readonly recordId: string
  readonly fields: readonly string[]
  readonly firstAt: number
  readonly lastAt: number
  readonly seen: number
}
export type FoundAffected = {
  readonly persons: readonly Affected[]
  /** Seen in that time, and without a record here: destroyed since, or another's. */
  readonly gone: number
  /** Whether every device's log was read, or this one's alone. */
  readonly logs: 'all' | 'own'
}

export type Window = { readonly from: number; readonly to: number; readonly account: string | null }

/** What shows somebody's data to whoever did it; a refusal showed nothing. */
const showing: ReadonlySet<LedgerEntry['action']> = new Set([
  'view',
  'search_hit',
  'reveal',
  'open_file',
  'download',
  'export',
  'print',
  'copy',
  'call',
  'share',
])

type Seen = { readonly key: string; readonly entry: LedgerEntry }

const counts = (entry: LedgerEntry, window: Window): boolean =>
  entry.at >= window.from &&
  entry.at <= window.to &&
  entry.outcome !== 'denied' &&
  showing.has(entry.action) &&
  (window.account === null || entry.actor.account === window.account)

const page = 1000

/** This device's own log, newest first, down to the beginning of the time. */
const ownEntries = (call: ReaderCall, window: Window): Seen[] => {
  const { ledger, ledgerDb } = call.vault
  const mapped = new Map<string, string>()
  const keyOf = (hash: string): string => {
    const known = mapped.get(hash)
    if (known !== undefined) return known
    const row = ledgerDb.reader.get<{ platform: string | null; candidate: string | null }>(
      'SELECT platform, candidate FROM subject WHERE hash = ?',
      hash,
    )
    // Anonymous by now: one person all the same.
    const key = row?.candidate === null || row === undefined ? `hash ${hash}` : `${row.platform} ${row.candidate}`
    mapped.set(hash, key)
    return key
  }
  const found: Seen[] = []
  let cursor: string | null = null
  do {
    const { items, nextCursor }: ReturnType<typeof ledger.list> = ledger.list({ limit: page, cursor })
    for (const { entry } of items) {
      if (entry.subject !== undefined && counts(entry, window))
        found.push({ key: keyOf(entry.subject.candidate), entry })
    }
    const last = items.at(-1)?.entry.at ?? 0
    cursor = last < window.from ? null : nextCursor
  } while (cursor !== null)
  return found
}

const pageThrough = async (hub: HubClient, ownDevice: string, window: Window): Promise<Seen[]> => {
  const found: Seen[] = []
  const known = new Set<string>()
  let to = window.to + 1
  for (;;) {
    const { rows } = await hub.ledger({
      from: new Date(window.from).toISOString(),
      to: new Date(to).toISOString(),
      account: window.account ?? undefined,
    })
    const fresh = rows.filter(({ device, i }) => !known.has(`${device} ${i}`))
    for (const row of fresh) {
      known.add(`${row.device} ${row.i}`)
      if (row.device === ownDevice) continue
      const entry = ledgerEntry.safeParse(JSON.parse(row.entry))
      if (!entry.success || entry.data.subject === undefined || !counts(entry.data, window)) continue
      const { platform, candidate } = entry.data.subject
      const key = row.candidate_id === undefined ? `hash ${candidate}` : `${platform} ${row.candidate_id}`
      found.push({ key, entry: entry.data })
    }
    const oldest = rows.at(-1)
    if (rows.length < page || fresh.length === 0 || oldest === undefined) return found
    // The moment of the oldest row once more: a page may have ended in the middle of it.
    to = Date.parse(oldest.at) + 1
  }
}

/** The logs of every other device, as the hub holds them; null where they cannot be read. */
const hubEntries = async (call: ReaderCall, window: Window): Promise<Seen[] | null> => {
  const { hub, role } = call.account
  if (hub === null) return []
  if (role !== 'admin' && role !== 'officer') return null
  try {
    return await pageThrough(hub, call.account.actor.device, window)
  } catch (error) {
    if (error instanceof IpcError) return null
    throw error
  }
}

const recordOf = (call: ReaderCall, key: string): string | undefined => {
  const at = key.indexOf(' ')
  return call.store.get<{ record_id: string }>(
    'SELECT record_id FROM candidate WHERE platform = ? AND platform_id = ?',
    key.slice(0, at),
    key.slice(at + 1),
  )?.record_id
}

/**
 * Whose data were shown in a time, from the logs: at a hub, for an administrator or officer, from every device's. A hub that
 * cannot be asked stops nobody, for the plan starts at once.
 */
export const findAffected = async (call: ReaderCall, window: Window): Promise<FoundAffected> => {
  const others = await hubEntries(call, window)
  const seen = [...ownEntries(call, window), ...(others ?? [])]
  const persons: Affected[] = []
  let gone = 0
  for (const [key, list] of Map.groupBy(seen, (each) => each.key)) {
    const recordId = recordOf(call, key)
    if (recordId === undefined) {
      gone += 1
      continue
    }
    const times = list.map(({ entry }) => entry.at)
    persons.push({
      recordId,
      fields: [...new Set(list.flatMap(({ entry }) => entry.fields ?? []))].toSorted(),
      firstAt: Math.min(...times),
      lastAt: Math.max(...times),
      seen: list.length,
    })
  }
  return { persons, gone, logs: others === null ? 'own' : 'all' }
}
