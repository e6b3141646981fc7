import type { HubDb } from '../../../electron/hub/db/schema.ts'
import type { LoadRun } from './load-run.ts'
import { loadEmployer, type LoadWorld } from './load-world.ts'
import type { Workstation } from './workstation.ts'

/** What was lost, came twice or differs; all of it empty when everything is as it has to be. */
export type LoadFaults = {
  /** Items that the hub said no to, or that are left in an outbox. */
  readonly unsent: readonly string[]
  /** Figures of the hub's tables that are not what the workstations sent: `what: expected, found`. */
  readonly sums: readonly string[]
  /** Workstations whose rows differ from what the hub has for them: `who: lost, too many, stale`. */
  readonly rows: readonly string[]
}

type Row = {
  readonly type: string
  readonly id: string
  readonly rev: number
  readonly deleted: boolean
  readonly candidate: string | null
}

const count = async (db: HubDb, table: 'outbox_item' | 'subject' | 'log_leaf'): Promise<number> => {
  const { n } = await db
    .selectFrom(table)
    .select((expression) => expression.fn.countAll().as('n'))
    .where('employer_id', '=', loadEmployer)
    .executeTakeFirstOrThrow()
  return Number(n)
}

const checkSums = async (db: HubDb, world: LoadWorld, run: LoadRun): Promise<string[]> => {
  const { subject = 0, log = 0, note = 0, stage = 0, removal = 0 } = run.queued
  const employer = await db
    .selectFrom('employer')
    .select('rev')
    .where('employer_id', '=', loadEmployer)
    .executeTakeFirstOrThrow()
  const notes = await db
    .selectFrom('record')
    .select((expression) => expression.fn.countAll().as('n'))
    .where('employer_id', '=', loadEmployer)
    .where('type', '=', 'note')
    .where('deleted', '=', false)
    .executeTakeFirstOrThrow()
  const entries = run.stations.reduce((sum, station) => sum + station.log.entries.length, 0)
  const pairs: ReadonlyArray<readonly [string, number, number]> = [
    ['items', subject + log + note + stage + removal, await count(db, 'outbox_item')],
    ['subjects', subject, await count(db, 'subject')],
    ['log entries', entries, await count(db, 'log_leaf')],
    // Each effect takes one revision: one that came twice would show here even where it left the same row.
    ['revisions', world.rev + note + stage + removal, employer.rev],
    ['notes', note - removal, Number(notes.n)],
  ]
  return pairs.flatMap(([what, expected, found]) =>
    expected === found ? [] : [`${what}: ${expected} expected, ${found} found`],
  )
}

/** The rows of each candidate, and those of nobody. */
const listRows = async (db: HubDb): Promise<Map<string | null, Row[]>> => {
  const rows = await db
    .selectFrom('record')
    .select(['type', 'id', 'rev', 'deleted', 'candidate_id as candidate'])
    .where('employer_id', '=', loadEmployer)
    .execute()
  const byPerson = new Map<string | null, Row[]>()
  for (const row of rows) byPerson.set(row.candidate, [...(byPerson.get(row.candidate) ?? []), row])
  return byPerson
}

const checkStation = (
  world: LoadWorld,
  byPerson: ReadonlyMap<string | null, Row[]>,
  station: Workstation,
): string[] => {
  const jobs = station.seat.jobs ?? [...world.applications.keys()]
  const people = new Set(jobs.flatMap((job) => world.applications.get(job) ?? []).map((id) => id.replace(/^app-/, '')))
  // Words about somebody whom a colleague took in reach who may see all; with single jobs nobody gets words without the person.
  const others =
    station.seat.jobs === undefined ? [...byPerson.keys()].filter((id) => id?.startsWith('own-') === true) : []
  const due = new Map<string, Row>(
    [null, ...people, ...others]
      .flatMap((person) => byPerson.get(person) ?? [])
      .map((row) => [`${row.type} ${row.id}`, row] as const),
  )
  let [lost, more, stale] = [0, 0, 0]
  for (const [key, row] of due) {
    const held = station.held.get(key)
    // What was there and went between two pulls need not have come at all.
    if (held === undefined) lost += row.deleted ? 0 : 1
    else if (held.rev !== row.rev || held.gone !== row.deleted) stale += 1
  }
  for (const key of station.held.keys()) more += due.has(key) ? 0 : 1
  return lost + more + stale === 0 ? [] : [`${station.seat.account}: ${lost} lost, ${more} too many, ${stale} stale`]
}

/** Holds what every workstation has, and what the hub has, against what was sent. */
export const checkLoad = async (db: HubDb, world: LoadWorld, run: LoadRun): Promise<LoadFaults> => {
  const byPerson = await listRows(db)
  return {
    unsent: run.stations.flatMap((station) => [
      ...station.refused,
      ...[...station.outbox.values()].map(({ kind }) => `${kind} left`),
    ]),
    sums: await checkSums(db, world, run),
    rows: run.stations.flatMap((station) => checkStation(world, byPerson, station)),
  }
}
