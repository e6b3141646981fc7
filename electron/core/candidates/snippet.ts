import type { RichText } from '../../shared/domain/views.ts'
import { normalise, queryWords } from '../search/bigrams.ts'
import type { ReadableDb } from '../store/database.ts'

const before = 12
const after = 36

/** Index of the character at which the first word found begins. Normalising may change lengths, so it is done one by one. */
const placeOf = (text: string, characters: readonly string[], words: readonly string[]): number | undefined => {
  const whole = normalise(text)
  if (!words.some((word) => whole.includes(word))) return undefined
  const offsets: number[] = []
  let flat = ''
  for (const [i, character] of characters.entries()) {
    const normal = character < '\u0080' ? character.toLowerCase() : normalise(character)
    for (let j = 0; j < normal.length; j += 1) offsets.push(i)
    flat += normal
  }
  const at = words.map((word) => flat.indexOf(word)).find((found) => found >= 0)
  return at === undefined ? undefined : offsets[at]
}

/**
 * The stretch of (already masked) text around the first match of a query. The mark of the match is left to the page, which
 * knows the query; parts that are masks say so.
 */
export const snippetOf = (index: ReadableDb, rowId: number, query: string | undefined): RichText | undefined => {
  const words = queryWords(query ?? '')
  if (words.length === 0) return undefined
  const row = index.get<{ text: string }>('SELECT text FROM document_text WHERE row_id = ?', rowId)
  if (row === undefined) return undefined
  const characters = [...row.text]
  const place = placeOf(row.text, characters, words)
  if (place === undefined) return undefined
  const start = Math.max(0, place - before)
  const cut = characters
    .slice(start, start + before + after)
    .join('')
    .replaceAll('\n', ' ')
  return [`${start > 0 ? '…' : ''}${cut}${start + before + after < characters.length ? '…' : ''}`]
}
