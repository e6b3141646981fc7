/** A text under NFKC with the way back: unit `i` of `text` came from `source.slice(startOf(i), endOf(i))`. */
export type NormalisedText = {
  readonly text: string
  readonly startOf: (unit: number) => number
  readonly endOf: (unit: number) => number
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

/** Digits that NFKC leaves as they are: of other scripts, and in the circles of dingbats (`❶`, `➀`, `➊`, `⓵`, `⓿`). */
function foldDigit(code: number, character: string): string {
  for (const one of [0x24f5, 0x2776, 0x2780, 0x278a]) if (code >= one && code < one + 10) return String(code - one + 1)
  if (code === 0x24ff) return '0'
  // A circle stands for zero among Chinese numerals.
  if (code === 0x25cb || code === 0x25ef || code === 0x2b55) return '〇'
  if (code < 0x80 || !/\p{Nd}/u.test(character)) return character
  // Decimal digits stand in blocks of ten, so the zero of the block is where going down ends.
  let value = 0
  while (value < 9 && /\p{Nd}/u.test(String.fromCodePoint(code - value - 1))) value += 1
  return String(value)
}

function fold(code: number, character: string): string {
  if (isInvisible(code)) return ''
  const folded = character.normalize('NFKC')
  // Mathematical digits, whose blocks adjoin, are plain ones by now.
  return folded === character ? foldDigit(code, character) : folded
}

const unknown = 0
const notOne = 0xffff
/** What each unit folds to where that is one unit again; filled as characters are met. */
const folds = new Uint16Array(0x10000)

function lookUp(code: number): number {
  const surrogate = code >= 0xd800 && code <= 0xdfff
  const folded = surrogate || code === 0 ? '' : fold(code, String.fromCharCode(code))
  const one = folded.length === 1 ? folded.charCodeAt(0) : notOne
  folds[code] = one
  return one
}

const same = (unit: number): number => unit
const after = (unit: number): number => unit + 1

/** The forms that Chinese text is full of. In one go, because a text put together piece by piece is slow to read. */
const wide = /[\u3000\uff01-\uff5e]/g
const isWide = (code: number): boolean => code === 0x3000 || (code >= 0xff01 && code <= 0xff5e)
const narrow = (character: string): string => String.fromCharCode(folds[character.charCodeAt(0)] ?? 0x20)

/** Folds full-width, circled and mathematical forms, and drops what takes no room, so that patterns see what eyes see. */
export function normaliseText(source: string): NormalisedText {
  let changed = false
  for (let at = 0; at < source.length; at += 1) {
    const code = source.charCodeAt(at)
    // Most of every text, and the same under NFKC.
    if (code < 0x80 || (code >= 0x4e00 && code <= 0x9fff)) continue
    let folded = folds[code] ?? notOne
    if (folded === unknown) folded = lookUp(code)
    if (folded === code) continue
    if (!isWide(code)) return normaliseUnevenly(source)
    changed = true
  }
  return { text: changed ? source.replace(wide, narrow) : source, startOf: same, endOf: after }
}

/** The same where other characters change, or become none or several, which few texts have. */
function normaliseUnevenly(source: string): NormalisedText {
  const starts: number[] = []
  const ends: number[] = []
  let text = ''
  let at = 0
  for (const character of source) {
    const end = at + character.length
    const folded = fold(character.codePointAt(0) ?? 0, character)
    // What takes no room belongs to the character before it.
    if (folded === '' && ends.length > 0) ends[ends.length - 1] = end
    for (let unit = 0; unit < folded.length; unit += 1) {
      starts.push(at)
      ends.push(end)
    }
    text += folded
    at = end
  }
  return { text, startOf: (unit) => starts[unit] ?? 0, endOf: (unit) => ends[unit] ?? source.length }
}
