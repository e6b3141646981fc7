/** How people write the digits 0 to 9 besides `0`…`9`: Chinese numerals, formal and radio forms. */
const forms: readonly string[] = [
  '零〇洞',
  '一幺壹',
  '二贰貳两',
  '三叁參叄',
  '四肆',
  '五伍',
  '六陆陸',
  '七柒拐',
  '八捌',
  '九玖勾',
]
/** Letters that stand in for a digit between real ones. */
const standIns: Readonly<Record<string, string>> = { o: '0', l: '1', i: '1' }

const values = new Map<string, string>()
for (const [digit, characters] of forms.entries()) {
  values.set(String(digit), String(digit))
  for (const character of characters) values.set(character, String(digit))
}

const written = (from: number, to: number): string => forms.slice(from, to + 1).join('')

/** Bodies of character classes, for patterns with the flag `i`. */
export const digitClass = `0-9${written(0, 9)}`
export const looseDigitClass = `${digitClass}oli`
export const oneClass = `1${written(1, 1)}`
export const threeToNineClass = `3-9${written(3, 9)}`
export const zeroClass = `0${written(0, 0)}`
export const hanDigitClass = written(0, 9)

const valueOf = (character: string): string | undefined => values.get(character) ?? standIns[character.toLowerCase()]

/** Groups of digits of a match, numerals and stand-ins read as digits: `一38-0O13` → `['138', '0013']`. */
export function digitGroups(raw: string): string[] {
  let out = ''
  for (const character of raw) out += valueOf(character) ?? ' '
  return out.split(/ +/).filter((group) => group !== '')
}

/** The text with Chinese numerals as digits and everything else as it is. */
export function withPlainDigits(raw: string): string {
  let out = ''
  for (const character of raw) out += values.get(character) ?? character
  return out
}

/** How many characters are digits, stand-ins not counted. */
export function countDigits(raw: string): number {
  let count = 0
  for (const character of raw) if (values.has(character)) count += 1
  return count
}
