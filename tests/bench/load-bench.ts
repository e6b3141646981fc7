import { randomUUID } from 'node:crypto'
import { openDatabase } from '../../electron/hub/db/open-database.ts'
import { candidateKeys } from '../../electron/hub/keys/candidate-keys.ts'
import { checkLoad } from '../helpers/load/check-load.ts'
import { startHubUnderLoad } from '../helpers/load/hub-under-load.ts'
import { runLoad } from '../helpers/load/load-run.ts'
import { fillLoadWorld } from '../helpers/load/load-world.ts'
import type { Workstation } from '../helpers/load/workstation.ts'
import { postgresBinaries, startPostgres } from '../helpers/postgres-server.ts'
import { bareInserts } from './bare-postgres.ts'
import { atLeast, atMost, quantile, type Result } from './figures.ts'
import type { BenchContext } from './place.ts'

const candidatesEach = 200
/** Share of requests that meet a fault. */
const faults = 0.1

/**
 * P17: many workstations and one hub on a PostgreSQL that waits for its disk: each sends what it took in and reads the feed of its
 * jobs, over lines that fail, while the hub is killed and restarted. Against plain inserts of the same rows on the same server.
 */
export const loadBench = async ({ place, note, workstations }: BenchContext): Promise<Result[]> => {
  const binaries = postgresBinaries()
  if (binaries === undefined) {
    note('P17 is left out: no PostgreSQL server is installed')
    return []
  }
  const server = await startPostgres(binaries, { durable: true })
  const size = { workstations, candidates: workstations * candidatesEach }
  const at = { home: place.folder('load'), databaseUrl: server.url }
  const keys = candidateKeys(new Uint8Array(32))
  try {
    const world = await fillLoadWorld(size, at)
    const hub = await startHubUnderLoad(at)
    const run = await runLoad({ world, hub, faults, intake: candidatesEach, note })
    const { db } = await openDatabase({ url: server.url, home: undefined }, keys)
    const found = await checkLoad(db, world, run)
    const wrong = [...found.unsent, ...found.sums, ...found.rows]
    for (const one of wrong.slice(0, 10)) note(`wrong: ${one}`)
    const crowd = quantile(run.pages, 0.95)
    const calm = await pullCalmly(run.stations, world.applications)
    await hub.stop()
    const sent = await bareInserts(db, server.url, ['outbox_item', 'subject', 'log_head', 'log_leaf', 'log_node'])
    const records = await bareInserts(db, server.url, ['record'])
    await db.destroy()
    const items = Object.values(run.queued).reduce((sum, count) => sum + count, 0)
    note(
      `faults: ${Object.entries(run.faults)
        .map(([kind, count]) => `${count} ${kind}`)
        .join(', ')}; the hub took ${hub.peakMemory()?.toFixed(0) ?? '?'} MB at most`,
    )
    note(
      `${perSecond(items, run.pushed)} items and ${perSecond(run.changes, run.pulled)} changes a second; bare inserts ` +
        `${perSecond(sent.rows, sent.milliseconds)} rows of items and ${perSecond(records.rows, records.milliseconds)} records a second; ` +
        `a page while everybody asks for one takes ${crowd.toFixed(0)} ms, p95`,
    )
    const who = `${size.workstations} workstations, ${size.candidates} candidates`
    return [
      atMost('P17', `${who}: lost, twice or stale`, 0, wrong.length),
      atLeast(
        'P17',
        `${who}: items taken against bare inserts of the rows that they leave, by time`,
        0.1,
        sent.milliseconds / run.pushed,
      ),
      atLeast(
        'P17',
        `${who}: changes delivered against bare inserts of records, by rate`,
        0.2,
        run.changes / run.pulled / (records.rows / records.milliseconds),
      ),
      atMost('P17', `${who}: page of the feed at ${calmRate} a second, with others writing, ms, p95`, 100, calm),
    ]
  } finally {
    server.stop()
  }
}

const perSecond = (count: number, milliseconds: number): string => ((count / milliseconds) * 1000).toFixed(0)

const calmRate = 20
const calmSeconds = 15

/** Each asks in turn whether there is something new, whether or not the one before has its answer; every fifth writes first. */
const pullCalmly = async (
  stations: readonly Workstation[],
  applications: ReadonlyMap<string, readonly string[]>,
): Promise<number> => {
  const times: number[] = []
  const jobs = [...applications.values()]
  const asked: Promise<unknown>[] = []
  for (let turn = 0; turn < calmRate * calmSeconds; turn += 1) {
    const station = stations[turn % stations.length]
    const application_id = jobs[turn % jobs.length]?.[turn % 7]
    if (station === undefined || application_id === undefined) throw new Error('nobody to ask')
    if (turn % 5 === 0) {
      const body = { application_id, stage: turn % 2 === 0 ? 'interview' : 'reviewed' }
      station.enqueue({ id: randomUUID(), kind: 'stage', at: new Date().toISOString(), body })
      asked.push(station.push())
    } else {
      const began = performance.now()
      asked.push(station.pullPage().then(() => times.push(performance.now() - began)))
    }
    await new Promise((resolve) => setTimeout(resolve, 1000 / calmRate))
  }
  await Promise.all(asked)
  return quantile(times, 0.95)
}
