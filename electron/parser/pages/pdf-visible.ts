import type { PageRun } from '../../shared/domain/page-model.ts'

/** Text where it was painted, and whether its colour is that of paper. */
export type Placed = { readonly run: PageRun; readonly light: boolean }

/** A surface; `at` is how many texts were painted before it. */
export type Painted = {
  readonly at: number
  readonly x: number
  readonly y: number
  readonly w: number
  readonly h: number
  readonly light: boolean
  /** Opaque, and of the very shape of its box. */
  readonly covers: boolean
}

const lies = ({ x, y, w, size }: PageRun, within: Painted): boolean =>
  x >= within.x - 1 &&
  x + w <= within.x + within.w + 1 &&
  y - size * 0.75 >= within.y - 1 &&
  y <= within.y + within.h + 1

/** Most surfaces that one run is compared with; a page of more is a drawing. */
const mostPainted = 2_000

/** Whether a person at the page reads it: not white on paper, and not lying under something that was painted over it. */
export const isReadable = ({ run, light }: Placed, index: number, painted: readonly Painted[]): boolean => {
  const surfaces = painted.slice(0, mostPainted)
  if (surfaces.some((surface) => surface.covers && surface.at > index && lies(run, surface))) return false
  if (!light) return true
  const below = surfaces.findLast((surface) => surface.at <= index && lies(run, surface))
  return below !== undefined && !below.light
}
