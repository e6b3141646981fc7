export type Slot = {
  /** Stays with its DOM element. */
  readonly key: number
  /** The row that it shows now, or -1. */
  readonly index: number
}

/** Rows kept ready above and below what is seen. */
const SPARE = 6

/** Which row each of the recycled elements shows: row `i` always sits in element `i % elements`. Lengths in pixels. */
export const slotsFor = (top: number, height: number, rowHeight: number, count: number): readonly Slot[] => {
  const elements = Math.ceil(height / rowHeight) + 2 * SPARE
  const first = Math.max(0, Math.min(Math.floor(top / rowHeight) - SPARE, count - elements))
  return Array.from({ length: elements }, (_, key) => {
    const index = first + ((((key - first) % elements) + elements) % elements)
    return { key, index: index < count ? index : -1 }
  })
}
