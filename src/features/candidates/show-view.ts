import type { Output } from '@shared/ipc/routes/index.ts'
import type { useScreen } from '../../stores/screen.ts'
import { keptColumns, listColumns } from './list-columns.ts'

export type View = Output<'view.list'>['items'][number]

/** Puts the list in the order of a saved view. Columns that this release does not know are left out; none keeps those in sight. */
export const showView = (screen: ReturnType<typeof useScreen>, { filter, sort, columns }: View['definition']): void => {
  screen.filter = { ...filter }
  screen.sort = sort
  const known = listColumns.filter((column) => columns.includes(column))
  if (known.length > 0) screen.columns = keptColumns(known.sort((a, b) => columns.indexOf(a) - columns.indexOf(b)))
}
