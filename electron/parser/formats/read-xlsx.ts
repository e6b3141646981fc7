import { posix } from 'node:path'
import { limits } from '../limits.ts'
import { Refusal } from '../refusal.ts'
import { checkXml } from './check-xml.ts'
import { openZip, type ZipReader } from './read-zip.ts'
import { attributeOf, xmlPieces } from './xml-tags.ts'

export type SheetLine = {
  readonly line: number
  readonly cells: readonly string[]
  readonly formulas: readonly number[]
}

const has = (zip: ZipReader, name: string): boolean => zip.names.includes(name)
const xmlOf = (zip: ZipReader, name: string): string => checkXml(zip.read(name))

/** The part of the first sheet that is not hidden. */
const sheetPart = (zip: ZipReader): string => {
  if (!has(zip, 'xl/workbook.xml')) throw new Refusal('unknown_format', 'no_workbook')
  const targets = new Map<string, string>()
  if (has(zip, 'xl/_rels/workbook.xml.rels')) {
    for (const piece of xmlPieces(xmlOf(zip, 'xl/_rels/workbook.xml.rels'))) {
      if (!('open' in piece) || piece.open !== 'Relationship') continue
      const [id, target] = [attributeOf(piece.attributes, 'Id'), attributeOf(piece.attributes, 'Target')]
      if (id !== undefined && target !== undefined) targets.set(id, target)
    }
  }
  for (const piece of xmlPieces(xmlOf(zip, 'xl/workbook.xml'))) {
    if (!('open' in piece) || piece.open !== 'sheet') continue
    if ((attributeOf(piece.attributes, 'state') ?? 'visible') !== 'visible') continue
    const target = targets.get(attributeOf(piece.attributes, 'id') ?? '')
    if (target === undefined) continue
    // A name inside the archive and nothing else: there is no folder that it could lead to.
    const part = posix.normalize(target.startsWith('/') ? target.slice(1) : `xl/${target}`)
    if (has(zip, part)) return part
  }
  throw new Refusal('malformed', 'xlsx_sheet')
}

/** Words that cells point to. Readings beside characters (`rPh`) are no words of the cell. */
const sharedStrings = (zip: ZipReader): readonly string[] => {
  if (!has(zip, 'xl/sharedStrings.xml')) return []
  const all: string[] = []
  let words = ''
  let inText = false
  let inReading = false
  for (const piece of xmlPieces(xmlOf(zip, 'xl/sharedStrings.xml'))) {
    if ('text' in piece) words += inText && !inReading ? piece.text : ''
    else if ('open' in piece) {
      if (piece.open === 'si') {
        words = ''
        if (piece.empty) all.push('')
      }
      if (piece.open === 't') inText = !piece.empty
      if (piece.open === 'rPh') inReading = !piece.empty
    } else {
      if (piece.close === 't') inText = false
      if (piece.close === 'rPh') inReading = false
      if (piece.close === 'si') all.push(words)
    }
  }
  return all
}

/** `C12` → 2. */
const columnOf = (reference: string | undefined): number | undefined => {
  const letters = /^\$?([A-Z]{1,3})\$?\d+$/.exec(reference ?? '')?.[1]
  return letters === undefined ? undefined : [...letters].reduce((sum, one) => sum * 26 + one.charCodeAt(0) - 64, 0) - 1
}

type Cell = { readonly type: string; value: string; formula: boolean }

const wordsOf = (cell: Cell, shared: readonly string[]): string => {
  if (cell.formula || cell.type === 'e') return ''
  if (cell.type === 's') return shared[Number(cell.value)] ?? ''
  if (cell.type === 'inlineStr' || cell.type === 'str' || cell.type === 'd') return cell.value
  if (cell.type === 'b') return cell.value === '1' ? 'TRUE' : 'FALSE'
  const number = Number(cell.value)
  // Twelve digits are what a sheet shows; the rest is noise of floating point.
  return cell.value.trim() === '' ? '' : Number.isFinite(number) ? String(Number(number.toPrecision(12))) : cell.value
}

/**
 * Lines of the first visible sheet of an XLSX, empty ones left out. Formulas are not worked out and their remembered results not
 * believed: such a cell is empty and named. Pictures, links, macros and other parts are never unpacked.
 * @throws Refusal `unknown_format`, `malformed`, `encrypted`, `too_large`, `too_deep`
 */
export function readXlsx(bytes: Uint8Array): { readonly lines: readonly SheetLine[]; readonly cut: boolean } {
  const zip = openZip(bytes)
  const part = sheetPart(zip)
  const shared = sharedStrings(zip)
  const lines: SheetLine[] = []
  let line = 0
  let column = -1
  let cells: string[] = []
  let formulas: number[] = []
  let cell: Cell | undefined
  let taking = false
  const endCell = (): void => {
    if (cell === undefined) return
    const words = wordsOf(cell, shared)
    if (words.length > limits.tableCell) throw new Refusal('too_large', 'table_cell')
    if (words !== '' || cell.formula) {
      if (column >= limits.tableColumns) throw new Refusal('too_large', 'table_columns')
      while (cells.length < column) cells.push('')
      cells[column] = words
      if (cell.formula) formulas.push(column)
    }
    cell = undefined
  }
  for (const piece of xmlPieces(xmlOf(zip, part))) {
    if ('text' in piece) {
      if (cell !== undefined && taking) cell.value += piece.text
    } else if ('open' in piece) {
      const { open, attributes, empty } = piece
      if (open === 'row') {
        const given = Number(attributeOf(attributes, 'r'))
        line = Number.isInteger(given) && given > line ? given : line + 1
        column = -1
        cells = []
        formulas = []
      } else if (open === 'c') {
        column = columnOf(attributeOf(attributes, 'r')) ?? column + 1
        cell = { type: attributeOf(attributes, 't') ?? 'n', value: '', formula: false }
        if (empty) endCell()
      } else if (open === 'f' && cell !== undefined) cell.formula = true
      else if (open === 'v' || open === 't') taking = !empty
    } else if (piece.close === 'v' || piece.close === 't') taking = false
    else if (piece.close === 'c') endCell()
    else if (piece.close === 'row' && (formulas.length > 0 || cells.some((words) => words.trim() !== ''))) {
      if (lines.length === limits.tableRows) return { lines, cut: true }
      lines.push({ line, cells, formulas })
    }
  }
  return { lines, cut: false }
}
