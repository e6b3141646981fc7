/**
 * Compatibility forms and case folded away once, the same for documents, queries and what is marked in the window. The sigma at
 * the end of a word is folded too: which of the two a letter becomes depends on its neighbours, and a query has others.
 */
export const normalise = (text: string): string =>
  text.normalize('NFKC').toLowerCase().normalize('NFKC').replaceAll('ς', 'σ')

/** A run is an unbroken stretch of letters, digits and `+ # .` (C++, C#, .NET); anything else separates. */
const runPattern = /[\p{L}\p{N}+#.]+/gu

/** The words of a text, as signs. */
export const runsOf = (text: string): string[][] => (normalise(text).match(runPattern) ?? []).map((run) => [...run])

/** The words of a query as they stand in normalised text, for cutting snippets and marking what was found. */
export const queryWords = (query: string): string[] => runsOf(query).map((run) => run.join(''))
