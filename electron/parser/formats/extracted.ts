import type { ParseWarning } from '../../shared/domain/intake.ts'

/** What a format gives: text in reading order, lines by `\n`, cells of one row by `\t`. */
export type Extracted = { readonly text: string; readonly warnings: readonly ParseWarning[] }
