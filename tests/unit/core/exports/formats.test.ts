import { describe, expect, it } from 'vitest'
import { exportTable, type ExportedPerson } from '../../../../electron/core/exports/export-table.ts'
import { writeCsv } from '../../../../electron/core/exports/write-csv.ts'
import { writeXlsx } from '../../../../electron/core/exports/write-xlsx.ts'
import { openZip } from '../../../../electron/parser/formats/read-zip.ts'

const mark = { employer: '北辰科技', viewer: 'hr@sandbox', at: 0, until: 86_400_000, approval: 'apr_1', reason: '讨论' }
const hostile = ['=1+1', '+1', '-1', '@SUM(A1)', '\t=1', '=HYPERLINK("http://x.example","a")', 'a"b,c\nd']
const person = (title: string, index: number): ExportedPerson => ({
  number: `#${index}`,
  row: { id: `rec-${index}` as never, platform: 'direct', life: 'live', applications: 1, title, why: [] },
})
const table = exportTable(hostile.map(person), mark, 'zh-CN')
const titleAt = table.header.indexOf('现职')

describe('a cell that a spreadsheet would run', () => {
  it('begins with an apostrophe in CSV, and every cell stays one cell', () => {
    const text = Buffer.from(writeCsv(table)).toString('utf8')
    expect(text.startsWith('\uFEFF记录编号,')).toBe(true)
    const lines = text.split('\r\n')
    for (const [index, value] of hostile.slice(0, 5).entries()) expect(lines[index + 1]).toContain(`,'${value}`)
    expect(lines[6]).toContain(`"'=HYPERLINK(""http://x.example"",""a"")"`)
    expect(text).toContain('"a""b,c\nd"')
  })

  it('is text and no formula in XLSX', async () => {
    const zip = openZip(await writeXlsx(table))
    const sheet = zip.names.filter((name) => /sheet\d*\.xml$/.test(name)).map((name) => zip.read(name))
    const xml = Buffer.concat(sheet).toString('utf8')
    expect(xml).not.toContain('<f>')
    expect(xml).not.toContain('<f ')
    const words = zip.names.includes('xl/sharedStrings.xml') ? zip.read('xl/sharedStrings.xml') : Buffer.from(xml)
    expect(Buffer.from(words).toString('utf8')).toContain('=1+1')
  })
})

it('each row names who made it, when and by which approval', () => {
  expect(titleAt).toBeGreaterThan(0)
  for (const row of table.rows) expect(row.slice(-3)).toEqual(['hr@sandbox', '1970-01-01 00:00Z', 'apr_1'])
  expect(table.lead).toContain('北辰科技')
  expect(table.lead).toContain('1970-01-02 前销毁')
})
