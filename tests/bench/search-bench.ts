import { normalise, toMatch } from '../../electron/core/search/bigrams.ts'
import { documentTables, foundRows } from '../../electron/core/search/document-shards.ts'
import { seededRandom } from '../../electron/hub/sandbox/random.ts'
import { atLeast, atMost, median, quantile, timed, type Result } from './figures.ts'
import type { FilledCore } from './filled-core.ts'
import type { BenchContext } from './place.ts'

const queries = 200
const compared = 20

/** Substrings of one to six letters, digits or Han characters, as they stand somewhere in the texts. */
export const someQueries = (texts: readonly string[], count: number): string[] => {
  const random = seededRandom('queries')
  return Array.from({ length: count }, (_, number) => {
    const length = 1 + (number % 6)
    for (;;) {
      const characters = [...random.pick(texts)]
      const start = random.int(0, characters.length - length)
      const query = characters.slice(start, start + length).join('')
      if (/^[\p{L}\p{N}]+$/u.test(query)) return query
    }
  })
}

/** P2: what the search finds, held against looking at every text, and how long it takes. */
export const searchBench = async ({ account }: FilledCore, { note }: BenchContext, of: string): Promise<Result[]> => {
  await account.lists.settle()
  const index = account.index.reader
  const documents = index.all<{ row_id: number; text: string }>('SELECT row_id, text FROM document_text')
  const folded = documents.map(({ row_id, text }) => ({ row_id, text: normalise(text) }))
  let [expected, found, right, exactTotals] = [0, 0, 0, 0]
  const times: number[] = []
  const ratios: number[] = []
  const asked = someQueries(
    documents.map(({ text }) => text),
    queries,
  )
  for (const [number, query] of asked.entries()) {
    const wanted = new Set(folded.filter(({ text }) => text.includes(normalise(query))).map(({ row_id }) => row_id))
    const hits = index.all<{ rowid: number }>(
      foundRows(documentTables),
      ...documentTables.map(() => toMatch(query) ?? '""'),
    )
    let total = 0
    const time = timed(() => ({ total } = account.lists.page({ query }, 'newest', 50, undefined)))
    expected += wanted.size
    found += hits.length
    right += hits.filter(({ rowid }) => wanted.has(rowid)).length
    if (total === wanted.size) exactTotals += 1
    times.push(time)
    if (number % (queries / compared) !== 0) continue
    const like = timed(() => index.all('SELECT row_id FROM document_text WHERE text LIKE ?', `%${query}%`))
    ratios.push(like / time)
  }
  note(
    `mean length ${Math.round(documents.reduce((sum, { text }) => sum + text.length, 0) / documents.length)} characters`,
  )
  return [
    atLeast('P2', `recall of substrings of 1 to 6 characters ${of}`, 1, right / expected),
    atLeast('P2', 'precision', 1, right / found),
    atLeast('P2', 'share of queries with an exact total', 1, exactTotals / asked.length),
    // The target is for 100,000.
    atMost('P2', `search ${of}, a page of 50, ms, p95`, 30, quantile(times, 0.95)),
    atLeast('P2', `search ${of} against LIKE, times faster, median`, 100, median(ratios)),
  ]
}
