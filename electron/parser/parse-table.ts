import type { ParsedTable } from '../shared/domain/parsed-table.ts'
import { isEncryptedOffice } from './formats/detect-format.ts'
import { tryDecodeText } from './formats/decode-text.ts'
import { readCsv } from './formats/read-csv.ts'
import { readXlsx } from './formats/read-xlsx.ts'
import { Refusal } from './refusal.ts'

const isZip = (bytes: Uint8Array): boolean => bytes[0] === 0x50 && bytes[1] === 0x4b && bytes[2] === 3 && bytes[3] === 4
const compound = [0xd0, 0xcf, 0x11, 0xe0]

/** A CSV cell that a spreadsheet would work out. A minus or plus before a figure is a figure. */
const isFormula = (cell: string): boolean => /^\s*(?:=|@|[+-][A-Za-z@(=])/.test(cell)

/**
 * Reads a table: Excel (XLSX) by its bytes, else text in UTF-8, UTF-16 or GB 18030 as CSV.
 * @throws Refusal with the reason why it is none
 */
export const parseTable = (bytes: Uint8Array): ParsedTable => {
  if (isZip(bytes)) {
    const { lines, cut } = readXlsx(bytes)
    const rows = lines.map(({ line, cells, formulas }) => ({
      line,
      cells: Array.from(cells, (words) => words ?? ''),
      ...(formulas.length === 0 ? {} : { formulas: [...formulas] }),
    }))
    return { kind: 'table', format: 'xlsx', rows, cut }
  }
  if (compound.every((byte, at) => bytes[at] === byte)) {
    throw new Refusal(isEncryptedOffice(bytes) ? 'encrypted' : 'unknown_format', 'application/x-cfb')
  }
  const text = tryDecodeText(bytes)
  if (text === undefined || /^\s*(?:%PDF-|<(?:!doctype|html|\?xml))/i.test(text))
    throw new Refusal('unknown_format', 'table')
  const { lines, cut } = readCsv(text)
  const rows = lines.map(({ line, cells }) => {
    const formulas = cells.flatMap((cell, at) => (isFormula(cell) ? [at] : []))
    return {
      line,
      cells: cells.map((cell, at) => (formulas.includes(at) ? '' : cell)),
      ...(formulas.length === 0 ? {} : { formulas }),
    }
  })
  return { kind: 'table', format: 'csv', rows, cut }
}
