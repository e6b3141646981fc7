import { stringify } from 'csv-stringify/sync'
import type { ExportTable } from './export-table.ts'

/**
 * RFC 4180 with the mark of UTF-8, so that Excel reads Chinese. A cell that a spreadsheet would take for a formula begins with an
 * apostrophe (OWASP, "CSV Injection").
 */
export const writeCsv = ({ header, rows }: ExportTable): Uint8Array =>
  Buffer.from(
    stringify([[...header], ...rows.map((row) => [...row])], {
      bom: true,
      escape_formulas: true,
      record_delimiter: 'windows',
    }),
  )
