import { normalise, queryWords, runsOf } from '../../shared/domain/search-words.ts'

/**
 * Search by overlapping pairs of characters: the only way measured here that finds any substring of one character or more,
 * in Chinese, English and mixed text, with full recall. Both sides (documents and queries) use the functions of this file.
 */

export { normalise, queryWords, runsOf }

/** Every pair of a run, then its last character alone, which also keeps phrases from reaching into the next run. */
const documentTokens = (run: readonly string[]): string[] => run.map((character, i) => character + (run[i + 1] ?? ''))

/** The text to put into the FTS5 column. */
export const toDocument = (text: string): string => runsOf(text).flatMap(documentTokens).join(' ')

const quote = (token: string): string => `"${token.replaceAll('"', '""')}"`

const runQuery = (run: readonly string[]): string => {
  const first = run[0]
  if (first === undefined) return ''
  if (run.length === 1) return `${quote(first)} *`
  const pairs = run.slice(0, -1).map((character, i) => character + (run[i + 1] ?? ''))
  return quote(pairs.join(' '))
}

/** The MATCH expression for words, each of which must be found somewhere; `null` for none. */
export const matchOf = (runs: ReadonlyArray<readonly string[]>): string | null =>
  runs.length === 0 ? null : runs.map(runQuery).join(' AND ')

/** The MATCH expression of a query. `null` when nothing in it can be searched. */
export const toMatch = (query: string): string | null => matchOf(runsOf(query))
