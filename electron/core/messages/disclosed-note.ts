import type { ContactField } from '../../shared/domain/vocabulary.ts'

/** What stands beside a candidate's message: kinds of contacts, never a value. */
export type DisclosedNote = {
  /** Upgraded, with this message as evidence. */
  readonly told: readonly ContactField[]
  /** Perhaps the candidate's own; a human says so or not. */
  readonly possible: readonly ContactField[]
  /** The platform says that they were told. */
  readonly vouched: readonly ContactField[]
  /** A human said that it is theirs. */
  readonly confirmed: readonly ContactField[]
  /** A human said that it is not. */
  readonly dismissed: readonly ContactField[]
}

const empty: DisclosedNote = { told: [], possible: [], vouched: [], confirmed: [], dismissed: [] }

export const readNote = (json: string | null): DisclosedNote =>
  json === null ? empty : { ...empty, ...(JSON.parse(json) as Partial<DisclosedNote>) }

/** Null where there is nothing to note. */
export const writeNote = (note: DisclosedNote): string | null =>
  Object.values(note).every((fields) => fields.length === 0) ? null : JSON.stringify(note)
