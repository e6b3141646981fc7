import type { Page, PageBox, PageRun } from '../../shared/domain/page-model.ts'

/** Stands in a text where its document has a picture. */
export const pictureMark = '\uFFFC'

/** A4 in points. */
const paper = { width: 595, height: 842, margin: 54 }
const size = 10.5
const lineHeight = 17
const pictureHeight = 72
const tabWidth = 8

const isWide = (letter: string): boolean =>
  /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6\u{1f300}-\u{1faff}\u{20000}-\u{3fffd}]/u.test(
    letter,
  )

const widthOf = (letter: string): number => (isWide(letter) ? size : size * 0.52)

const textWidth = (text: string): number => [...text].reduce((sum, letter) => sum + widthOf(letter), 0)

/** Where a line that is too long may end: behind a blank if one is near, else anywhere, as Chinese does. */
const wrap = (line: string, room: number): string[] => {
  const lines: string[] = []
  let current = ''
  let width = 0
  for (const letter of line) {
    const own = widthOf(letter)
    if (width + own > room && current !== '') {
      const blank = isWide(letter) ? -1 : current.lastIndexOf(' ')
      const cut = blank > current.length * 0.6 ? blank + 1 : current.length
      lines.push(current.slice(0, cut).trimEnd())
      current = current.slice(cut)
      width = textWidth(current)
    }
    current += letter
    width += own
  }
  lines.push(current)
  return lines
}

/** Cells of a row get columns of the same width, so that they stand below each other. */
const runsOf = (line: string, y: number): PageRun[] => {
  const room = paper.width - 2 * paper.margin
  const cells = line.split('\t')
  const runs: PageRun[] = []
  let x = 0
  for (const cell of cells) {
    const text = cell.trim()
    const w = textWidth(text)
    if (text !== '') runs.push({ x: paper.margin + x, y, w: Math.round(w * 100) / 100, size, text })
    x = cells.length === 1 ? 0 : Math.max(x + room / Math.max(cells.length, 2), x + w + tabWidth)
  }
  return runs
}

/** Lines of a table row that does not fit side by side stand one below the other. */
const linesOf = (text: string): string[] => {
  const room = paper.width - 2 * paper.margin
  return text.split('\n').flatMap((line) => {
    const cells = line.split('\t')
    const fits = cells.every((cell) => textWidth(cell.trim()) <= room / Math.max(cells.length, 2) - tabWidth)
    if (cells.length > 1 && fits) return [line]
    return cells.flatMap((cell) => wrap(cell.trimEnd(), room))
  })
}

/** Lays plain text out on pages: what a document of Word, a web page or a mail says, without the way it looked. */
export const flowPages = (text: string, most: number): { readonly pages: Page[]; readonly cut: boolean } => {
  const pages: Page[] = []
  let runs: PageRun[] = []
  let boxes: PageBox[] = []
  let y = paper.margin
  const turn = (): void => {
    pages.push({ width: paper.width, height: paper.height, runs, boxes })
    ;[runs, boxes, y] = [[], [], paper.margin]
  }
  for (const line of linesOf(text)) {
    const parts = line.split(pictureMark)
    for (const [index, part] of parts.entries()) {
      const needed = index > 0 ? pictureHeight + 8 : lineHeight
      if (y + needed > paper.height - paper.margin) {
        if (pages.length + 1 >= most) return { pages: [...pages, { ...paper, runs, boxes }].map(bare), cut: true }
        turn()
      }
      if (index > 0) {
        boxes.push({ x: paper.margin, y, w: pictureHeight, h: pictureHeight, kind: 'picture' })
        y += pictureHeight + 8
      }
      if (part.trim() === '' && parts.length > 1) continue
      runs.push(...runsOf(part, y + size))
      y += lineHeight
    }
  }
  turn()
  return { pages, cut: false }
}

const bare = ({ width, height, runs, boxes }: Page): Page => ({ width, height, runs, boxes })
