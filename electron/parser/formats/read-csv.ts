import { limits } from '../limits.ts'
import { Refusal } from '../refusal.ts'

export type Line = { readonly line: number; readonly cells: readonly string[] }

const separators = [',', '\t', ';'] as const

/** The separator that the head uses most, outside of quotes. */
const separatorOf = (text: string): string => {
  const counts = new Map<string, number>(separators.map((one) => [one, 0]))
  let quoted = false
  for (const letter of text.slice(0, 10_000)) {
    if (letter === '"') quoted = !quoted
    else if (!quoted && (letter === '\n' || letter === '\r')) break
    else if (!quoted && counts.has(letter)) counts.set(letter, (counts.get(letter) ?? 0) + 1)
  }
  return separators.reduce((best, one) => ((counts.get(one) ?? 0) > (counts.get(best) ?? 0) ? one : best))
}

/**
 * Lines of a CSV (RFC 4180, with comma, semicolon or tab), empty ones left out. Quotes may hold separators and line ends.
 * @throws Refusal `malformed` for a quote that never ends, `too_large` for a cell or a line that does not
 */
export function readCsv(text: string): { readonly lines: readonly Line[]; readonly cut: boolean } {
  const separator = separatorOf(text)
  const lines: Line[] = []
  let cells: string[] = []
  let cell = ''
  let line = 1
  let begun = 1
  let quoted = false
  const endCell = (): void => {
    if (cell.length > limits.tableCell) throw new Refusal('too_large', 'table_cell')
    if (cells.length >= limits.tableColumns) throw new Refusal('too_large', 'table_columns')
    cells.push(cell)
    cell = ''
  }
  const endLine = (): void => {
    endCell()
    if (cells.some((one) => one.trim() !== '')) lines.push({ line: begun, cells })
    cells = []
  }
  for (let at = 0; at < text.length; at += 1) {
    const letter = text.charAt(at)
    if (letter === '\n') line += 1
    if (quoted) {
      if (letter !== '"') cell += letter
      else if (text.charAt(at + 1) === '"') {
        cell += '"'
        at += 1
      } else quoted = false
    } else if (letter === '"' && cell.trim() === '') {
      cell = ''
      quoted = true
    } else if (letter === separator) endCell()
    else if (letter === '\n') {
      endLine()
      if (lines.length > limits.tableRows) return { lines: lines.slice(0, limits.tableRows), cut: true }
      begun = line
    } else if (letter !== '\r' || text.charAt(at + 1) !== '\n') cell += letter
  }
  if (quoted) throw new Refusal('malformed', 'csv_quote')
  endLine()
  return { lines: lines.slice(0, limits.tableRows), cut: lines.length > limits.tableRows }
}
