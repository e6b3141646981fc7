import type { ShownPage } from '@shared/domain/page-model.ts'

/** A place where searched words stand: the page and the run by number. */
export type FoundPlace = { readonly page: number; readonly run: number }

/** Runs of loaded pages that hold the words, in reading order. What is covered is not there to be found. */
export const findInPages = (pages: ReadonlyMap<number, ShownPage>, words: string): FoundPlace[] => {
  const wanted = words.trim().toLowerCase()
  if (wanted === '') return []
  return [...pages]
    .toSorted(([a], [b]) => a - b)
    .flatMap(([page, { runs }]) =>
      runs.flatMap(({ text }, run) => (text.toLowerCase().includes(wanted) ? [{ page, run }] : [])),
    )
}
