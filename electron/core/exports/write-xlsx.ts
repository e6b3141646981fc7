import writeExcelFile from 'write-excel-file/node'
import type { ExportTable } from './export-table.ts'

const widths = { least: 8, most: 36 } as const

/** Chinese signs are twice as wide as Latin ones. */
const widthOf = (text: string): number =>
  [...text].reduce((sum, sign) => sum + (/\p{Script=Han}/u.test(sign) ? 2 : 1), 2)

/** A workbook of one sheet (ECMA-376). Each cell is text by its type, so none of them is a formula; the purpose stands above. */
export const writeXlsx = async ({ title, lead, header, rows }: ExportTable): Promise<Uint8Array> => {
  const columns = header.map((name, index) => ({
    width: Math.min(
      widths.most,
      Math.max(widths.least, widthOf(name), ...rows.map((row) => widthOf(row[index] ?? ''))),
    ),
  }))
  const text = (value: string) => ({ value, type: String })
  return writeExcelFile(
    [
      [{ ...text(lead), columnSpan: header.length }],
      header.map((name) => ({ ...text(name), fontWeight: 'bold' as const })),
      ...rows.map((row) => row.map(text)),
    ],
    { sheet: title, columns, stickyRowsCount: 2, orientation: 'landscape' },
  ).toBuffer()
}
