import { OPS } from 'pdfjs-dist/legacy/build/pdf.mjs'
import type { PDFPageProxy } from 'pdfjs-dist'
import type { Page, PageBox, PageRun } from '../../shared/domain/page-model.ts'
import { limits } from '../limits.ts'
import { boundsOf, firstState, identity, matrixOf, multiply, type GraphicsState, type Matrix } from './pdf-state.ts'
import { isReadable, type Painted, type Placed } from './pdf-visible.ts'

type Glyph = { readonly unicode?: string; readonly width?: number; readonly isSpace?: boolean }

/** Whether a layer is shown as the document opens; a group that nobody knows is. */
export type Layers = { isVisible(group: unknown): boolean }

const round = (value: number): number => Math.round(value * 100) / 100
const bound = (value: number, least: number, most: number): number =>
  Number.isFinite(value) ? round(Math.min(most, Math.max(least, value))) : least

/** Text of modes 3 and 7 is not painted: what a scanner's words or a hidden note are made of. */
const isPainted = (mode: number): boolean => mode !== 3 && mode !== 7

/** A long thin thing is a rule between parts. Short ones are not kept: a code can be drawn of them. */
const leastRule = 72
const thinnest = 2.5

/** Walks over what a page paints, in its order, and keeps where text and pictures stand. */
class PageWalk {
  readonly placed: Placed[] = []
  readonly painted: Painted[] = []
  readonly boxes: PageBox[] = []
  private state: GraphicsState
  private readonly saved: GraphicsState[] = []
  private readonly marked: boolean[] = []
  private line: Matrix = identity
  private text: Matrix = identity
  private previous = -1
  private length = 0
  private readonly layers: Layers
  private readonly fontScale: (name: string) => number

  constructor(view: Matrix, layers: Layers, fontScale: (name: string) => number) {
    this.state = firstState(view)
    this.layers = layers
    this.fontScale = fontScale
  }

  private get hidden(): boolean {
    return this.marked.includes(true)
  }

  private set(part: Partial<GraphicsState>): void {
    this.state = { ...this.state, ...part }
  }

  private move(x: number, y: number): void {
    this.line = multiply(this.line, [1, 0, 0, 1, x, y])
    this.text = this.line
  }

  private picture(): void {
    if (this.hidden || this.boxes.length >= 500) return
    const { x, y, w, h } = boundsOf(this.state.ctm, [0, 0, 1, 1])
    if (w * h < 16) return
    this.painted.push({ at: this.placed.length, x, y, w, h, light: false, covers: this.state.alpha === 1 })
    this.boxes.push({
      x: bound(x, -20_000, 60_000),
      y: bound(y, -20_000, 60_000),
      w: bound(w, 0, 60_000),
      h: bound(h, 0, 60_000),
      kind: 'picture',
    })
  }

  private path(args: readonly unknown[]): void {
    const [kind, data, box] = args as [number, readonly [ArrayLike<number> | null], ArrayLike<number> | null]
    if (this.hidden || !box) return
    const rect = boundsOf(this.state.ctm, [box[0] ?? 0, box[1] ?? 0, box[2] ?? 0, box[3] ?? 0])
    const { x, y, w, h } = rect
    const fills = [OPS.fill, OPS.eoFill, OPS.fillStroke, OPS.eoFillStroke].includes(kind)
    const strokes = [OPS.stroke, OPS.closeStroke].includes(kind)
    if ((fills || strokes) && Math.min(w, h) <= thinnest && Math.max(w, h) >= leastRule && this.boxes.length < 500) {
      this.boxes.push({
        x: bound(x, -20_000, 60_000),
        y: bound(y, -20_000, 60_000),
        w: bound(w, 0.5, 60_000),
        h: bound(h, 0.5, 60_000),
        kind: 'line',
      })
    } else if (fills) {
      // Four sides and no curve: only of a rectangle is the box around it what it covers.
      const covers = this.state.alpha === 1 && (data?.[0]?.length ?? 99) <= 16
      this.painted.push({ at: this.placed.length, ...rect, light: isLight(this.state.fill), covers })
    }
  }

  private show(glyphs: ReadonlyArray<Glyph | number | null>): void {
    const { fontSize, charSpacing, wordSpacing, scale, rise, mode, font, fill, alpha } = this.state
    const unit = this.fontScale(font)
    let text = ''
    let begin = 0
    let x = 0
    const flush = (): void => {
      if (text.trim() !== '' && !this.hidden && isPainted(mode) && alpha > 0.05) this.place(text, begin, x, rise, fill)
      text = ''
      begin = x
    }
    for (const glyph of glyphs) {
      if (glyph === null) continue
      if (typeof glyph === 'number') {
        const gap = (-glyph * fontSize * scale) / 1000
        if (gap > fontSize * 0.9) flush()
        else if (gap > fontSize * 0.22 && text !== '') text += ' '
        x += gap
        if (text === '') begin = x
        continue
      }
      text += glyph.unicode ?? ''
      const spacing = (glyph.isSpace === true ? wordSpacing : 0) + charSpacing
      x += ((glyph.width ?? 0) * unit * fontSize + spacing) * scale
    }
    flush()
    this.text = multiply(this.text, [1, 0, 0, 1, x, 0])
  }

  private place(text: string, begin: number, end: number, rise: number, fill: string): void {
    if (this.placed.length >= limits.pdfPieces || this.length > limits.pageText) return
    this.length += text.length
    const m = multiply(this.state.ctm, multiply(this.text, [1, 0, 0, 1, begin, rise]))
    const size = this.state.fontSize * Math.hypot(m[2], m[3])
    // What is smaller than this nobody reads, and much text of no size is how words are put in for machines alone.
    if (Math.abs(size) < 1) return
    const turn = round((Math.atan2(m[1], m[0]) * 180) / Math.PI)
    const run: PageRun = {
      x: bound(m[4], -20_000, 60_000),
      y: bound(m[5], -20_000, 60_000),
      w: bound((end - begin) * Math.hypot(m[0], m[1]), 0, 60_000),
      size: bound(Math.abs(size), 0.1, 5_000),
      text: text.slice(0, 2_000),
      ...(Math.abs(turn) < 1 ? {} : { turn }),
    }
    this.placed.push({ run, light: isLight(fill) })
  }

  /** One operation. The library has dropped the pictures (`maxImageSize`): of each, the place that was made for it is left. */
  step(op: number, args: readonly unknown[] | null): void {
    const list = args ?? []
    const number = (index: number): number => Number(list[index] ?? 0)
    const { previous } = this
    if (op !== OPS.dependency) this.previous = op
    switch (op) {
      case OPS.save:
      case OPS.beginGroup:
        return void this.saved.push(this.state)
      case OPS.restore:
      case OPS.endGroup:
        if (op === OPS.restore && previous === OPS.transform) this.picture()
        this.state = this.saved.pop() ?? this.state
        return
      case OPS.paintFormXObjectBegin:
        this.saved.push(this.state)
        if (list[0]) this.set({ ctm: multiply(this.state.ctm, matrixOf(list[0])) })
        return
      case OPS.paintFormXObjectEnd:
        this.state = this.saved.pop() ?? this.state
        return
      case OPS.transform:
        return this.set({ ctm: multiply(this.state.ctm, matrixOf(list)) })
      case OPS.setGState:
        for (const [key, value] of (list[0] ?? []) as ReadonlyArray<readonly [string, unknown]>) {
          if (key === 'ca') this.set({ alpha: Number(value) })
          if (key === 'Font') this.font(value as readonly unknown[])
        }
        return
      case OPS.setFillRGBColor:
        return this.set({ fill: typeof list[0] === 'string' ? list[0] : '#000000' })
      case OPS.setFillColorN:
        return this.set({ fill: '#808080' })
      case OPS.constructPath:
        return this.path(list)
      case OPS.beginMarkedContentProps:
        this.marked.push(list[0] === 'OC' && !this.layers.isVisible(list[1]))
        return
      case OPS.beginMarkedContent:
        this.marked.push(false)
        return
      case OPS.endMarkedContent:
        this.marked.pop()
        return
      case OPS.beginText:
        this.line = identity
        this.text = identity
        return
      case OPS.setTextMatrix:
        // The library gives the matrix as one list.
        this.line = matrixOf(list.length === 1 ? list[0] : list)
        this.text = this.line
        return
      case OPS.moveText:
        return this.move(number(0), number(1))
      case OPS.setLeadingMoveText:
        this.set({ leading: -number(1) })
        return this.move(number(0), number(1))
      case OPS.nextLine:
        return this.move(0, -this.state.leading)
      case OPS.setLeading:
        // The library hands it on as it stands in the file.
        return this.set({ leading: number(0) })
      case OPS.setCharSpacing:
        return this.set({ charSpacing: number(0) })
      case OPS.setWordSpacing:
        return this.set({ wordSpacing: number(0) })
      case OPS.setHScale:
        return this.set({ scale: number(0) / 100 })
      case OPS.setTextRise:
        return this.set({ rise: number(0) })
      case OPS.setTextRenderingMode:
        return this.set({ mode: number(0) })
      case OPS.setFont:
        return this.font(list)
      case OPS.showText:
        return this.show((list[0] ?? []) as ReadonlyArray<Glyph | number | null>)
      case OPS.paintImageXObject:
      case OPS.paintInlineImageXObject:
      case OPS.paintImageMaskXObject:
      case OPS.paintImageXObjectRepeat:
      case OPS.paintImageMaskXObjectRepeat:
      case OPS.paintInlineImageXObjectGroup:
      case OPS.paintImageMaskXObjectGroup:
      case OPS.paintSolidColorImageMask:
        return this.picture()
      default:
    }
  }

  private font([name, size]: readonly unknown[]): void {
    this.set({ font: String(name), fontSize: Number(size ?? 0) })
  }
}

const isLight = (fill: string): boolean => {
  const [red = 0, green = 0, blue = 0] = (/^#([0-9a-f]{2})([0-9a-f]{2})([0-9a-f]{2})$/iu.exec(fill) ?? [])
    .slice(1)
    .map((part) => parseInt(part, 16))
  return Math.min(red, green, blue) >= 0xf0
}

/** Letters that follow each other on a line, drawn one by one, become one run again. */
const joined = (runs: readonly PageRun[]): PageRun[] => {
  const out: PageRun[] = []
  for (const run of runs) {
    const last = out.at(-1)
    const gap = last === undefined ? 0 : run.x - (last.x + last.w)
    const follows =
      last !== undefined &&
      last.turn === undefined &&
      run.turn === undefined &&
      Math.abs(last.y - run.y) < 0.5 &&
      Math.abs(last.size - run.size) < 0.5 &&
      gap > -0.3 * run.size &&
      gap < 0.5 * run.size &&
      last.text.length + run.text.length < 400
    if (!follows) {
      out.push(run)
      continue
    }
    const blank = gap > 0.22 * run.size && !/\s$/u.test(last.text) && !/^\s/u.test(run.text) ? ' ' : ''
    out[out.length - 1] = { ...last, text: last.text + blank + run.text, w: round(Math.max(0, run.x + run.w - last.x)) }
  }
  return out
}

/** What can be read on one page, as it is painted: annotations and form fields are asked not to be there. */
export const readPdfPage = async (source: PDFPageProxy, layers: Layers): Promise<Page> => {
  const view = source.getViewport({ scale: 1 })
  const operations = await source.getOperatorList({ annotationMode: 0 })
  const fontScale = (name: string): number => {
    try {
      const font = source.commonObjs.get(name) as { readonly fontMatrix?: readonly number[] } | null
      return Math.abs(font?.fontMatrix?.[0] ?? 0.001) || 0.001
    } catch {
      return 0.001
    }
  }
  const walk = new PageWalk(matrixOf(view.transform), layers, fontScale)
  for (const [index, op] of operations.fnArray.entries()) {
    walk.step(op, (operations.argsArray as ReadonlyArray<readonly unknown[] | null>)[index] ?? null)
  }
  const width = bound(view.width, 1, 20_000)
  const height = bound(view.height, 1, 20_000)
  const inside = ({ run }: Placed): boolean =>
    run.x < width && run.y > 0 && run.y - run.size < height && run.x + (run.turn === undefined ? run.w : width) > 0
  return {
    width,
    height,
    runs: joined(
      walk.placed
        .filter((placed, index) => inside(placed) && isReadable(placed, index, walk.painted))
        .map(({ run }) => run),
    ),
    boxes: walk.boxes,
  }
}
