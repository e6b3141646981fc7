import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parseTable } from '../../../electron/parser/parse-table.ts'
import { readCsv } from '../../../electron/parser/formats/read-csv.ts'
import { Refusal } from '../../../electron/parser/refusal.ts'
import { encodeGbk } from '../../fixtures/resumes/encode-gbk.ts'
import { xlsxOf } from '../../fixtures/tables/make-xlsx.ts'

const csv = '职位名称,城市,人数\r\n"会计, 总账",上海,2\r\n\r\n"说 ""好""",北京,\r\n'
const expected = [
  { line: 1, cells: ['职位名称', '城市', '人数'] },
  { line: 2, cells: ['会计, 总账', '上海', '2'] },
  { line: 4, cells: ['说 "好"', '北京', ''] },
]
const reasonOf = (work: () => unknown): string => {
  try {
    work()
    return 'read'
  } catch (error) {
    return error instanceof Refusal ? error.reason : 'thrown'
  }
}

describe('tables', () => {
  it('are read in UTF-8 with and without its mark, UTF-16 and GBK', () => {
    const encodings = [
      Buffer.from(csv),
      Buffer.from(`\uFEFF${csv}`),
      Buffer.from(`\uFEFF${csv}`, 'utf16le'),
      encodeGbk(csv),
    ]
    for (const bytes of encodings) expect(parseTable(bytes).rows).toEqual(expected)
    expect(parseTable(Buffer.from(csv.replaceAll(',', '\t').replace('会计\t', '会计,'))).rows[0]?.cells).toHaveLength(3)
  })

  it('come back from CSV as they were written', () => {
    const cell = fc.string({ maxLength: 12 }).map((text) => text.replace(/\r(?!\n)|\0/g, '').replace(/\u001a/g, ''))
    fc.assert(
      fc.property(fc.array(fc.array(cell, { minLength: 2, maxLength: 5 }), { minLength: 1, maxLength: 6 }), (rows) => {
        const head = Array.from({ length: 9 }, (_column, at) => `c${at}`)
        const text = [head, ...rows]
          .map((cells) => cells.map((words) => `"${words.replaceAll('"', '""')}"`).join(','))
          .join('\r\n')
        const kept = rows.filter((cells) => cells.some((words) => words.trim() !== ''))
        expect(
          readCsv(text)
            .lines.slice(1)
            .map(({ cells }) => cells),
        ).toEqual(kept)
      }),
    )
  })

  it('are read from the first visible sheet of a workbook, with figures as a sheet shows them', () => {
    const { rows, format } = parseTable(
      xlsxOf([
        ['职位名称', '人数', '薪资'],
        ['R&D <工程师>', 3, null],
        [null, null, null],
        ['会计', 0.1 + 0.2, '15-20K'],
      ]),
    )
    expect(format).toBe('xlsx')
    expect(rows).toEqual([
      { line: 1, cells: ['职位名称', '人数', '薪资'] },
      { line: 2, cells: ['R&D <工程师>', '3'] },
      { line: 4, cells: ['会计', '0.3', '15-20K'] },
    ])
  })

  it('work out no formula, and believe no result that one claims', () => {
    const sheet = parseTable(xlsxOf([['职位名称'], [{ formula: 'HYPERLINK("http://x","会计")', claimed: '会计' }]]))
    expect(sheet.rows[1]).toEqual({ line: 2, cells: [''], formulas: [0] })
    const text = parseTable(Buffer.from('职位名称,薪资\n=cmd|calc,-3\n@SUM(A1),+5\n会计,-A1\n'))
    expect(text.rows.slice(1)).toEqual([
      { line: 2, cells: ['', '-3'], formulas: [0] },
      { line: 3, cells: ['', '+5'], formulas: [0] },
      { line: 4, cells: ['会计', ''], formulas: [1] },
    ])
  })

  it('of any other kind are refused with a reason, and nothing makes the reader fall', () => {
    expect(reasonOf(() => parseTable(Buffer.from('%PDF-1.7 x')))).toBe('unknown_format')
    expect(reasonOf(() => parseTable(Buffer.from([0xd0, 0xcf, 0x11, 0xe0, 1, 2, 3])))).toBe('unknown_format')
    expect(reasonOf(() => parseTable(Buffer.from('a,"b\nc')))).toBe('malformed')
    const entity = '<!DOCTYPE x [<!ENTITY a "b">]><sst/>'
    expect(reasonOf(() => parseTable(xlsxOf([['a']], { 'xl/sharedStrings.xml': entity })))).toBe('malformed')
    const wide = Array.from({ length: 70 }, (_column, at) => `c${at}`)
    expect(reasonOf(() => parseTable(Buffer.from(wide.join(','))))).toBe('too_large')
    expect(reasonOf(() => parseTable(xlsxOf([wide])))).toBe('too_large')
    const good = xlsxOf([['职位名称'], ['会计']])
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.nat(good.length - 1), fc.nat(255)), { maxLength: 20 }), (changes) => {
        const bytes = Uint8Array.from(good)
        for (const [at, value] of changes) bytes[at] = value
        expect(reasonOf(() => parseTable(bytes))).not.toBe('thrown')
      }),
      { numRuns: 300 },
    )
  })

  it('end at two thousand lines, and say so', () => {
    const many = ['title', ...Array.from({ length: 2500 }, (_row, at) => `job ${at}`)]
    const { rows, cut } = parseTable(Buffer.from(many.join('\n')))
    expect([rows.length, cut]).toEqual([2001, true])
    const sheet = parseTable(xlsxOf(many.map((title) => [title])))
    expect([sheet.rows.length, sheet.cut]).toEqual([2001, true])
  })
})
