import { findRange } from '../resume/dates.ts'
import { isLabel } from '../resume/labelled.ts'
import { headingOf } from '../resume/sections.ts'

/** A run of text on a page; the origin is the bottom left, `y` the baseline, sizes in points. */
export type Piece = {
  readonly text: string
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
}

type Line = { readonly y: number; readonly height: number; readonly pieces: Piece[] }

const right = (piece: Piece): number => piece.x + piece.width

const toLines = (pieces: readonly Piece[]): readonly Line[] => {
  const sorted = [...pieces].sort((a, b) => b.y - a.y || a.x - b.x)
  const lines: Line[] = []
  for (const piece of sorted) {
    const line = lines.at(-1)
    if (line && Math.abs(line.y - piece.y) <= Math.max(1, Math.min(line.height, piece.height) * 0.5))
      line.pieces.push(piece)
    else lines.push({ y: piece.y, height: piece.height, pieces: [piece] })
  }
  for (const line of lines) line.pieces.sort((a, b) => a.x - b.x)
  return lines
}

/** Programs set a quarter of a letter between Chinese and Latin ones; nobody typed a blank there. */
const isSpacedBySetting = (left: Piece | undefined, piece: Piece): boolean => {
  const [before, after] = [left?.text.at(-1) ?? '', piece.text.charAt(0)]
  return isHan(before) !== isHan(after)
}
const isHan = (letter: string): boolean => /[\u3400-\u9fff]/.test(letter)

/** Pieces of a line in one string: nothing, a blank or a tab between them, by the gap in terms of the letter size. */
const lineText = (line: Line): string => {
  let text = ''
  let previous: Piece | undefined
  for (const piece of line.pieces) {
    const em = Math.max(piece.height, 1)
    const gap = previous ? piece.x - right(previous) : 0
    if (gap > em * 1.6) text += '\t'
    else if (
      gap > em * (isSpacedBySetting(previous, piece) ? 0.34 : 0.18) &&
      !/\s$/.test(text) &&
      !/^\s/.test(piece.text)
    )
      text += ' '
    text += piece.text
    previous = piece
  }
  return text.trimEnd()
}

const median = (numbers: readonly number[]): number =>
  [...numbers].sort((a, b) => a - b)[Math.floor(numbers.length / 2)] ?? 0

/** Empty vertical bands between pieces, widest first, as [left, right]. */
const gutters = (pieces: readonly Piece[]): ReadonlyArray<readonly [number, number]> => {
  const sorted = [...pieces].sort((a, b) => a.x - b.x)
  const found: Array<readonly [number, number]> = []
  let reach = sorted[0] ? right(sorted[0]) : 0
  for (const piece of sorted) {
    if (piece.x > reach) found.push([reach, piece.x])
    reach = Math.max(reach, right(piece))
  }
  return found.sort((a, b) => b[1] - b[0] - (a[1] - a[0]))
}

/**
 * Lines that have another one beside them, all at about the same offset: cells of a row in two fonts do not share a baseline,
 * but the offset is the same in each row.
 */
const countPaired = (smaller: readonly Line[], larger: readonly Line[]): number => {
  const offsets = smaller.map((line) => {
    const gaps = larger.map((other) => other.y - line.y)
    return {
      height: line.height,
      gap: gaps.reduce((best, gap) => (Math.abs(gap) < Math.abs(best) ? gap : best), Infinity),
    }
  })
  const usual = median(offsets.map(({ gap }) => gap))
  return offsets.filter(({ gap, height }) => Math.abs(gap - usual) <= height * 0.15).length
}

/** Labels, dates and headings: the first column of a form, whose values stand at the other side. */
const isColumnOfLabels = (lines: readonly Line[]): boolean => {
  const named = lines
    .map((line) => lineText(line).split('\t')[0]?.trim() ?? '')
    .filter((text) => isLabel(text) || headingOf(text) !== undefined || /^[\d./\-–—~至今年月\s]{6,25}$/.test(text))
  return named.length > lines.length * 0.7
}

/** Dates at the right edge belong to what stands beside them. */
const isColumnOfDates = (lines: readonly Line[]): boolean => {
  const texts = lines.map((line) => lineText(line).trim())
  const dates = texts.filter((text) => {
    const range = findRange(text)
    return range !== undefined && range.to - range.from > text.length * 0.8
  })
  return dates.length > texts.length * 0.7
}

/**
 * Whether two sides of a gutter are columns of text and not a table or lines with a date at the right edge. Columns are
 * several lines high on both sides; in a table nearly each line of one side has its other half at the same height, and
 * one side is made of short cells.
 */
const areColumns = (left: readonly Line[], rightSide: readonly Line[]): boolean => {
  const few = Math.min(left.length, rightSide.length)
  if (few < 4 || isColumnOfLabels(left) || isColumnOfDates(rightSide)) return false
  const smaller = left.length <= rightSide.length ? left : rightSide
  const larger = smaller === left ? rightSide : left
  const paired = countPaired(smaller, larger)
  if (paired / smaller.length < 0.7) return true
  // Lines of both sides stand at one height, as two columns of equal line spacing do; look at what the cells hold.
  const looksLikeCells = (lines: readonly Line[]): boolean => {
    const texts = lines.map(lineText)
    const cells = texts.filter(
      (text) => /[:：]$/.test(text) || /^[\d./\-–—~至今年月\s]{4,25}$/.test(text) || text.length <= 6,
    ).length
    return cells / texts.length > 0.6
  }
  if (looksLikeCells(left) || looksLikeCells(rightSide)) return false
  // Label and value in one cell on both sides ("姓名：… | 电话：…") are rows of a table, too.
  const labelled = (lines: readonly Line[]): number =>
    lines.filter((line) => /^.{1,8}[:：]/.test(lineText(line))).length / lines.length
  return paired < larger.length * 0.9 && !(labelled(left) > 0.6 && labelled(rightSide) > 0.6)
}

/** Whether many pieces begin at one edge: the gap before a column may be narrow where a single long word fills it. */
const beginAt = (pieces: readonly Piece[], edge: number): boolean =>
  pieces.filter((piece) => Math.abs(piece.x - edge) < 1).length >= 6

const split = (pieces: readonly Piece[], depth: number): readonly string[] => {
  const lines = toLines(pieces)
  if (depth > 8 || lines.length < 4) return lines.map(lineText)
  const em = median(pieces.map((piece) => piece.height)) || 10
  for (const [from, to] of gutters(pieces).slice(0, 3)) {
    if (to - from < em * (beginAt(pieces, to) ? 0.4 : 0.8)) continue
    const middle = (from + to) / 2
    const left = pieces.filter((piece) => right(piece) <= middle)
    const rest = pieces.filter((piece) => right(piece) > middle)
    if (areColumns(toLines(left), toLines(rest))) return [...split(left, depth + 1), ...split(rest, depth + 1)]
  }
  // No column runs through the whole region: look above and below its widest horizontal gap.
  const cut = widestGap(lines, em)
  if (cut === undefined) return lines.map(lineText)
  const above = pieces.filter((piece) => piece.y > cut)
  const below = pieces.filter((piece) => piece.y <= cut)
  return [...split(above, depth + 1), ...split(below, depth + 1)]
}

const widestGap = (lines: readonly Line[], em: number): number | undefined => {
  let best: { readonly size: number; readonly at: number } | undefined
  for (const [index, line] of lines.entries()) {
    const next = lines[index + 1]
    if (!next) break
    const size = line.y - next.y - next.height
    if (size > em * 0.6 && (!best || size > best.size)) best = { size, at: (line.y + next.y) / 2 }
  }
  return best?.at
}

/** Text of one page in reading order: columns one after the other, rows of tables line by line with tabs. */
export const layoutText = (pieces: readonly Piece[]): string =>
  split(
    pieces.filter((piece) => piece.text.trim() !== ''),
    0,
  )
    .reduce<string[]>(joinWrapped, [])
    .join('\n')

/**
 * A date or an address that a narrow cell of a table broke goes back into its cell: `2008.09 - | School` with `2011.06` below,
 * `name@mail.example.` with `edu.cn` below.
 */
const joinWrapped = (lines: string[], line: string): string[] => {
  const cells = lines.at(-1)?.split('\t') ?? []
  const rest = line.trim()
  const place = cells.findIndex(
    (cell) => (cells.length > 1 && isCutRange(cell.trim(), rest)) || isCutAddress(cell, rest),
  )
  if (place === -1) return [...lines, line]
  cells[place] = `${cells[place]?.trimEnd()}${rest}`
  return [...lines.slice(0, -1), cells.join('\t')]
}

const isCutRange = (cell: string, rest: string): boolean =>
  /^(?:19|20)\d{2}[./年-]\s*\d{1,2}月?\s*(?:[-–—~至]|to)\s*至?$/.test(cell) &&
  /^(?:(?:19|20)\d{2}[./年-]\s*\d{1,2}月?|至?今|Present|Now)$/i.test(rest)

const topLevel =
  /\.(?:com|cn|net|org|edu|gov|io|me|co|hk|tw|mo|sg|jp|kr|de|fr|uk|us|ca|au|info|biz|ai|dev|app|tech|vip|top)$/i

/** The host of an address is none yet, and becomes one with what stands below. */
const isCutAddress = (cell: string, rest: string): boolean => {
  const host = /[\w.+-]@([\w.-]*)$/.exec(cell)?.[1]
  return (
    host !== undefined && !topLevel.test(host) && /^[\w-]+(?:\.[\w-]+)*$/.test(rest) && topLevel.test(`${host}${rest}`)
  )
}
