import { normalise } from './search-words.ts'

/** From where to where in the text as it is written. */
export type FoundPlace = readonly [from: number, to: number]

/** Signs that are folded together: letters with their marks, half-width kana with theirs, letters of one Hangul syllable. */
const signs = /[\u1100-\u11ff\u3131-\u318e\uffa0-\uffdc]+|\P{M}[\p{M}\uff9e\uff9f]*|[\p{M}\uff9e\uff9f]+/gu
const stretches = /\s+|\S+/gu
/** Nearly every sign of a resume, which folding leaves as it is. */
const plain = /^[\u4e00-\u9fff0-9a-z \n]$/

type Folded = { readonly flat: string; readonly from: readonly number[]; readonly to: readonly number[] }

const foldPieces = (pieces: readonly string[]): Folded => {
  const from: number[] = []
  const to: number[] = []
  let flat = ''
  let at = 0
  for (const piece of pieces) {
    const normal = plain.test(piece) ? piece : normalise(piece)
    const end = at + piece.length
    for (let i = 0; i < normal.length; i += 1) {
      from.push(at)
      to.push(end)
    }
    flat += normal
    at = end
  }
  return { flat, from, to }
}

/** Folding may change lengths, so it is done piece by piece; by larger pieces where signs changed each other. */
const fold = (text: string, whole: string): Folded => {
  for (const pattern of [signs, stretches]) {
    const folded = foldPieces(text.match(pattern) ?? [])
    if (folded.flat === whole) return folded
  }
  return foldPieces([text])
}

/** Every place of the words (`queryWords`) in a text, the first one first: wherever search finds them, however they are written. */
export const foundPlaces = (text: string, words: readonly string[]): readonly FoundPlace[] => {
  const whole = normalise(text)
  const present = words.filter((word) => word !== '' && whole.includes(word))
  if (present.length === 0) return []
  const { flat, from, to } = fold(text, whole)
  const places: FoundPlace[] = []
  for (const word of present)
    for (let at = flat.indexOf(word); at >= 0; at = flat.indexOf(word, at + 1))
      places.push([from[at] ?? 0, to[at + word.length - 1] ?? text.length])
  return places.sort((a, b) => a[0] - b[0] || b[1] - a[1])
}
