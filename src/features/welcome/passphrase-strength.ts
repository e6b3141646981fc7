export type Strength = 'short' | 'weak' | 'fair' | 'strong'

/** The least that is accepted, in characters. */
export const MIN_PASSPHRASE = 10

/** Bits of a character, by the kinds of characters that occur. Han characters come from a far larger set. */
const kinds: readonly (readonly [RegExp, number])[] = [
  [/[a-z]/, 26],
  [/[A-Z]/, 26],
  [/[0-9]/, 10],
  [/[\u4e00-\u9fff]/, 2500],
  [/[^a-zA-Z0-9\u4e00-\u9fff]/, 30],
]

/**
 * A hint while typing, not a gate beyond the length. A run of one character or of neighbours (aaa, 123) counts as one
 * character, because guessers try those first.
 */
export const passphraseStrength = (passphrase: string): Strength => {
  const characters = [...passphrase]
  if (characters.length < MIN_PASSPHRASE) return 'short'
  const alphabet = kinds.reduce((sum, [kind, size]) => (kind.test(passphrase) ? sum + size : sum), 0)
  const surprising = characters.filter((character, index) => {
    const step = (character.codePointAt(0) ?? 0) - (characters[index - 1]?.codePointAt(0) ?? -9)
    return step < -1 || step > 1
  })
  const bits = Math.min(surprising.length, new Set(characters).size * 1.5) * Math.log2(alphabet)
  if (bits < 45) return 'weak'
  return bits < 65 ? 'fair' : 'strong'
}
