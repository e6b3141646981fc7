import { ledgerEntry, type LedgerEntry } from '../../shared/domain/ledger-entry.ts'
import type { LogRead, LogsRead } from '../../shared/domain/officer.ts'
import { IpcError } from '../../shared/ipc/ipc-error.ts'
import type { ReaderCall } from '../handler.ts'
import { namesOf } from '../scorecards/colleagues.ts'

/** Entries of this device that are looked through, newest first. */
const mostScanned = 20_000

type Found = Pick<LogRead, 'i' | 'device' | 'record_id'> & { readonly entry: LedgerEntry }

const recordOf = (call: ReaderCall, platform: string, candidate: string): LogRead['record_id'] =>
  call.store.get<{ record_id: LogRead['record_id'] }>(
    'SELECT record_id FROM candidate WHERE platform = ? AND platform_id = ?',
    platform,
    candidate,
  )?.record_id

const ownReads = (call: ReaderCall, limit: number): Found[] => {
  const { ledger, ledgerDb } = call.vault
  const recordOfHash = (hash: string): LogRead['record_id'] => {
    const subject = ledgerDb.reader.get<{ platform: string | null; candidate: string | null }>(
      'SELECT platform, candidate FROM subject WHERE hash = ?',
      hash,
    )
    if (subject === undefined || subject.platform === null || subject.candidate === null) return undefined
    return recordOf(call, subject.platform, subject.candidate)
  }
  const found: Found[] = []
  let cursor: string | null = null
  let scanned = 0
  do {
    const { items, nextCursor }: ReturnType<typeof ledger.list> = ledger.list({ limit: 1000, cursor })
    for (const { i, entry } of items) {
      if (entry.action !== 'log_read' || found.length >= limit) continue
      const record = entry.subject === undefined ? undefined : recordOfHash(entry.subject.candidate)
      found.push({ i, entry, ...(record === undefined ? {} : { record_id: record }) })
    }
    scanned += items.length
    cursor = found.length >= limit || scanned >= mostScanned ? null : nextCursor
  } while (cursor !== null)
  return found
}

/** Undefined for what is no entry: the hub is somebody else's. */
const entryOf = (text: string): LedgerEntry | undefined => {
  try {
    return ledgerEntry.safeParse(JSON.parse(text)).data
  } catch {
    return undefined
  }
}

/** The other devices' readings, as they have pushed them; a row that is no entry is left out. */
const readsElsewhere = async (call: ReaderCall): Promise<Found[] | Exclude<LogsRead, 'all'>> => {
  const { hub, role } = call.account
  if (hub === null) return 'no_hub'
  if (role !== 'admin' && role !== 'officer') return 'not_allowed'
  try {
    const [{ rows }, logs] = await Promise.all([hub.ledger({ action: 'log_read' }), hub.heldLogs()])
    const names = new Map(logs.map(({ device, name }) => [device, name]))
    return rows.flatMap((row): Found[] => {
      // A hub that does not know the filter sends everything.
      if (row.device === call.vault.ledger.deviceId || row.action !== 'log_read') return []
      const entry = entryOf(row.entry)
      if (entry === undefined) return []
      const { subject } = entry
      const record =
        subject === undefined || row.candidate_id === undefined
          ? undefined
          : recordOf(call, subject.platform, row.candidate_id)
      const device = names.get(row.device) ?? row.device
      return [{ i: row.i, device, entry, ...(record === undefined ? {} : { record_id: record }) }]
    })
  } catch (error) {
    if (error instanceof IpcError) return 'hub_away'
    throw error
  }
}

/** The newest readings of the log, of every device that can be asked about. */
export const logReads = async (
  call: ReaderCall,
  limit: number,
): Promise<{ readonly items: LogRead[]; readonly devices: LogsRead }> => {
  const elsewhere = await readsElsewhere(call)
  const nameOf = namesOf(call)
  const others = typeof elsewhere === 'string' ? [] : elsewhere
  const items = [...ownReads(call, limit), ...others]
    .sort((a, b) => b.entry.at - a.entry.at)
    .slice(0, limit)
    .map(({ entry, ...found }) => ({
      ...found,
      at: entry.at,
      account: entry.actor.account,
      name: nameOf(entry.actor.account),
      role: entry.actor.role,
      outcome: entry.outcome,
      ...(entry.detail === undefined ? {} : { detail: entry.detail }),
      of_one: entry.subject !== undefined,
    }))
  return { items, devices: typeof elsewhere === 'string' ? elsewhere : 'all' }
}
