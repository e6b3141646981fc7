import { foundPlaces, type FoundPlace } from '@shared/domain/found-places.ts'
import { queryWords } from '@shared/domain/search-words.ts'
import type { RichText } from '@shared/domain/views.ts'

export type TextPart = { readonly text: string; readonly masked?: string; readonly hit?: boolean }

const merged = (places: readonly FoundPlace[]): readonly FoundPlace[] =>
  places.reduce<readonly FoundPlace[]>((done, [from, to]) => {
    const last = done.at(-1)
    return last && from <= last[1] ? [...done.slice(0, -1), [last[0], Math.max(last[1], to)]] : [...done, [from, to]]
  }, [])

const cut = (text: string, words: readonly string[]): readonly TextPart[] => {
  const parts: TextPart[] = []
  let at = 0
  for (const [from, to] of merged(foundPlaces(text, words))) {
    if (from > at) parts.push({ text: text.slice(at, from) })
    parts.push({ text: text.slice(from, to), hit: true })
    at = to
  }
  return at < text.length ? [...parts, { text: text.slice(at) }] : parts
}

/** A text with everything marked in it that the query finds, by the same folding as search; masks stay what they are. */
export const highlightParts = (text: RichText, query: string): readonly TextPart[] => {
  const words = queryWords(query)
  return text.flatMap((part): readonly TextPart[] => (typeof part === 'string' ? cut(part, words) : [part]))
}
