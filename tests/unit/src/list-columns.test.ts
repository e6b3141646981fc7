import { describe, expect, it } from 'vitest'
import { gridOf, keptColumns, listColumns, usualColumns } from '../../../src/features/candidates/list-columns.ts'

describe('columns of the list', () => {
  it('are the usual ones until somebody chose', () => {
    expect(keptColumns(undefined)).toEqual(usualColumns)
    expect(keptColumns([])).toEqual([])
  })
  it('keep their order, once each, and forget what is no column any more', () => {
    expect(keptColumns(['due', 'work', 'due', 'gone' as 'due'])).toEqual(['due', 'work'])
  })
  it('have one track each, beside the mark and who it is', () => {
    const tracks = (grid: string): number => grid.replaceAll(/\([^)]*\)/g, '').split(' ').length
    for (let n = 0; n <= listColumns.length; n += 1) expect(tracks(gridOf(listColumns.slice(0, n)))).toBe(n + 2)
  })
})
