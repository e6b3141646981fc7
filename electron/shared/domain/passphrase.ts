/** Why a passphrase is refused (ZP-101). */
export type PassphraseWeakness = 'too_short' | 'repeated' | 'common'

/** Characters (code points), not bytes. */
export const passphraseMinimum = 10

/** The same text typed on another keyboard must give the same key, so every comparison and derivation starts here. */
export const normalisePassphrase = (text: string): string => text.normalize('NFKC')

/** The commonest ones that are long enough to pass the length rule; compared in lower case, without spaces. */
const common: ReadonlySet<string> = new Set([
  '0123456789',
  '1234567890',
  '0987654321',
  '9876543210',
  '1234554321',
  '12345678910',
  '123456789a',
  'a123456789',
  '1qaz2wsx3edc',
  'qwertyuiop',
  'asdfghjkl;',
  'qwerty12345',
  'qwerty123456',
  'abcdefghij',
  'abcd123456',
  'abc1234567',
  'password12',
  'password123',
  'password1234',
  'passw0rd123',
  'p@ssw0rd123',
  'administrator',
  'admin12345',
  'admin123456',
  'iloveyou123',
  'woaini1314',
  'woaini520520',
  'woaini1314520',
  '5201314520',
  'letmein1234',
  'welcome123',
  'changeme123',
  'candor1234',
  'recruiter1',
  'zhaopin123',
])

/** True when the text is nothing but a unit of one to three characters said over and over (`aaaa…`, `1212…`, `abcabca`). */
const repeats = (text: string): boolean => {
  const characters = [...text]
  return [1, 2, 3].some((unit) => characters.every((character, index) => character === characters[index % unit]))
}

/**
 * Says what is wrong with a new passphrase, or null when it may be used. Only for new ones: unlocking never asks.
 * Source: ZP-101 (a minimum strength for the vault passphrase).
 */
export const passphraseWeakness = (text: string): PassphraseWeakness | null => {
  const normal = normalisePassphrase(text).trim()
  if ([...normal].length < passphraseMinimum) return 'too_short'
  const folded = normal.toLowerCase().replace(/\s+/gu, '')
  if (repeats(folded)) return 'repeated'
  return common.has(folded) ? 'common' : null
}
