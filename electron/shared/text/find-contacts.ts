import { contactSpans } from './contact-spans.ts'
import { findDrawnCodes } from './find-drawn-codes.ts'
import { findLiteralWords, findOwnNames } from './find-own-names.ts'
import type { OwnWords } from './find-own-names.ts'
import { normaliseText } from './normalise-text.ts'

export type ContactKind = 'phone' | 'landline' | 'email' | 'wechat' | 'qq' | 'id_number' | 'link' | 'qr' | 'name'

/** Offsets are UTF-16 indices into the text as given. */
export type FoundContact = {
  readonly start: number
  readonly end: number
  readonly kind: ContactKind
  readonly text: string
}

/** Names alone, or names and words that are looked for as they are written. */
export type Own = readonly string[] | OwnWords

/**
 * All contacts in a text, in order, without overlaps: one pass over the text under NFKC, offsets of the text as given.
 * `own`: the person's own words, found too. Order numbers, dates, salaries and versions stay (X5).
 */
export function findContacts(text: string, own: Own = []): FoundContact[] {
  const { names, literal } = 'names' in own ? own : { names: own, literal: [] }
  const { text: folded, startOf, endOf } = normaliseText(text)
  const spans = [
    ...findDrawnCodes(folded).map((span) => ({ ...span, kind: 'qr' as const })),
    ...contactSpans(folded),
    ...findOwnNames(folded, names).map((span) => ({ ...span, kind: 'name' as const })),
    ...findLiteralWords(folded, literal).map((span) => ({ ...span, kind: 'name' as const })),
  ]
  return mergeSpans(
    text,
    spans.map(({ start, end, kind }) => ({ start: startOf(start), end: endOf(end - 1), kind })),
  )
}

type Span<K> = { readonly start: number; readonly end: number; readonly kind: K }

/** In order and without overlaps: what hangs over belongs to one mark, for half a name or number must not stay. */
export function mergeSpans<K>(text: string, spans: ReadonlyArray<Span<K>>): Array<Span<K> & { readonly text: string }> {
  const found: Array<Span<K> & { readonly text: string }> = []
  for (const { start, end, kind } of spans.toSorted((a, b) => a.start - b.start || b.end - a.end)) {
    const last = found.at(-1)
    if (last === undefined || start >= last.end) found.push({ start, end, kind, text: text.slice(start, end) })
    else if (end > last.end) found[found.length - 1] = { ...last, end, text: text.slice(last.start, end) }
  }
  return found
}
