import type { RichText } from '@shared/domain/views.ts'

/** Signs that stay before the match: a row is narrow, and what was searched for must be in sight. */
const BEFORE = 6

/** The snippet from shortly before its first match; unchanged when the match is near its beginning or inside a mask. */
export const nearMatch = (snippet: RichText, query: string): RichText => {
  const [first, ...rest] = snippet
  if (typeof first !== 'string') return snippet
  const text = first.toLowerCase()
  const places = query
    .toLowerCase()
    .split(/\s+/)
    .filter((word) => word !== '')
    .map((word) => text.indexOf(word))
    .filter((at) => at >= 0)
  const at = Math.min(...places)
  return places.length === 0 || at <= BEFORE + 1 ? snippet : [`…${first.slice(at - BEFORE)}`, ...rest]
}
