/** Columns as the keyboard sees them: the ids of their cards, in order. */
export type Grid = readonly (readonly string[])[]

export type Way = 'up' | 'down' | 'left' | 'right' | 'first' | 'last'

/** Column and row of a card, or null when it is on the board no more. */
export const placeOf = (grid: Grid, id: string | undefined): readonly [column: number, row: number] | null => {
  for (const [column, ids] of grid.entries()) {
    const row = id === undefined ? -1 : ids.indexOf(id)
    if (row >= 0) return [column, row]
  }
  return null
}

/** The nearest column with cards in it on that side, and there the card at the same height or the last. */
const sideways = (grid: Grid, column: number, row: number, by: -1 | 1): string | undefined => {
  for (let at = column + by; at >= 0 && at < grid.length; at += by) {
    const ids = grid[at] ?? []
    if (ids.length > 0) return ids[Math.min(row, ids.length - 1)]
  }
  return undefined
}

const firstCard = (grid: Grid): string | undefined => grid.find((ids) => ids.length > 0)?.[0]

/** Where an arrow leads from a card; the card itself at an edge, the first one where there is none. */
export const neighbour = (grid: Grid, id: string | undefined, way: Way): string | undefined => {
  const place = placeOf(grid, id)
  if (place === null) return firstCard(grid)
  const [column, row] = place
  const ids = grid[column] ?? []
  switch (way) {
    case 'up':
      return ids[row - 1] ?? id
    case 'down':
      return ids[row + 1] ?? id
    case 'first':
      return ids[0]
    case 'last':
      return ids.at(-1)
    case 'left':
      return sideways(grid, column, row, -1) ?? id
    case 'right':
      return sideways(grid, column, row, 1) ?? id
  }
}

/** The card that takes the focus when one has left its place: the next one, the one before, or any. */
export const successor = (grid: Grid, column: number, row: number): string | undefined => {
  const ids = grid[column] ?? []
  return ids[row] ?? ids.at(-1) ?? sideways(grid, column, row, 1) ?? sideways(grid, column, row, -1)
}
