import { Readable } from 'node:stream'
import WordOleExtractor, { type WordDocument } from 'word-extractor/lib/word-ole-extractor.js'
import type { ParseWarning } from '../../shared/domain/intake.ts'
import { limits } from '../limits.ts'
import { Refusal } from '../refusal.ts'
import type { Extracted } from './extracted.ts'
import { tableRows } from './table-rows.ts'
import { streamOf, type CfbEntry } from './read-cfb.ts'
import { checkFields } from './word-fields.ts'

/** [MS-DOC] 2.5.2: the magic of Word 97 and later, flags at 10. Word 6 and 95 have another one. */
const magic = 0xa5ec
const encryptedFlag = 0x0100
const secondTableFlag = 0x0200

/** Storages of macros, of embedded objects and of controls. They are not opened. */
const active = /^(?:Macros|_VBA_PROJECT|_VBA_PROJECT_CUR|ObjectPool|VBA)$/i

/** Offset and length in the table stream of what the library walks over; a length without its data makes it spin. */
const checkTables = (word: Buffer, table: Buffer): void => {
  if (word.length < 0x01aa) throw new Refusal('malformed', 'doc_header')
  for (const at of [0x00f2, 0x00fa, 0x0102, 0x0142, 0x014a, 0x0152, 0x01a2]) {
    const [offset, length] = [word.readUInt32LE(at), word.readUInt32LE(at + 4)]
    if (length > 0 && offset + length > table.length) throw new Refusal('malformed', 'doc_table')
  }
}

/** The library's reader, which looks at what its patterns will cost before they run. */
class BoundedExtractor extends WordOleExtractor {
  protected override writePieces(word: Buffer, table: Buffer): void {
    super.writePieces(word, table)
    // Hyphens of Word: one that shows at line ends only, which the library would write as a word, and one that never breaks.
    for (const piece of this._pieces) piece.text = piece.text.replaceAll('\u001f', '\u0000').replaceAll('\u001e', '-')
  }

  protected override buildDocument(): WordDocument {
    const tagged = (type: string): string =>
      this._taggedHeaders
        .filter((part) => part.type === type)
        .map((part) => part.text)
        .join('')
    for (const text of [this._pieces.map((piece) => piece.text).join(''), tagged('headers'), tagged('footers')])
      checkFields(text)
    return super.buildDocument()
  }
}

/**
 * Text of a Word 97–2003 document. The library gets the two streams that hold text and formats, and not the compound file:
 * macros, objects and pictures never reach it.
 * @throws Refusal `encrypted`, `malformed`, `unknown_format` (Word 6 and 95)
 */
export async function readDoc(entries: readonly CfbEntry[]): Promise<Extracted> {
  const word = streamOf(entries, 'WordDocument')
  if (word === undefined || word.length < 512) throw new Refusal('malformed', 'doc_header')
  if (word.readUInt16LE(0) !== magic) throw new Refusal('unknown_format', 'word_95')
  const flags = word.readUInt16LE(10)
  if ((flags & encryptedFlag) !== 0) throw new Refusal('encrypted', 'doc')
  const name = (flags & secondTableFlag) === 0 ? '0Table' : '1Table'
  const table = streamOf(entries, name)
  if (table === undefined) throw new Refusal('malformed', 'doc_table')
  checkTables(word, table)
  const document = await new BoundedExtractor().extractWordDocument({ stream: () => Readable.from([table]) }, word)
  const plain = { filterUnicode: false }
  const parts = [
    document.getHeaders({ ...plain, includeFooters: false }),
    document.getTextboxes({ ...plain, includeHeadersAndFooters: false }),
    document.getBody(plain),
  ]
  const warnings: ParseWarning[] = entries.some((entry) => active.test(entry.name)) ? ['active_content'] : []
  return {
    text: tableRows(
      parts
        .map((part) => part.slice(0, limits.textLength))
        .filter((part) => part.trim() !== '')
        .join('\n'),
    ),
    warnings,
  }
}
