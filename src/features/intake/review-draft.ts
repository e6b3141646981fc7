import type { CorrectionDraft, IntakeReview, ListField } from '@shared/domain/intake-review.ts'

/** What was typed over, and nothing else: the window does not hold what it may not show. */
export type ReviewDraft = {
  /** By field; an empty text takes the value away. */
  readonly values: Readonly<Record<string, string>>
  readonly entries: Readonly<Record<string, Readonly<Record<string, string>> | null>>
}

export const emptyDraft: ReviewDraft = { values: {}, entries: {} }

export const entryKey = (field: ListField, index: number): string => `${field}/${index}`

/** Fields of a review, the least certain first; what was found nowhere comes after what was, what was corrected last. */
export const byCertainty = (fields: IntakeReview['fields']): IntakeReview['fields'] =>
  fields.toSorted((a, b) => {
    const rank = (field: IntakeReview['fields'][number]): number =>
      field.corrected ? 3 : field.confidence === undefined ? 2 : field.confidence
    return rank(a) - rank(b)
  })

type Entry = Readonly<Record<string, string>>

/** Changed entries first, then new ones behind the last, then those taken away from the last on: so every number stays true. */
const entryChanges = (
  { field, entries: known }: IntakeReview['lists'][number],
  draft: ReviewDraft,
): CorrectionDraft[] => {
  const own = Object.entries(draft.entries)
    .filter(([key]) => key.startsWith(`${field}/`))
    .map(([key, values]) => ({ index: Number(key.slice(field.length + 1)), values }))
    .toSorted((a, b) => a.index - b.index)
  const touched = (index: number, values: Entry): Entry =>
    Object.fromEntries(Object.entries(values).filter(([name, text]) => text !== (known[index]?.[name] ?? '')))
  const set = own.flatMap(({ index, values }) => {
    const changed = values === null ? {} : touched(index, values)
    return Object.keys(changed).length === 0 ? [] : [{ index, values: changed }]
  })
  const added = set.filter(({ index }) => index >= known.length)
  const gone = own.filter(({ index, values }) => values === null && index < known.length).toReversed()
  return [
    ...set.filter(({ index }) => index < known.length),
    ...added.map(({ values }, at) => ({ index: known.length + at, values })),
    ...gone,
  ].map(({ index, values }) => ({
    kind: 'entry' as const,
    field,
    index,
    values: values === null ? null : { ...values },
  }))
}

/** The changes that a draft makes to what is shown. */
export const changesOf = (review: IntakeReview, draft: ReviewDraft): CorrectionDraft[] => [
  ...review.fields.flatMap(({ field, value, whole }): CorrectionDraft[] => {
    const typed = draft.values[field]?.trim()
    if (typed === undefined || (whole && typed === (value ?? ''))) return []
    // An empty field whose value was never shown was not touched.
    if (!whole && typed === '') return []
    return [{ kind: 'value', field, value: typed === '' ? null : typed }]
  }),
  ...review.lists.flatMap((list) => entryChanges(list, draft)),
]
