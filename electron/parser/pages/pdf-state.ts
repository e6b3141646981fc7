/** `[a, b, c, d, e, f]` as PDF writes it. */
export type Matrix = readonly [number, number, number, number, number, number]

export const identity: Matrix = [1, 0, 0, 1, 0, 0]

export const multiply = (m: Matrix, n: Matrix): Matrix => [
  m[0] * n[0] + m[2] * n[1],
  m[1] * n[0] + m[3] * n[1],
  m[0] * n[2] + m[2] * n[3],
  m[1] * n[2] + m[3] * n[3],
  m[0] * n[4] + m[2] * n[5] + m[4],
  m[1] * n[4] + m[3] * n[5] + m[5],
]

/** Six numbers of whatever list the library gives. */
export const matrixOf = (value: unknown): Matrix => {
  const at = (index: number): number => Number((value as ArrayLike<number> | null)?.[index] ?? identity[index])
  return [at(0), at(1), at(2), at(3), at(4), at(5)]
}

export type Rect = { readonly x: number; readonly y: number; readonly w: number; readonly h: number }

/** The upright box around a rectangle after a transformation. */
export const boundsOf = (m: Matrix, [x0, y0, x1, y1]: readonly [number, number, number, number]): Rect => {
  const corners = [
    [x0, y0],
    [x1, y0],
    [x0, y1],
    [x1, y1],
  ].map(([x = 0, y = 0]) => [m[0] * x + m[2] * y + m[4], m[1] * x + m[3] * y + m[5]] as const)
  const [xs, ys] = [corners.map(([x]) => x), corners.map(([, y]) => y)]
  const [x, y] = [Math.min(...xs), Math.min(...ys)]
  return { x, y, w: Math.max(...xs) - x, h: Math.max(...ys) - y }
}

/** What `save` keeps and `restore` brings back. */
export type GraphicsState = {
  readonly ctm: Matrix
  readonly fill: string
  readonly alpha: number
  readonly font: string
  readonly fontSize: number
  readonly charSpacing: number
  readonly wordSpacing: number
  readonly scale: number
  readonly leading: number
  readonly rise: number
  readonly mode: number
}

export const firstState = (ctm: Matrix): GraphicsState => ({
  ctm,
  fill: '#000000',
  alpha: 1,
  font: '',
  fontSize: 0,
  charSpacing: 0,
  wordSpacing: 0,
  scale: 1,
  leading: 0,
  rise: 0,
  mode: 0,
})
