import { describe, expect, test } from 'vitest'
import { slotsFor } from '../../../../src/components/recycled-rows.ts'

const shown = (top: number, count: number) => slotsFor(top, 520, 52, count)

describe('recycled rows', () => {
  test('cover what is seen, wherever the list stands', () => {
    for (const top of [0, 13, 52, 5_200, 260_000, 100_000 * 52 - 520]) {
      const indexes = new Set(shown(top, 100_000).map((slot) => slot.index))
      for (let row = Math.floor(top / 52); row * 52 < top + 520; row++)
        expect([top, row, indexes.has(row)]).toEqual([top, row, true])
    }
  })
  test('keep the number of elements, and each row its element while it scrolls by', () => {
    const before = shown(1_000, 100_000)
    const after = shown(1_052, 100_000)
    expect(after).toHaveLength(before.length)
    const moved = after.filter((slot, i) => slot.index !== before[i]?.index)
    expect(moved).toHaveLength(1)
  })
  test('show no row twice and none that is not there', () => {
    const indexes = shown(0, 5)
      .map((slot) => slot.index)
      .filter((index) => index >= 0)
    expect(indexes.toSorted((a, b) => a - b)).toEqual([0, 1, 2, 3, 4])
    expect(shown(0, 0).every((slot) => slot.index === -1)).toBe(true)
  })
})
