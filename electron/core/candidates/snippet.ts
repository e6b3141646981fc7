import type { RichText } from '../../shared/domain/views.ts'
import { normalise, queryWords } from '../search/bigrams.ts'
import type { ReadableDb } from '../store/database.ts'

const before = 12
const after = 36

/**
 * The stretch of (already masked) text around the first match of a query. The mark of the match is left to the page, which
 * knows the query; parts that are masks say so.
 */
export const snippetOf = (index: ReadableDb, rowId: number, query: string | undefined): RichText | undefined => {
  const words = queryWords(query ?? '')
  if (words.length === 0) return undefined
  const row = index.get<{ text: string }>('SELECT text FROM document_text WHERE row_id = ?', rowId)
  if (row === undefined) return undefined
  // Normalising may change lengths; the search for the place is done on a text normalised character by character.
  const characters = [...row.text]
  const offsets: number[] = []
  let flat = ''
  for (const [i, character] of characters.entries()) {
    const normal = normalise(character)
    for (let j = 0; j < normal.length; j += 1) offsets.push(i)
    flat += normal
  }
  const at = words.map((word) => flat.indexOf(word)).find((place) => place >= 0)
  if (at === undefined) return undefined
  const start = Math.max(0, (offsets[at] ?? 0) - before)
  const cut = characters
    .slice(start, start + before + after)
    .join('')
    .replaceAll('\n', ' ')
  return [`${start > 0 ? '…' : ''}${cut}${start + before + after < characters.length ? '…' : ''}`]
}
