import type { ContactKind, FoundContact, Own } from '../../../shared/text/find-contacts.ts'
import { findContacts } from '../../../shared/text/find-contacts.ts'
import { findInFileName } from '../../../shared/text/find-in-file-name.ts'

/** A stretch of text that may be shown, or a mark of the same reading length. */
export type Segment = string | { readonly masked: ContactKind; readonly text: string }

/** One star for each character; lines stay lines, so that a masked code of many lines keeps its place. */
const marksFor = (text: string): string => text.replace(/[^\r\n]/gu, '*')

function segmentsOf(text: string, contacts: readonly FoundContact[]): Segment[] {
  const segments: Segment[] = []
  let at = 0
  for (const found of contacts) {
    if (found.start > at) segments.push(text.slice(at, found.start))
    segments.push({ masked: found.kind, text: marksFor(found.text) })
    at = found.end
  }
  if (at < text.length) segments.push(text.slice(at))
  return segments
}

const joined = (segments: readonly Segment[]): string =>
  segments.map((segment) => (typeof segment === 'string' ? segment : segment.text)).join('')

/** Free text with every contact (and the person's own words) masked. The marks hold nothing of what they hide but its length. */
export function redact(text: string, own: Own = []): Segment[] {
  return segmentsOf(text, findContacts(text, own))
}

/** `redact` as one string, for places that have no marks: the index, exports, print. */
export function redactToString(text: string, own: Own = []): string {
  return joined(redact(text, own))
}

/** The name of a file with contacts and the person's own words masked; its ending stays. The stars are no name to save under. */
export function redactFileName(name: string, own: Own = []): string {
  return joined(segmentsOf(name, findInFileName(name, own)))
}
