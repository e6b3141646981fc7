import { openBareIndex } from './bare-index.ts'
import { cipherBench } from './cipher-bench.ts'
import { destructionBench, fewPlace } from './destruction-bench.ts'
import { atLeast, atMost, median, quantile, timed, timedAsync, type Result } from './figures.ts'
import { openAgain, openFilledCore, type FilledCore } from './filled-core.ts'
import type { BenchContext } from './place.ts'
import { policyBench } from './policy-bench.ts'
import { searchBench } from './search-bench.ts'
import { makeChanges } from './synthetic-changes.ts'

const pageSize = 500
const ofPeople = ({ people }: BenchContext): string => `of ${people.toLocaleString('en')}`

/** Lists, search and destruction over one filled workspace, through core's own router where a person would go through it. */
export const listBench = async (context: BenchContext): Promise<Result[]> => [
  ...(await inFilled(context)),
  ...(context.wants('P12') ? [await coldStart(context)] : []),
]

const inFilled = async (context: BenchContext): Promise<Result[]> => {
  const filled = await openFilledCore(context.place)
  const { wants } = context
  const of = ofPeople(context)
  try {
    const results = [
      ...(await fill(filled, context)),
      ...(wants('P10') ? await firstAndLaterPages(filled, of) : []),
      ...(wants('P9') ? await filteredPages(filled, of) : []),
      ...(wants('P10') ? policyBench(filled) : []),
      ...(wants('P2') ? await searchBench(filled, context, of) : []),
      // Makes the small workspace, too, that a cold start is held against.
      ...(wants('P5', 'P12') ? await destructionBench(filled, context, of) : []),
    ]
    return [...results, ...(wants('P1') ? cipherBench(filled, context, of) : [])]
  } finally {
    await filled.running.stop('quit')
  }
}

/** P12: the filled workspace and the destruction's small one, both closed by now, opened in turns. */
const coldStart = async (context: BenchContext): Promise<Result> => {
  const { place } = context
  const times: { readonly filled: number[]; readonly few: number[] } = { filled: [], few: [] }
  for (let round = 0; round < 7; round += 1) {
    times.few.push(await openAgain(fewPlace(place)))
    times.filled.push(await openAgain(place))
  }
  const what = `from the accepted passphrase to the first list ${ofPeople(context)} against one of 1,000`
  return atMost('P12', what, 1.5, median(times.filled) / median(times.few))
}

const portion = 5000
/** Of each portion, how many go through the bare loop too. */
const bareShare = 1000

/** P3 and a part of P4: pages arrive without pause, then the index catches up, then the bare loop has its turn. */
const fill = async (filled: FilledCore, { note, place, people: size }: BenchContext): Promise<Result[]> => {
  const { account, running, apply } = filled
  const changes = makeChanges('list', size, running.core.clock.now())
  const bare = openBareIndex(place.folder('bare-index'))
  let applied = 0
  const settled: number[] = []
  const added: number[] = []
  for (let start = 0; start < changes.length; start += portion * 2) {
    const portionEnd = Math.min(start + portion * 2, changes.length)
    for (let page = start; page < portionEnd; page += pageSize) {
      applied += timed(() => {
        apply(changes.slice(page, Math.min(page + pageSize, portionEnd)))
      })
    }
    const before = account.indexer.countBehind()
    const time = await timedAsync(() => account.indexer.settle())
    if (before < portion / 2) continue
    settled.push(time / before)
    const texts = account.index.reader.all<{ text: string }>(
      'SELECT text FROM document_text ORDER BY row_id DESC LIMIT ?',
      bareShare,
    )
    added.push(bare.add(texts.map(({ text }) => text)) / bareShare)
  }
  bare.close()
  note(
    `${size} people in ${(applied / 1000).toFixed(1)} s; a document takes ${median(settled).toFixed(2)} ms, ` +
      `bare ${median(added).toFixed(2)} ms`,
  )
  return [
    atLeast(
      'P3',
      'index building against a bare loop of bigram inserts, by rate',
      1,
      median(added.map((time, turn) => time / (settled[turn] ?? NaN))),
    ),
    atMost('P4', 'searchable after the rows of 5,000 people, s', 2, ((settled[0] ?? NaN) * portion) / 1000),
  ]
}

/** P10: fifty rows with their log entries, then the same rows again on the same day. */
const firstAndLaterPages = async ({ call }: FilledCore, of: string): Promise<Result[]> => {
  const first: number[] = []
  const later: number[] = []
  let cursor: string | null | undefined
  for (let page = 0; page < 60; page += 1) {
    const input = { limit: 50, ...(cursor ? { cursor } : {}) }
    first.push(await timedAsync(() => call('candidate.list', input)))
    const again = performance.now()
    const answer = await call('candidate.list', input)
    later.push(performance.now() - again)
    cursor = answer.next_cursor
  }
  return [
    atMost('P10', `page of 50 ${of}, shown for the first time that day, ms, median`, 5, median(first.slice(5))),
    atMost('P10', `page of 50 ${of}, shown again, ms, median`, 3, median(later.slice(5))),
  ]
}

/** P9: all filters at once, and a page far behind. */
const filteredPages = async ({ call }: FilledCore, of: string): Promise<Result[]> => {
  const facets = await call('candidate.facets', {})
  const [job, city, degree] = [facets.job[1], facets.city[1], facets.degree[0]]
  if (job === undefined || city === undefined || degree === undefined) throw new Error('nothing to filter by')
  const filter = { city: city.value, degree: degree.value, platform: 'zhaopin', stage: 'new' } as const
  const filtered: number[] = []
  for (let round = 0; round < 60; round += 1) {
    const job_id = facets.job[round % facets.job.length]?.value as Parameters<
      typeof call<'candidate.list'>
    >[1]['job_id']
    filtered.push(await timedAsync(() => call('candidate.list', { ...filter, job_id })))
  }
  let cursor: string | null = null
  for (let page = 0; page < 80; page += 1) {
    cursor = (await call('candidate.list', { limit: 200, ...(cursor === null ? {} : { cursor }) })).next_cursor
  }
  const pages: { readonly first: number[]; readonly deep: number[] } = { first: [], deep: [] }
  for (let round = 0; round < 30; round += 1) {
    const deep = { limit: 50, ...(cursor === null ? {} : { cursor }) }
    // Twice, so that the first showing and its log entries are not in the figure.
    for (const [name, input] of [
      ['first', { limit: 50 }],
      ['deep', deep],
    ] as const) {
      if (round === 0) await call('candidate.list', input)
      pages[name].push(await timedAsync(() => call('candidate.list', input)))
    }
  }
  return [
    atMost('P9', `page with five filters ${of}, ms, p95`, 10, quantile(filtered, 0.95)),
    atMost('P9', 'page behind 16,000 rows against the first', 1.5, median(pages.deep) / median(pages.first)),
  ]
}
