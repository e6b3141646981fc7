import type { Channel, FieldName } from '@shared/domain/vocabulary.ts'
import type { CellView, MatrixRow } from '@shared/domain/policy-views.ts'
import { unstated } from './rule-words.ts'

export type CellFilter = 'all' | 'default' | 'enterprise'
export type Place = { readonly field: FieldName; readonly channel: Channel }

export const cellAt = (row: MatrixRow, channel: Channel): CellView => row.cells[channel] ?? unstated

/** Whether a cell, or what it falls back to, has the source that is looked for. */
export const fits = (cell: CellView, filter: CellFilter): boolean =>
  filter === 'all' || cell.source === filter || (cell.otherwise !== undefined && fits(cell.otherwise, filter))

/** The rows that hold at least one cell that fits. */
export const rowsFor = (
  rows: readonly MatrixRow[],
  channels: readonly Channel[],
  filter: CellFilter,
): readonly MatrixRow[] => rows.filter((row) => channels.some((channel) => fits(cellAt(row, channel), filter)))

/** Where a key leads from a cell (row and column counted from 0); undefined for a key that does not move. */
export const moveTo = (
  key: string,
  at: { readonly row: number; readonly column: number },
  size: { readonly rows: number; readonly columns: number },
): { row: number; column: number } | undefined => {
  const row = (to: number) => ({ row: Math.max(0, Math.min(size.rows - 1, to)), column: at.column })
  const column = (to: number) => ({ row: at.row, column: Math.max(0, Math.min(size.columns - 1, to)) })
  switch (key) {
    case 'ArrowDown':
      return row(at.row + 1)
    case 'ArrowUp':
      return row(at.row - 1)
    case 'ArrowRight':
      return column(at.column + 1)
    case 'ArrowLeft':
      return column(at.column - 1)
    case 'Home':
      return column(0)
    case 'End':
      return column(size.columns - 1)
    case 'PageDown':
      return row(size.rows - 1)
    case 'PageUp':
      return row(0)
    default:
      return undefined
  }
}
