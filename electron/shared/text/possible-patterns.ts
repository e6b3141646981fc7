import { addressMark, isAddressMarkAt, isKeywordAt, keywordLead, keywordSecond } from './contact-keywords.ts'
import { mayStandBetween, patternNames } from './contact-patterns.ts'
import type { PatternName } from './contact-patterns.ts'
import { looseDigitClass, oneClass, threeToNineClass } from './digits.ts'

const isDigit = 1
const isBetween = 2
const isOne = 4
const isThreeToNine = 8
const isLead = 16
const isSecond = 32
const isMark = 64
/** What a unit can be within a number. */
const classes = new Uint8Array(0x10000)
{
  const is = (body: string): RegExp => new RegExp(`[${body}]`, 'iu')
  const [digit, one, threeToNine] = [is(looseDigitClass), is(`${oneClass}li`), is(threeToNineClass)]
  for (let code = 0; code < classes.length; code += 1) {
    const character = String.fromCharCode(code)
    if (digit.test(character))
      classes[code] = isDigit | (one.test(character) ? isOne : 0) | (threeToNine.test(character) ? isThreeToNine : 0)
    // Half of a pair may be half of an emoji between two digits.
    else if ((code >= 0xd800 && code <= 0xdfff) || mayStandBetween.test(character)) classes[code] = isBetween
    if (keywordLead.test(character)) classes[code] = (classes[code] ?? 0) | isLead
    if (addressMark.test(character)) classes[code] = (classes[code] ?? 0) | isMark
    if (keywordSecond.test(character)) classes[code] = (classes[code] ?? 0) | isSecond
  }
}

/** The shortest number that needs no keyword. */
const leastRun = 7
/** At most three characters separate two digits, each of two units. */
const longestGap = 6
/** Units between two digits that words join: two of the longest words with all that may stand around them. */
const longestJoin = 80

type Traits = {
  /** A sign or word that only addresses and links have. */
  readonly net: boolean
  /** A keyword begins somewhere. */
  readonly word: boolean
  /** A run of digits is long enough for a number. */
  readonly run: boolean
  /** The digits of a mobile number are in reach of words that join them. */
  readonly joined: boolean
}

function traitsOf(text: string): Traits {
  let [word, net] = [false, false]
  let [run, longest, last, begun, most, previous] = [0, 0, -longestJoin, 0, 0, 0]
  for (let at = 0; at < text.length; at += 1) {
    const kind = classes[text.charCodeAt(at)] ?? 0
    if (kind === 0) {
      run = 0
      continue
    }
    if ((kind & isLead) !== 0 && !word && ((classes[text.charCodeAt(at + 1)] ?? 0) & isSecond) !== 0)
      word = isKeywordAt(text, at)
    if ((kind & isMark) !== 0 && !net) net = isAddressMarkAt(text, at)
    if ((kind & (isDigit | isBetween)) === 0) run = 0
    if ((kind & isDigit) === 0) continue
    const gap = at - last - 1
    if (gap > longestGap) run = 0
    if (gap > longestJoin) begun = 0
    if (begun > 0) begun += 1
    else if (run > 0 && (previous & isOne) !== 0 && (kind & isThreeToNine) !== 0) begun = 2
    run += 1
    if (run > longest) longest = run
    if (begun > most) most = begun
    previous = kind
    last = at
  }
  return { net, word, run: longest >= leastRun, joined: most >= 11 }
}

const families = {
  net: ['qr', 'link', 'email'],
  words: ['linkNamed', 'idNumberNamed', 'passportNamed', 'qq', 'wechat', 'accountNamed', 'landlineNamed'],
  digits: ['idNumber', 'mobile', 'landline'],
  split: ['mobileSplit', 'mobileGrouped'],
} as const satisfies Readonly<Record<string, readonly PatternName[]>>

const subsets = new Map<number, readonly PatternName[]>()

/**
 * The patterns that can match in a normalised text at all: each test is a condition that every match meets. By families,
 * so that there are no more than sixteen patterns to keep.
 */
export function possiblePatterns(text: string): readonly PatternName[] {
  const { net, word, run, joined } = traitsOf(text)
  const mask = (net ? 1 : 0) | (word ? 2 : 0) | (run ? 4 : 0) | (joined ? 8 : 0)
  const known = subsets.get(mask)
  if (known !== undefined) return known
  const wanted = Object.values(families).flatMap((family, index) => ((mask >> index) & 1 ? [...family] : []))
  const subset = patternNames.filter((name) => (wanted as PatternName[]).includes(name))
  subsets.set(mask, subset)
  return subset
}
