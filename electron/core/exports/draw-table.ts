import PDFDocument from 'pdfkit'
import { chineseFont } from '../retention/pdf/chinese-font.ts'
import type { ExportTable } from './export-table.ts'

const margin = 28
const foot = 22
const size = { text: 7, head: 7, lead: 8, title: 14, mark: 13 } as const
const ink = { text: '#1c2430', soft: '#5b6675', line: '#d5dae1' } as const
/** Shares of the width, column by column; the marks of every row stand in the ground instead. */
const shares = [5, 7, 10, 6, 7, 6, 6, 9, 10, 4, 6, 9, 5, 5, 8, 12, 9, 12] as const
const printable = (text: string): string => text.replaceAll(/[\p{Cc}\p{Cf}]/gu, ' ')

type Pdf = PDFKit.PDFDocument

/** Viewer, time and approval, all over the page and under the words, as text that is found in it (ZP-75). */
const drawMarks = (pdf: Pdf, words: string): void => {
  pdf.save().fillColor(ink.soft).fillOpacity(0.13).fontSize(size.mark)
  const step = { x: pdf.widthOfString(words) + 70, y: 92 }
  for (let row = 0; row * step.y < pdf.page.height + 200; row += 1) {
    for (let x = row % 2 === 0 ? -40 : -40 - step.x / 2; x < pdf.page.width; x += step.x) {
      pdf.save().rotate(-18, { origin: [x, row * step.y] })
      pdf.text(words, x, row * step.y, { lineBreak: false })
      pdf.restore()
    }
  }
  pdf.restore()
}

/**
 * Prints a list: A4 across, one line a person and as many pages as it takes, with the mark of whoever made it under everything and
 * in the file's own description.
 */
export const drawTable = (table: ExportTable): Promise<Uint8Array> =>
  new Promise((resolve, reject) => {
    const { title, lead, page, header, rows, mark, language } = table
    const at = new Date(mark.at)
    const stamp = printable(`${mark.viewer} ${at.toISOString().slice(0, 16)}Z ${mark.approval}`)
    const info = {
      Title: title,
      Author: mark.viewer,
      Subject: lead,
      Keywords: [mark.approval, ...rows.map(([record]) => record)].join(' '),
      CreationDate: at,
      ModDate: at,
      Producer: 'candor',
    }
    const pdf = new PDFDocument({ size: 'A4', layout: 'landscape', margin, bufferPages: true, lang: language, info })
    const chunks: Buffer[] = []
    pdf.on('data', (chunk: Buffer) => chunks.push(chunk))
    pdf.on('end', () => resolve(Buffer.concat(chunks)))
    pdf.on('error', reject)
    pdf.registerFont('zh', chineseFont()).font('zh')

    const whole = pdf.page.width - 2 * margin
    const sum = shares.reduce((total, share) => total + share, 0)
    const columns = shares.map((share) => (share / sum) * whole)
    const heightOf = (cells: readonly string[]): number =>
      Math.max(...columns.map((width, index) => pdf.heightOfString(cells[index] ?? '', { width: width - 4 }))) + 5
    const drawLine = (cells: readonly string[], colour: string): void => {
      const top = pdf.y
      const height = heightOf(cells)
      let x = margin
      for (const [index, width] of columns.entries()) {
        pdf.fillColor(colour).text(cells[index] ?? '', x, top + 2, { width: width - 4 })
        x += width
      }
      pdf
        .moveTo(margin, top + height)
        .lineTo(pdf.page.width - margin, top + height)
        .lineWidth(0.4)
        .strokeColor(ink.line)
        .stroke()
      pdf.y = top + height
    }
    const begin = (): void => {
      drawMarks(pdf, stamp)
      pdf.x = margin
      pdf.y = margin
    }
    const drawHeader = (): void => {
      pdf.fontSize(size.head)
      drawLine(header.map(printable), ink.soft)
      pdf.fontSize(size.text)
    }
    begin()
    pdf.fillColor(ink.text).fontSize(size.title).text(printable(title), margin, margin)
    pdf.moveDown(0.2).fillColor(ink.soft).fontSize(size.lead).text(printable(lead), { width: whole })
    pdf.moveDown(0.5)
    drawHeader()
    for (const row of rows) {
      const cells = row.map(printable)
      if (pdf.y + heightOf(cells) > pdf.page.height - margin - foot) {
        pdf.addPage()
        begin()
        drawHeader()
      }
      drawLine(cells, ink.text)
    }
    const { start, count } = pdf.bufferedPageRange()
    for (let n = start; n < start + count; n += 1) {
      pdf.switchToPage(n)
      pdf.page.margins.bottom = 0
      const words = `${stamp}　${page.replace('{n}', String(n + 1)).replace('{of}', String(count))}`
      pdf.fontSize(size.head).fillColor(ink.soft)
      pdf.text(words, margin, pdf.page.height - foot, { width: whole, align: 'center', lineBreak: false })
    }
    pdf.end()
  })
