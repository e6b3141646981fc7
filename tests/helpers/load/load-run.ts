import { randomUUID } from 'node:crypto'
import { noFaults, type FaultCounts } from './faulty-line.ts'
import type { HubUnderLoad } from './hub-under-load.ts'
import type { LoadWorld } from './load-world.ts'
import { openWorkstation, type Workstation } from './workstation.ts'

export type LoadRun = {
  readonly stations: readonly Workstation[]
  readonly faults: FaultCounts
  /** Items that were queued, by kind; each must have its effect once. */
  readonly queued: Readonly<Record<string, number>>
  /** Milliseconds until the last workstation had nothing left to send, without those that the hub was away. */
  readonly pushed: number
  /** The same until the last one had the whole feed, and how many changes that brought to all. */
  readonly pulled: number
  readonly changes: number
  /** Milliseconds of each page while everybody was pulling, of those that met no fault. */
  readonly pages: readonly number[]
}

export type LoadOptions = {
  readonly world: LoadWorld
  readonly hub: HubUnderLoad
  /** Share of requests that meet a fault. */
  readonly faults: number
  /** Candidates that each workstation makes known. */
  readonly intake: number
  readonly note?: (text: string) => void
}

const notesEach = 20
const stagesEach = 5
const entriesEach = 20

/** Carries this out once a share of the whole has come in. */
const atShare = (whole: number, share: number, work: () => Promise<number>) => {
  let sum = 0
  let done: Promise<number> | undefined
  return {
    add: (count: number): void => {
      sum += count
      if (sum >= whole * share) done ??= work()
    },
    /** What the work gave. */
    finished: (): Promise<number> => done ?? Promise.resolve(0),
    sum: (): number => sum,
  }
}

/** What a workstation has collected while it was offline. */
const fillOutbox = (station: Workstation, intake: number): Record<string, number> => {
  const { seat, log } = station
  const at = new Date().toISOString()
  for (let index = 0; index < intake; index += 1) {
    const candidate_id = `own-${seat.account}-${index}`
    station.enqueue({
      id: randomUUID(),
      kind: 'subject',
      at,
      body: { candidate_id, platform: 'direct', evidence: 'mail' },
    })
  }
  for (let piece = 0; piece < 2; piece += 1) {
    for (let entry = 0; entry < entriesEach / 2; entry += 1) {
      log.append({ action: 'view', subject: { platform: 'direct', candidate: `subject-${entry}` } })
    }
    station.enqueueLog(randomUUID())
  }
  const own = Math.min(notesEach, intake)
  for (let index = 0; index < own; index += 1) {
    const note = { candidate_id: `own-${seat.account}-${index}`, at, text: '电话里谈得好，下周面试' }
    station.enqueue({ id: randomUUID(), kind: 'note', at, body: note })
  }
  return { subject: intake, log: 2, note: own }
}

/** Work while the feed is read: applications move, and a note about somebody of the feed is written and taken back. */
const workOn = (station: Workstation, world: LoadWorld): Record<string, number> => {
  const at = new Date().toISOString()
  const job = station.seat.jobs?.[0] ?? ''
  const mine = (world.applications.get(job) ?? []).slice(0, stagesEach)
  for (const application_id of mine) {
    station.enqueue({ id: randomUUID(), kind: 'stage', at, body: { application_id, stage: 'reviewed' } })
  }
  const about = mine[0]?.replace(/^app-/, '')
  if (about === undefined) return { stage: 0 }
  const id = randomUUID()
  const body = { candidate_id: about, at, text: '再看一次' }
  station.enqueue({
    id,
    kind: 'note',
    at,
    body,
    // Taken back once it is there: a later item may well arrive before an earlier one.
    onTaken: () => {
      station.enqueue({ id: randomUUID(), kind: 'note', at, body: { ...body, note_id: id, removed: true } })
    },
  })
  return { stage: mine.length, note: 1, removal: 1 }
}

const addUp = (sums: Record<string, number>, more: Readonly<Record<string, number>>): void => {
  for (const [kind, count] of Object.entries(more)) sums[kind] = (sums[kind] ?? 0) + count
}

/**
 * Every workstation sends what it has, and the hub is killed in the middle; then each reads the feed from its beginning while all
 * work on, and the hub is told to end in the middle and started again; at last each reads what the others did meanwhile.
 */
export const runLoad = async ({
  world,
  hub,
  faults,
  intake,
  note = () => undefined,
}: LoadOptions): Promise<LoadRun> => {
  const counts = noFaults()
  const pages: number[] = []
  const on = { items: (_count: number): void => undefined, changes: (_count: number): void => undefined }
  const stations = world.seats.map((seat) =>
    openWorkstation({
      url: hub.url,
      seat,
      faults,
      counts,
      onItems: (count) => on.items(count),
      onChanges: (count) => on.changes(count),
      onPage: (milliseconds) => pages.push(milliseconds),
    }),
  )
  const all = (work: (station: Workstation) => Promise<unknown>) => Promise.all(stations.map(work))
  await all((station) => station.signIn())
  note('everybody is signed in')

  const queued: Record<string, number> = {}
  for (const station of stations) addUp(queued, fillOutbox(station, intake))
  const items = atShare(
    Object.values(queued).reduce((sum, count) => sum + count, 0),
    0.5,
    () => hub.restart('kill'),
  )
  on.items = items.add
  const began = performance.now()
  await all((station) => station.push())
  const pushed = performance.now() - began - (await items.finished())
  note(`${items.sum()} items sent in ${(pushed / 1000).toFixed(1)} s`)

  for (const station of stations) addUp(queued, workOn(station, world))
  const changes = atShare(expectedChanges(world), 0.5, () => hub.restart('stop'))
  on.changes = changes.add
  const started = performance.now()
  await all(async (station) => {
    const first = await station.pullPage()
    await station.push()
    if (first) await station.pull()
  })
  const pulled = performance.now() - started - (await changes.finished())
  note(`${changes.sum()} changes read in ${(pulled / 1000).toFixed(1)} s`)
  // Nobody writes any more, and no old page says again that it is the last: now everybody has to come to the same.
  await all((station) => {
    station.mendLine()
    return station.pull()
  })
  return { stations, faults: counts, queued, pushed, pulled, changes: changes.sum(), pages }
}

/** About how many changes all of them get from the beginning. */
const expectedChanges = (world: LoadWorld): number =>
  world.seats
    .map(({ jobs }) =>
      jobs === undefined
        ? 2 * world.size.candidates
        : jobs.reduce((sum, job) => sum + 2 * (world.applications.get(job)?.length ?? 0), 0),
    )
    .reduce((sum, count) => sum + count, 0)
