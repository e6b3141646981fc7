import { Refusal } from '../refusal.ts'
import type { Extracted } from './extracted.ts'
import { htmlToText } from './html-to-text.ts'
import { parseMime } from './parse-mime.ts'

/**
 * Text of a web page saved as one file (MHT), as browsers, Word and job boards write it. Its pictures, styles and scripts stay
 * where they are.
 * @throws Refusal `malformed`, `too_deep`, `too_large`
 */
export async function readMht(bytes: Uint8Array): Promise<Extracted> {
  const { html, text } = await parseMime(bytes)
  if (html !== undefined) return htmlToText(html)
  if (text === undefined) throw new Refusal('malformed', 'mht_page')
  return { text, warnings: [] }
}
