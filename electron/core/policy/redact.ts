import type { ContactKind } from '../../shared/text/find-contacts.ts'
import { findContacts } from '../../shared/text/find-contacts.ts'

/** A stretch of text that may be shown, or a mark of the same reading length. */
export type Segment = string | { readonly masked: ContactKind; readonly text: string }

/** Free text with every contact (and the given names) masked. The marks hold nothing of what they hide but its length. */
export function redact(text: string, names: readonly string[] = []): Segment[] {
  const segments: Segment[] = []
  let at = 0
  for (const found of findContacts(text, names)) {
    if (found.start > at) segments.push(text.slice(at, found.start))
    segments.push({ masked: found.kind, text: '*'.repeat([...found.text].length) })
    at = found.end
  }
  if (at < text.length) segments.push(text.slice(at))
  return segments
}

/** `redact` as one string, for places that have no marks: the index, exports, print. */
export function redactToString(text: string, names: readonly string[] = []): string {
  return redact(text, names)
    .map((segment) => (typeof segment === 'string' ? segment : segment.text))
    .join('')
}
