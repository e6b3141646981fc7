import { foundPlaces } from '@shared/domain/found-places.ts'
import { queryWords } from '@shared/domain/search-words.ts'
import type { RichText } from '@shared/domain/views.ts'

/** Signs that stay before the match: a row is narrow, and what was searched for must be in sight. */
const BEFORE = 6

/** The snippet from shortly before its first match; unchanged when the match is near its beginning or inside a mask. */
export const nearMatch = (snippet: RichText, query: string): RichText => {
  const [first, ...rest] = snippet
  if (typeof first !== 'string') return snippet
  const [place] = foundPlaces(first, queryWords(query))
  if (place === undefined) return snippet
  const lead = [...first.slice(0, place[0])]
  return lead.length <= BEFORE + 1 ? snippet : [`…${lead.slice(-BEFORE).join('')}${first.slice(place[0])}`, ...rest]
}
