import { z } from 'zod'

/** One line of a table that is not empty. `line` counts from 1, as a spreadsheet shows it. */
export const tableRow = z.object({
  line: z.int().min(1),
  cells: z.array(z.string().max(20_000)).max(60),
  /** Columns (from 0) whose cell is a formula: nobody works it out here, so there is no value. */
  formulas: z.array(z.int().min(0).max(59)).max(60).optional(),
})
export type TableRow = z.infer<typeof tableRow>

/** What the parser process makes of a CSV or an Excel file: words in cells, nothing worked out, nothing loaded. */
export const parsedTable = z.object({
  kind: z.literal('table'),
  format: z.enum(['csv', 'xlsx']),
  rows: z.array(tableRow).max(2_001),
  /** Lines beyond the limit were not read. */
  cut: z.boolean(),
})
export type ParsedTable = z.infer<typeof parsedTable>
