/** A piece of a text with its place: UTF-16 offsets, end exclusive. */
export type Cell = { readonly text: string; readonly start: number; readonly end: number }
export type Line = Cell & { readonly cells: readonly Cell[]; readonly blank: boolean }

/** One letter for one letter, so that offsets stay: full width to ASCII, ideographic blank to blank. */
const foldForms = (text: string): string =>
  text.replace(/[\uff01-\uff5e\u3000\u00a0\u2002-\u200a]/g, (letter) => {
    const code = letter.charCodeAt(0)
    return code > 0xff00 ? String.fromCharCode(code - 0xfee0) : ' '
  })

/**
 * PDFs often hold Kangxi radicals and compatibility ideographs in place of the letters that they look like (⼯ for 工). Text
 * is stored with the letters, or nobody finds it.
 */
export const foldIdeographs = (text: string): string =>
  text.replace(/[\u2e80-\u2fdf\uf900-\ufaff]/g, (letter) => {
    const folded = letter.normalize('NFKC')
    return folded.length === 1 ? folded : letter
  })

/** A cell without the blanks around it. */
export const trimCell = (cell: Cell): Cell => {
  const lead = cell.text.length - cell.text.trimStart().length
  const text = cell.text.trim()
  return { text, start: cell.start + lead, end: cell.start + lead + text.length }
}

export const partOf = (cell: Cell, from: number, to: number): Cell =>
  trimCell({ text: cell.text.slice(from, to), start: cell.start + from, end: cell.start + to })

/** Cuts at every match of a global pattern and drops what is empty. */
export const cutCell = (cell: Cell, separator: RegExp): readonly Cell[] => {
  const cells: Cell[] = []
  let from = 0
  for (const match of cell.text.matchAll(separator)) {
    cells.push(partOf(cell, from, match.index))
    from = match.index + match[0].length
  }
  cells.push(partOf(cell, from, cell.text.length))
  return cells.filter((part) => part.text !== '')
}

/** Lines with their cells (tab, three blanks, or a bar between them). Matching is done on folded text of equal length. */
export function readLines(text: string): readonly Line[] {
  const folded = foldForms(text)
  const lines: Line[] = []
  let start = 0
  for (const raw of folded.split('\n')) {
    const cell = { text: raw, start, end: start + raw.length }
    lines.push({
      ...trimCell(cell),
      cells: cutCell(cell, /(?:\t+| {3,})(?!\s*[\u4e00-\u9fff]\s*:)|\s*[|丨｜│┃]\s*/g),
      blank: raw.trim() === '',
    })
    start += raw.length + 1
  }
  return lines
}

/** A cell as the person wrote it, full width letters and all: matching is done on folded text, storing is not. */
export const written = (text: string, cell: Cell): string => text.slice(cell.start, cell.end).trim()
