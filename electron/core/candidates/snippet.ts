import type { RichText } from '../../shared/domain/views.ts'
import { foundPlaces } from '../../shared/domain/found-places.ts'
import { queryWords } from '../../shared/domain/search-words.ts'
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
  const [first] = foundPlaces(row.text, words)
  if (first === undefined) return undefined
  const characters = [...row.text]
  const place = [...row.text.slice(0, first[0])].length
  const start = Math.max(0, place - before)
  // A match is never cut: what was found is what is to be seen.
  const end = Math.max(start + before + after, place + [...row.text.slice(...first)].length)
  const cut = characters.slice(start, end).join('').replaceAll('\n', ' ')
  return [`${start > 0 ? '…' : ''}${cut}${end < characters.length ? '…' : ''}`]
}
