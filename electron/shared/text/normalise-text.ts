/** A text under NFKC with the way back: unit `i` of `text` came from `source.slice(starts[i], ends[i])`. */
export type NormalisedText = {
  readonly text: string
  readonly starts: Int32Array
  readonly ends: Int32Array
}

/** Characters that take no room: zero-width marks, soft hyphens, variation selectors, the keycap's ring. */
function isInvisible(code: number): boolean {
  return (
    code === 0xad ||
    (code >= 0x200b && code <= 0x200f) ||
    (code >= 0x202a && code <= 0x202e) ||
    (code >= 0x2060 && code <= 0x2064) ||
    (code >= 0xfe00 && code <= 0xfe0f) ||
    code === 0xfeff ||
    code === 0x20e3
  )
}

function foldCodePoint(code: number, character: string): string {
  if (code < 0x80 || (code >= 0x4e00 && code <= 0x9fff)) return character
  if (code >= 0xff01 && code <= 0xff5e) return String.fromCharCode(code - 0xfee0)
  return isInvisible(code) ? '' : character.normalize('NFKC')
}

/** Folds full-width, circled and mathematical forms, and drops what takes no room, so that patterns see what eyes see. */
export function normaliseText(source: string): NormalisedText {
  const parts: string[] = []
  const starts: number[] = []
  const ends: number[] = []
  for (let at = 0; at < source.length;) {
    const code = source.codePointAt(at) ?? 0
    const width = code > 0xffff ? 2 : 1
    const folded = foldCodePoint(code, source.slice(at, at + width))
    // What takes no room belongs to the character before it.
    if (folded === '' && ends.length > 0) ends[ends.length - 1] = at + width
    for (let unit = 0; unit < folded.length; unit += 1) {
      starts.push(at)
      ends.push(at + width)
    }
    parts.push(folded)
    at += width
  }
  return { text: parts.join(''), starts: Int32Array.from(starts), ends: Int32Array.from(ends) }
}
