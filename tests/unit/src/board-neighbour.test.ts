import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { neighbour, placeOf, successor, type Way } from '../../../src/features/board/neighbour.ts'

const grid = [['a', 'b', 'c'], [], ['d'], ['e', 'f']]

describe('arrows on the board', () => {
  it('stay at the edges and step over empty columns', () => {
    const steps: readonly (readonly [string, Way, string])[] = [
      ['a', 'up', 'a'],
      ['a', 'down', 'b'],
      ['c', 'right', 'd'],
      ['d', 'left', 'a'],
      ['f', 'left', 'd'],
      ['b', 'last', 'c'],
      ['b', 'first', 'a'],
      ['e', 'right', 'e'],
    ]
    for (const [from, way, to] of steps) expect([from, way, neighbour(grid, from, way)]).toEqual([from, way, to])
    expect(neighbour(grid, undefined, 'down')).toBe('a')
    expect(neighbour([[], []], 'x', 'left')).toBeUndefined()
  })

  it('always lead to a card that is there, and left undoes right between full columns of equal height', () => {
    const ways: readonly Way[] = ['up', 'down', 'left', 'right', 'first', 'last']
    const grids = fc
      .array(fc.nat(4), { minLength: 1, maxLength: 6 })
      .map((sizes) => sizes.map((size, column) => Array.from({ length: size }, (_row, at) => `${column}-${at}`)))
    fc.assert(
      fc.property(grids, fc.constantFrom(...ways), fc.nat(), (made, way, seed) => {
        const ids = made.flat()
        if (ids.length === 0) return
        const from = ids[seed % ids.length]
        expect(placeOf(made, neighbour(made, from, way))).not.toBe(null)
        const [column, row] = placeOf(made, from) ?? [0, 0]
        const without = made.map((one) => one.filter((id) => id !== from))
        expect(placeOf(without, successor(without, column, row)) === null).toBe(ids.length === 1)
      }),
    )
  })
})
