import { randomBytes } from 'node:crypto'
import { join } from 'node:path'
import { indexMigrations } from '../../electron/core/accounts/account-files.ts'
import { listFacet } from '../../electron/core/candidates/list-query.ts'
import { createListReader, type ListReader } from '../../electron/core/candidates/list-reader.ts'
import { documentTables, mergeStep } from '../../electron/core/search/document-shards.ts'
import { namePinyin } from '../../electron/core/search/name-pinyin.ts'
import { openDatabase, type OpenDatabase } from '../../electron/core/store/open-store.ts'
import { seededRandom } from '../../electron/hub/sandbox/random.ts'
import { facetName, type CandidateFilter } from '../../electron/shared/ipc/routes/candidate-filter.ts'
import { putIndexRow } from '../helpers/index-rows.ts'
import { atLeast, atMost, median, quantile, timed, timedAsync, type Result } from './figures.ts'
import type { BenchContext } from './place.ts'
import { benchJobs } from './synthetic-changes.ts'
import { syntheticRows, type SyntheticRow } from './synthetic-rows.ts'

/** Of so many rows one is kept to take queries from. */
const sampled = 500

/** Settings that only a file may have that nobody misses: filling is no part of any figure. */
const quickly = ['secure_delete = OFF', 'synchronous = OFF', 'wal_autocheckpoint = 20000'] as const
const usual = ['secure_delete = ON', 'synchronous = NORMAL', 'wal_autocheckpoint = 1000'] as const

const fill = (index: OpenDatabase, count: number): SyntheticRow[] => {
  const { db, connection } = index
  const samples: SyntheticRow[] = []
  for (const setting of quickly) connection.pragma(setting)
  const rows = syntheticRows('workbench', count, Date.UTC(2026, 2, 2, 1))
  for (let done = 0; done < count; done += 5000) {
    db.transaction(() => {
      for (let id = done; id < Math.min(count, done + 5000); id += 1) {
        const { value } = rows.next()
        if (value === undefined) return
        putIndexRow({ db } as OpenDatabase, `bench-${id}`, value)
        if (id % sampled === 0) samples.push(value)
      }
    })
  }
  // As the indexer leaves it once it has nothing else to do.
  for (const table of documentTables) while (mergeStep(index.db, table));
  for (const setting of usual) connection.pragma(setting)
  connection.pragma('wal_checkpoint(TRUNCATE)')
  return samples
}

/** The kinds of what people type, each from a text or a name that is there. */
const kinds: ReadonlyArray<readonly [name: string, make: (row: SyntheticRow, at: number) => string]> = [
  ['1 character', ({ text }, at) => hanOf(text, at, 1)],
  ['2 characters', ({ text }, at) => hanOf(text, at, 2)],
  ['4 characters', ({ text }, at) => hanOf(text, at, 4)],
  [
    'mixed',
    ({ text, skills }, at) => `${skills.find((skill) => /^[a-z+#.]+$/.test(skill)) ?? 'java'} ${hanOf(text, at, 2)}`,
  ],
  ['pinyin', ({ name }) => namePinyin(name)[0] ?? 'zhang'],
  ['initials', ({ name }) => namePinyin(name).find((word) => word.length === 3) ?? 'zx'],
]

const hanOf = (text: string, at: number, length: number): string => {
  const runs = (text.match(/\p{Script=Han}+/gu) ?? []).filter((run) => run.length >= length)
  const run = runs[at % runs.length] ?? '经理'
  return run.slice(0, length)
}

/** What looking at every row costs, by the plainest statement. */
const naive = ({ reader }: OpenDatabase, query: string): number =>
  timed(() => {
    const words = query.split(' ')
    reader.all(
      `SELECT row_id FROM document_text WHERE ${words.map(() => 'text LIKE ?').join(' AND ')}
       UNION SELECT row_id FROM row_pinyin WHERE word LIKE ?`,
      ...words.map((word) => `%${word}%`),
      `${query}%`,
    )
  })

const searches = (
  index: OpenDatabase,
  lists: ListReader,
  samples: readonly SyntheticRow[],
  count: number,
): Result[] => {
  const random = seededRandom('workbench queries')
  const limit = count > 100_000 ? 100 : 30
  const ratios: number[] = []
  const results = kinds.map(([kind, make]) => {
    const asked = [...new Set(Array.from({ length: 60 }, () => make(random.pick(samples), random.int(0, 200))))]
    const times = asked.map((query) => timed(() => lists.page({ query }, 'newest', 50, undefined)))
    for (const query of asked.slice(0, 3)) {
      const scan = naive(index, query)
      ratios.push(scan / timed(() => lists.page({ query: `${query} ` }, 'newest', 50, undefined)))
    }
    return atMost(
      'P2',
      `search of ${count.toLocaleString('en')}, ${kind}, a page of 50 with its total, ms, p95`,
      limit,
      quantile(times, 0.95),
    )
  })
  return [
    ...results,
    atLeast(
      'P2',
      `search of ${count.toLocaleString('en')} against a scan of every row, times faster, median`,
      100,
      median(ratios),
    ),
  ]
}

const repeated = (rounds: number, work: () => unknown): number[] => Array.from({ length: rounds }, () => timed(work))

const lists = (index: OpenDatabase, reader: ListReader, count: number): Result[] => {
  const of = `of ${count.toLocaleString('en')}`
  const first = repeated(41, () => reader.page({}, 'newest', 50, undefined))
  let cursor: string | undefined
  const pages = Math.floor(Math.min(count * 0.8, 80_000) / 10_000)
  for (let page = 0; page < pages; page += 1) cursor = reader.page({}, 'newest', 10_000, cursor).next ?? undefined
  const deep = repeated(41, () => reader.page({}, 'newest', 50, cursor))
  const offset = repeated(5, () =>
    index.reader.all(
      `SELECT id, record_id, projection, activity FROM list_row ORDER BY newest_at DESC, id DESC LIMIT 50 OFFSET ${pages * 10_000}`,
    ),
  )
  const sorted = repeated(5, () =>
    index.reader.all(
      'SELECT id, record_id, projection FROM list_row NOT INDEXED ORDER BY newest_at DESC, id DESC LIMIT 50',
    ),
  )
  const filter = (at: number): CandidateFilter => ({
    job_id: benchJobs[at % benchJobs.length] as never,
    stage: 'new',
    city: '上海',
    degree: 'bachelor',
    platform: 'zhaopin',
  })
  const filtered = Array.from({ length: 60 }, (_, at) => timed(() => reader.page(filter(at), 'newest', 50, undefined)))
  const names = facetName.options
  const facets = repeated(21, () => reader.facets({}, names))
  const narrowed = Array.from({ length: 21 }, (_, at) => timed(() => reader.facets(filter(at), names)))
  const statements = repeated(2, () => {
    for (const name of names) listFacet(index.reader, {}, name)
  })
  return [
    atMost('P9', `first page ${of} with its total, ms, p95`, 10, quantile(first, 0.95)),
    atLeast('P9', `first page ${of} against sorting all of them, times faster`, 10, median(sorted) / median(first)),
    atMost('P9', `page with five filters ${of}, ms, p95`, 10, quantile(filtered, 0.95)),
    atMost(
      'P9',
      `page behind ${(pages * 10_000).toLocaleString('en')} rows ${of} against the first`,
      1.5,
      median(deep) / median(first),
    ),
    atLeast('P9', `the same page against OFFSET, times faster`, 5, median(offset) / median(deep)),
    atMost(
      'P15',
      `counts of all ${names.length} facets ${of}, ms, p95`,
      count > 100_000 ? 300 : 30,
      quantile(facets, 0.95),
    ),
    atMost('P15', `the same under five filters, ms, p95`, count > 100_000 ? 300 : 30, quantile(narrowed, 0.95)),
    atLeast(
      'P15',
      'counts of all facets against a statement for each, times faster',
      20,
      median(statements) / median(facets),
    ),
  ]
}

/** What a list, its counts and its search answer from at the size that is meant: the index alone, filled as the indexer fills it. */
export const workbenchBench = async ({ place, note, scale }: BenchContext): Promise<Result[]> => {
  const index = openDatabase({
    path: join(place.folder('workbench'), 'index.db'),
    key: randomBytes(32),
    profile: 'index',
    migrations: indexMigrations,
  })
  let samples: SyntheticRow[] = []
  const filling = timed(() => {
    samples = fill(index, scale)
  })
  const reader = createListReader(index)
  const loading = await timedAsync(() => reader.settle())
  note(
    `${scale.toLocaleString('en')} rows written in ${(filling / 1000).toFixed(0)} s, read into memory in ${(loading / 1000).toFixed(1)} s, ` +
      `process ${Math.round(process.memoryUsage().rss / 1e6)} MB`,
  )
  const results = [...lists(index, reader, scale), ...searches(index, reader, samples, scale)]
  reader.close()
  index.close()
  return results
}
