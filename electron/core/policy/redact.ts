import type { ContactKind } from '../../shared/text/find-contacts.ts'

/** A stretch of text that may be shown, or a mark of the same reading length. */
export type Segment = string | { readonly masked: ContactKind; readonly text: string }

/** Free text with every contact (and the given names) masked. */
export declare function redact(text: string, names?: readonly string[]): Segment[]
export declare function redactToString(text: string, names?: readonly string[]): string
