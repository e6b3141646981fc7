import type { ContactKind } from './find-contacts.ts'
import type { PatternName } from './contact-patterns.ts'
import { contactPattern } from './contact-patterns.ts'
import { isPlausible } from './is-plausible.ts'
import { possiblePatterns } from './possible-patterns.ts'

const kinds: Readonly<Record<PatternName, ContactKind>> = {
  qr: 'qr',
  link: 'link',
  linkNamed: 'link',
  email: 'email',
  idNumber: 'id_number',
  idNumberNamed: 'id_number',
  passportNamed: 'id_number',
  qq: 'qq',
  wechat: 'wechat',
  accountNamed: 'link',
  mobile: 'phone',
  mobileSplit: 'phone',
  mobileGrouped: 'phone',
  landline: 'landline',
  landlineNamed: 'landline',
}

/** Offsets are those of the text that was searched. */
export type ContactSpan = { readonly start: number; readonly end: number; readonly kind: ContactKind }

/** What belongs to the sentence and not to the contact. */
function trimmed(name: PatternName, value: string): readonly [before: number, after: number] {
  if (name === 'link' || name === 'qr') return [0, value.length - value.replace(/[.,;:!?'*]+$/u, '').length]
  return name === 'email' ? [value.length - value.replace(/^[.%+-]+/u, '').length, 0] : [0, 0]
}

const longestAddress = 400

/**
 * An address that begins where another contact ends, as in `QQ12345678.zhang@163.com`: in the text as a whole it would begin
 * in the middle of a run, where none is looked for.
 */
function addressAt(text: string, at: number): ContactSpan | undefined {
  if (!/[._%+-]/.test(text.charAt(at))) return undefined
  const match = contactPattern(['email'], 'y').exec(text.slice(at, at + longestAddress))
  if (match === null) return undefined
  const [before] = trimmed('email', match[0])
  return { start: at + before, end: at + match[0].length, kind: 'email' }
}

type Match = { readonly name: PatternName; readonly match: RegExpExecArray }

/** The first match from `at` on that is plausible; what is refused may still be something else, or hold something shorter. */
function nextMatch(text: string, at: number, wanted: readonly PatternName[]): Match | undefined {
  const pattern = contactPattern(wanted)
  pattern.lastIndex = at
  for (let first = pattern.exec(text); first !== null; first = pattern.exec(text)) {
    let match: RegExpExecArray | null = first
    let left = wanted
    while (match !== null) {
      const groups: Readonly<Record<string, string | undefined>> = match.groups ?? {}
      const name = left.find((candidate) => groups[candidate] !== undefined)
      if (name === undefined) break
      const end = match.index + match[0].length
      if (isPlausible(name, match[0], groups, text.slice(end, end + 8))) return { name, match }
      // Those before this one do not match here.
      left = left.slice(left.indexOf(name) + 1)
      if (left.length === 0) break
      const rest = contactPattern(left, 'y')
      rest.lastIndex = match.index
      match = rest.exec(text)
    }
    pattern.lastIndex = first.index + 1
  }
  return undefined
}

/**
 * Everything in a normalised text that one of the patterns takes for a contact, in order.
 * @param wanted - fewer patterns find the same where the others cannot match
 */
export function contactSpans(text: string, wanted: readonly PatternName[] = possiblePatterns(text)): ContactSpan[] {
  if (wanted.length === 0) return []
  const spans: ContactSpan[] = []
  let at = 0
  for (let next = nextMatch(text, at, wanted); next !== undefined; next = nextMatch(text, at, wanted)) {
    const { name, match } = next
    at = match.index + match[0].length
    const value = match.groups?.[`${name.replace('Named', '')}Value`] ?? match[0]
    const [before, after] = trimmed(name, value)
    spans.push({ start: at - value.length + before, end: at - after, kind: kinds[name] })
    for (let address = addressAt(text, at); address !== undefined; address = addressAt(text, at)) {
      spans.push(address)
      at = address.end
    }
  }
  return spans
}
