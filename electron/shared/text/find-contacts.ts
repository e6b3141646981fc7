import type { PatternName } from './contact-patterns.ts'
import { contactPattern, isPlausible } from './contact-patterns.ts'
import { normaliseText } from './normalise-text.ts'

export type ContactKind = 'phone' | 'landline' | 'email' | 'wechat' | 'qq' | 'id_number' | 'link' | 'name'

/** Offsets are UTF-16 indices into the text as given. */
export type FoundContact = {
  readonly start: number
  readonly end: number
  readonly kind: ContactKind
  readonly text: string
}

const kinds: Readonly<Record<PatternName, ContactKind>> = {
  link: 'link',
  email: 'email',
  idNumber: 'id_number',
  idNumberNamed: 'id_number',
  qq: 'qq',
  wechat: 'wechat',
  accountNamed: 'link',
  mobile: 'phone',
  mobileSplit: 'phone',
  landline: 'landline',
  landlineNamed: 'landline',
}
const names = Object.keys(kinds) as PatternName[]

type Span = { readonly start: number; readonly end: number; readonly kind: ContactKind }

function contactSpans(text: string): Span[] {
  const spans: Span[] = []
  const pattern = contactPattern()
  for (let match = pattern.exec(text); match !== null; match = pattern.exec(text)) {
    const groups = match.groups ?? {}
    const name = names.find((candidate) => groups[candidate] !== undefined)
    const whole = match[0]
    const end = match.index + whole.length
    if (name === undefined || !isPlausible(name, whole, groups, text.slice(end, end + 8))) {
      // Something shorter may begin inside what was refused.
      pattern.lastIndex = match.index + 1
      continue
    }
    const value = groups[`${name.replace('Named', '')}Value`] ?? whole
    const trimmed = name === 'link' ? value.replace(/[.,;:!?'*]+$/u, '') : value
    spans.push({ start: end - value.length, end: end - value.length + trimmed.length, kind: kinds[name] })
  }
  return spans
}

/** Not the hyphen: outside of a class it means itself, and with the flag `u` its escape is an error. */
const escaped = (text: string): string => text.replace(/[\\^$.*+?()[\]{}|/]/gu, '\\$&')

/**
 * Whether the text can hold this name at all. Most texts do not, and making a pattern costs more than reading one. Only
 * where lower case is all that the pattern's own folding does; anything else is left to the pattern.
 */
function mayHold(lowered: string, name: string): boolean {
  const head = /\p{Script=Han}/u.test(name) ? String.fromCodePoint(name.codePointAt(0) ?? 0) : name.split(/\s/u, 1)[0]
  return head === undefined || !/^(?:[!-~]+|\p{Script=Han})$/u.test(head) || lowered.includes(head.toLowerCase())
}

/** A person's own names: Han characters also with blanks between them, Latin ones as whole words. */
function nameSpans(text: string, own: readonly string[]): Span[] {
  if (own.length === 0) return []
  const lowered = text.toLowerCase()
  const sources = own
    .map((name) => normaliseText(name).text.trim())
    .filter((name) => [...name].length >= 2 && mayHold(lowered, name))
    .sort((a, b) => b.length - a.length)
    .map((name) =>
      /\p{Script=Han}/u.test(name)
        ? [...name.replace(/\s+/gu, '')].map(escaped).join('[\\s·•]{0,2}')
        : `(?<![\\p{Script=Latin}])${name.split(/\s+/u).map(escaped).join('[\\s.,·-]{0,3}')}(?![\\p{Script=Latin}])`,
    )
  if (sources.length === 0) return []
  const pattern = new RegExp(sources.join('|'), 'giu')
  return [...text.matchAll(pattern)].map((match) => ({
    start: match.index,
    end: match.index + match[0].length,
    kind: 'name',
  }))
}

/**
 * All contacts in a text, in order, without overlaps: one pass over the text under NFKC, offsets of the text as given.
 * `own`: the person's own names, found too. Order numbers, dates, salaries and versions stay (X5).
 */
export function findContacts(text: string, own: readonly string[] = []): FoundContact[] {
  const { text: folded, starts, ends } = normaliseText(text)
  const spans = [...contactSpans(folded), ...nameSpans(folded, own)].sort((a, b) => a.start - b.start || b.end - a.end)
  const found: FoundContact[] = []
  for (const span of spans) {
    const start = starts[span.start] ?? 0
    const end = ends[span.end - 1] ?? text.length
    const last = found.at(-1)
    if (last && start < last.end) {
      // What hangs over belongs to one mark: half a name or number must not stay.
      if (end > last.end) found[found.length - 1] = { ...last, end, text: text.slice(last.start, end) }
      continue
    }
    found.push({ start, end, kind: span.kind, text: text.slice(start, end) })
  }
  return found
}
