/**
 * Search by overlapping pairs of characters: the only way measured here that finds any substring of one character or more,
 * in Chinese, English and mixed text, with full recall. Both sides (documents and queries) use the functions of this file.
 */

/**
 * Compatibility forms and case folded away once, the same for documents and queries. The sigma at the end of a word is folded
 * too: which of the two a letter becomes depends on its neighbours, and a query has others.
 */
export const normalise = (text: string): string =>
  text.normalize('NFKC').toLowerCase().normalize('NFKC').replaceAll('ς', 'σ')

/** A run is an unbroken stretch of letters, digits and `+ # .` (C++, C#, .NET); anything else separates. */
const runPattern = /[\p{L}\p{N}+#.]+/gu

/** The words of a text, as signs. */
export const runsOf = (text: string): string[][] => (normalise(text).match(runPattern) ?? []).map((run) => [...run])

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

/** The words of a query as they stand in normalised text, for cutting snippets. */
export const queryWords = (query: string): string[] => runsOf(query).map((run) => run.join(''))
