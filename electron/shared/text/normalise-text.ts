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

/** What most resumes are made of and NFKC leaves as it is: ASCII and the common Han characters. */
const isPlain = (code: number): boolean => code < 0x80 || (code >= 0x4e00 && code <= 0x9fff)

function foldCodePoint(code: number, character: string): string {
  if (code >= 0xff01 && code <= 0xff5e) return String.fromCharCode(code - 0xfee0)
  return isInvisible(code) ? '' : character.normalize('NFKC')
}

/** Folds full-width, circled and mathematical forms, and drops what takes no room, so that patterns see what eyes see. */
export function normaliseText(source: string): NormalisedText {
  // One character can fold into eighteen; nearly always it is one, so more room is made when it is needed.
  let starts = new Int32Array(source.length)
  let ends = new Int32Array(source.length)
  let size = 0
  const add = (from: number, to: number): void => {
    if (size === starts.length) {
      const [oldStarts, oldEnds] = [starts, ends]
      starts = new Int32Array(size * 2 + 18)
      ends = new Int32Array(size * 2 + 18)
      starts.set(oldStarts)
      ends.set(oldEnds)
    }
    starts[size] = from
    ends[size] = to
    size += 1
  }
  let text = ''
  let copied = 0
  for (let at = 0; at < source.length;) {
    if (isPlain(source.charCodeAt(at))) {
      add(at, at + 1)
      at += 1
      continue
    }
    const code = source.codePointAt(at) ?? 0
    const width = code > 0xffff ? 2 : 1
    const folded = foldCodePoint(code, source.slice(at, at + width))
    // What takes no room belongs to the character before it.
    if (folded === '' && size > 0) ends[size - 1] = at + width
    for (let unit = 0; unit < folded.length; unit += 1) add(at, at + width)
    text += source.slice(copied, at) + folded
    at += width
    copied = at
  }
  return { text: text + source.slice(copied), starts: starts.subarray(0, size), ends: ends.subarray(0, size) }
}
