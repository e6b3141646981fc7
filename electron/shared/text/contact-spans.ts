import type { ContactKind } from './find-contacts.ts'
import type { PatternName } from './contact-patterns.ts'
import { contactPattern, patternNames } from './contact-patterns.ts'
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
const address = new RegExp(contactPattern(['email']).source, 'iuy')

/**
 * An address that begins where another contact ends, as in `QQ12345678.zhang@163.com`: in the text as a whole it would begin
 * in the middle of a run, where none is looked for.
 */
function addressAt(text: string, at: number): ContactSpan | undefined {
  if (!/[._%+-]/.test(text.charAt(at))) return undefined
  address.lastIndex = 0
  const match = address.exec(text.slice(at, at + longestAddress))
  if (match === null) return undefined
  const [before] = trimmed('email', match[0])
  return { start: at + before, end: at + match[0].length, kind: 'email' }
}

/**
 * Everything in a normalised text that one of the patterns takes for a contact, in order.
 * @param wanted - fewer patterns find the same where the others cannot match
 */
export function contactSpans(text: string, wanted: readonly PatternName[] = possiblePatterns(text)): ContactSpan[] {
  if (wanted.length === 0) return []
  const spans: ContactSpan[] = []
  const pattern = contactPattern(wanted)
  for (let match = pattern.exec(text); match !== null; match = pattern.exec(text)) {
    const groups = match.groups ?? {}
    const name = patternNames.find((candidate) => groups[candidate] !== undefined)
    const whole = match[0]
    const end = match.index + whole.length
    if (name === undefined || !isPlausible(name, whole, groups, text.slice(end, end + 8))) {
      // Something shorter may begin inside what was refused.
      pattern.lastIndex = match.index + 1
      continue
    }
    const value = groups[`${name.replace('Named', '')}Value`] ?? whole
    let goOn = end
    const [before, after] = trimmed(name, value)
    spans.push({ start: end - value.length + before, end: end - after, kind: kinds[name] })
    for (let next = addressAt(text, end); next !== undefined; next = addressAt(text, next.end)) {
      spans.push(next)
      goOn = next.end
    }
    pattern.lastIndex = goOn
  }
  return spans
}
