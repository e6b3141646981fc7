import type { ReadableDb, WritableDb } from '../store/database.ts'
import type { DroppedKeys } from './resume-keys.ts'

/** Rows of `sync_state`. Counts, times and ids made here; never a person's data. */
type Key =
  | 'cursor'
  | 'last_success_at'
  | 'dropped_keys'
  /** Job ids whose applications' clocks are computed anew at the end of a run. */
  | 'busy_jobs'
  /** Record numbers of locked records whose person did something new meanwhile. */
  | 'missed_records'
  | 'log_head'
  /** Incidents of whose 24 hours somebody was reminded, and how often. */
  | 'incidents_told'
  /** When a platform banned the account for automation, and which: nothing is asked of it by itself any more (QY-46). */
  | 'banned'

const get = (db: ReadableDb, key: Key): string | null =>
  db.get<{ value: string }>('SELECT value FROM sync_state WHERE key = ?', key)?.value ?? null

const set = (db: WritableDb, key: Key, value: string | null): void => {
  if (value === null) db.run('DELETE FROM sync_state WHERE key = ?', key)
  else
    db.run(
      'INSERT INTO sync_state (key, value) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value',
      key,
      value,
    )
}

const getNumber = (db: ReadableDb, key: Key): number | null => {
  const value = get(db, key)
  return value === null ? null : Number(value)
}

const getList = (db: ReadableDb, key: Key): string[] => JSON.parse(get(db, key) ?? '[]') as string[]

const addToList = (db: WritableDb, key: Key, items: Iterable<string>): void => {
  const before = getList(db, key)
  const all = new Set([...before, ...items])
  if (all.size > before.length) set(db, key, JSON.stringify([...all].sort()))
}

export const getCursor = (db: ReadableDb): string | null => get(db, 'cursor')
export const setCursor = (db: WritableDb, cursor: string | null): void => set(db, 'cursor', cursor)

/** When the last run went through to its end: the lease (D3) and the freshness of cards (D2) count from it. */
export const getLastSuccess = (db: ReadableDb): number | null => getNumber(db, 'last_success_at')
export const setLastSuccess = (db: WritableDb, at: number): void => set(db, 'last_success_at', String(at))

export const getDroppedKeys = (db: ReadableDb): DroppedKeys =>
  JSON.parse(get(db, 'dropped_keys') ?? '{}') as DroppedKeys
export const addDroppedKeys = (db: WritableDb, dropped: DroppedKeys): void => {
  if (Object.keys(dropped).length === 0) return
  const all: DroppedKeys = { ...getDroppedKeys(db) }
  for (const [path, count] of Object.entries(dropped)) all[path] = (all[path] ?? 0) + count
  set(db, 'dropped_keys', JSON.stringify(all))
}

export const listBusyJobs = (db: ReadableDb): string[] => getList(db, 'busy_jobs')
export const addBusyJobs = (db: WritableDb, ids: Iterable<string>): void => addToList(db, 'busy_jobs', ids)
export const clearBusyJobs = (db: WritableDb): void => set(db, 'busy_jobs', null)

export const listMissedRecords = (db: ReadableDb): string[] => getList(db, 'missed_records')
export const addMissedRecords = (db: WritableDb, ids: Iterable<string>): void => addToList(db, 'missed_records', ids)
export const setMissedRecords = (db: WritableDb, ids: readonly string[]): void =>
  set(db, 'missed_records', ids.length === 0 ? null : JSON.stringify(ids))

/** How this device's log stands to what the hub holds of it; `behind` means that an old folder was put back. */
export const getLogHead = (db: ReadableDb): string | null => get(db, 'log_head')
export const setLogHead = (db: WritableDb, verdict: string): void => set(db, 'log_head', verdict)

export type Ban = { readonly at: number; readonly platform: string }
export const getBan = (db: ReadableDb): Ban | null => JSON.parse(get(db, 'banned') ?? 'null') as Ban | null
export const setBan = (db: WritableDb, ban: Ban | null): void =>
  set(db, 'banned', ban === null ? null : JSON.stringify(ban))

/** How many times somebody was reminded of an open incident, by its id. */
export const getIncidentsTold = (db: ReadableDb): Readonly<Record<string, number>> =>
  JSON.parse(get(db, 'incidents_told') ?? '{}') as Record<string, number>
export const setIncidentsTold = (db: WritableDb, told: Readonly<Record<string, number>>): void =>
  set(db, 'incidents_told', Object.keys(told).length === 0 ? null : JSON.stringify(told))
