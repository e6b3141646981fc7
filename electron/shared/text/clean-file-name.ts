/** C0, C1, and what changes or hides the direction and width of text (UAX #9 controls, zero-width, soft hyphen, BOM, tags). */
const invisible =
  /[\u0000-\u001f\u007f-\u009f\u00ad\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u2028-\u202e\u2060-\u206f\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff0-\uffff]|\u{e0000}|[\u{e0001}-\u{e0fff}]/gu

/** Letters that look like path separators or like the dot before an extension. */
const lookAlikes: ReadonlyArray<readonly [RegExp, string]> = [
  [/[\u2044\u2215\u29f8\uff0f\u2571]/g, '_'],
  [/[\u29f5\u29f9\ufe68\uff3c\u2216]/g, '_'],
  [/[\uff0e\u2024\ufe52]/g, '.'],
]

/** Names that Windows gives to devices, with any extension. */
const reserved = /^(?:con|prn|aux|nul|conin\$|conout\$|com[0-9\u00b9\u00b2\u00b3]|lpt[0-9\u00b9\u00b2\u00b3])(?=\.|$)/i

const maxLength = 120

export type CleanedFileName = {
  /** Safe as one name in any folder of Windows, macOS and Linux; never empty, no path in it. */
  readonly name: string
  /** Lower case without the dot, empty when there is none. */
  readonly extension: string
  /** The name tried to look like another one: direction controls, many blanks before the end, a program behind a document. */
  readonly deceptive: boolean
}

const documents = 'pdf|docx?|html?|txt|eml|rtf|xlsx?|pptx?|jpe?g|png'
const doubled = new RegExp(`\\.(?:${documents})[ ._]*\\.(?!(?:${documents})$)[a-z0-9]{1,8}$`, 'i')

/**
 * A name for showing and for saving, made from what a sender chose: no folders, no controls, no reserved names, at most
 * 120 UTF-16 units, and the real (last) extension always kept at the end where a reader sees it.
 * @param given - any string; a path in the style of any system, or empty
 * @param fallback - base name where nothing is left
 */
export function cleanFileName(given: string, fallback = 'file'): CleanedFileName {
  const normal = given.toWellFormed().normalize('NFC')
  const last = normal.split(/[/\\]/).at(-1) ?? ''
  const visible = lookAlikes.reduce((text, [pattern, by]) => text.replace(pattern, by), last.replace(invisible, ''))
  const spaced = visible.replace(/\s+/g, ' ')
  const safe = spaced
    .replace(/[<>:"|?*%]/g, '_')
    // A leading dot hides the file; a trailing one and blanks vanish on Windows and so change the extension.
    .replace(/^[. ]+/, '')
    .replace(/[. ]+$/, '')
  const dot = safe.lastIndexOf('.')
  const tail = dot > 0 ? safe.slice(dot + 1) : ''
  const extension = /^[\p{L}\p{N}_-]{1,16}$/u.test(tail) ? tail : ''
  const stem = (extension === '' ? safe : safe.slice(0, dot)).replace(/[. ]+$/, '')
  const room = maxLength - (extension === '' ? 0 : extension.length + 1)
  const cut =
    stem.length > room
      ? `${stem
          .slice(0, room - 1)
          .toWellFormed()
          .replace(/\ufffd$/, '')}…`
      : stem
  const base = reserved.test(cut) ? `_${cut}` : cut || fallback
  // Direction controls of the emoji kind (variation selectors) are common and harmless; the others are not.
  const deceptive =
    /[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/.test(last) ||
    /\s{4,}[^\s]*\.[^\s.]+\s*$/.test(visible) ||
    doubled.test(safe)
  return { name: extension === '' ? base : `${base}.${extension}`, extension: extension.toLowerCase(), deceptive }
}
