import type { CnResume, Resume } from '../../shared/domain/resume.ts'
import type { ParsedField, ParsedSpan } from '../../shared/domain/intake.ts'
import type { Labelled } from './labelled.ts'
import type { Section } from './sections.ts'
import type { Cell, Line } from './source.ts'

/** What all readers of fields look at. */
export type Source = {
  /** As it will be stored. */
  readonly text: string
  readonly lines: readonly Line[]
  readonly sections: readonly Section[]
  /** Labelled values outside of work, projects and education. */
  readonly labelled: readonly Labelled[]
  /** File name without its extension; a hint, never a proof. */
  readonly nameHint: string
  readonly now: number
}

export type Basics = Resume['basics']
export type Work = Resume['work'][number]
export type Education = Resume['education'][number]
export type Project = Resume['projects'][number]

/** Collects fields; what is found first with the higher confidence stays. */
export type Draft = {
  readonly basics: { -readonly [K in keyof Basics]: Basics[K] }
  readonly cn: { -readonly [K in keyof CnResume]: CnResume[K] }
  readonly confidence: Partial<Record<ParsedField, number>>
  readonly spans: ParsedSpan[]
  statedAge?: number
}

export const newDraft = (): Draft => ({ basics: {}, cn: {}, confidence: {}, spans: [] })

/** Notes where a field was read and how sure that is. */
export const note = (
  draft: Draft,
  field: ParsedField,
  confidence: number,
  cell?: Pick<Cell, 'start' | 'end'>,
): void => {
  draft.confidence[field] = Math.max(draft.confidence[field] ?? 0, confidence)
  if (cell && cell.end > cell.start) draft.spans.push({ field, start: cell.start, end: cell.end })
}

/** Degrees of belief; measured on the labelled set, not more than an order. */
export const belief = { labelled: 0.97, shaped: 0.9, placed: 0.75, guessed: 0.5, hinted: 0.35 } as const
