import type { Output } from '@shared/ipc/routes/index.ts'

/** Columns beside the first, which says who. */
export const listColumns = ['work', 'source', 'contact', 'score', 'due'] as const
export type ListColumn = (typeof listColumns)[number]

export const usualColumns: readonly ListColumn[] = ['work', 'source', 'contact', 'due']

const widths: Readonly<Record<ListColumn, string>> = {
  work: 'minmax(104px, 1.5fr)',
  source: 'minmax(98px, 1.25fr)',
  contact: 'minmax(100px, 0.7fr)',
  score: '44px',
  due: '78px',
}
/** The grid of head and rows: the mark, who, and the chosen ones. */
export const gridOf = (columns: readonly ListColumn[]): string =>
  ['18px', 'minmax(102px, 0.7fr)', ...columns.map((column) => widths[column])].join(' ')

/** What was kept, as far as this release knows it. */
export const keptColumns = (kept: Output<'system.state'>['screen']['columns']): readonly ListColumn[] => {
  const known = (kept ?? []).filter((column): column is ListColumn =>
    (listColumns as readonly string[]).includes(column),
  )
  return kept === undefined ? usualColumns : [...new Set(known)]
}
