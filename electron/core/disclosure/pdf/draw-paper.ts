import PDFDocument from 'pdfkit'
import { chineseFont } from '../../retention/pdf/chinese-font.ts'

const margin = 56
const labelWidth = 116
const gap = 14
const foot = 24
const ink = { text: '#1c2430', soft: '#5b6675', line: '#e6e9ee', brand: '#0f6b5c' } as const

type Pdf = PDFKit.PDFDocument

/** What a paper is made of, from top to bottom. */
export type PaperBlock =
  | { readonly kind: 'heading'; readonly text: string; readonly note?: string }
  | { readonly kind: 'row'; readonly label: string; readonly value: string }
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'gap' }

export type Paper = {
  readonly title: string
  /** Under the title: a number, a date. */
  readonly subtitle: string
  readonly lead: string
  readonly blocks: readonly PaperBlock[]
  /** `{n}` and `{of}` are filled in. */
  readonly foot: string
  readonly language: string
  readonly madeAt: number
  readonly creator: string
  /** Put into the file as it is and uncompressed, so that other tools find it. */
  readonly attachments?: ReadonlyArray<{ readonly name: string; readonly type: string; readonly bytes: Uint8Array }>
}

/** Signs that the font has no glyph for would be drawn as nothing; control characters would move what follows. */
const printable = (text: string): string => text.replaceAll(/[\p{Cc}\p{Cf}]/gu, (sign) => (sign === '\n' ? sign : ' '))

const room = (pdf: Pdf, height: number): void => {
  if (pdf.y + height > pdf.page.height - margin - foot) pdf.addPage()
}

const contentWidth = (pdf: Pdf): number => pdf.page.width - 2 * margin

const drawLine = (pdf: Pdf, y: number): void => {
  pdf
    .moveTo(margin, y)
    .lineTo(pdf.page.width - margin, y)
    .lineWidth(0.5)
    .strokeColor(ink.line)
    .stroke()
}

const drawHeading = (pdf: Pdf, text: string, note: string | undefined): void => {
  // With the first rows under it.
  room(pdf, 104)
  pdf.moveDown(0.8).fillColor(ink.brand).fontSize(12.5).text(text, margin)
  if (note !== undefined) pdf.moveDown(0.15).fillColor(ink.soft).fontSize(9).text(note, margin)
  pdf.y += 4
  drawLine(pdf, pdf.y)
  pdf.y += 5
}

const drawRow = (pdf: Pdf, label: string, value: string): void => {
  const width = contentWidth(pdf) - labelWidth - gap
  pdf.fontSize(9.5)
  room(pdf, Math.min(pdf.heightOfString(value, { width }), 60))
  const top = pdf.y
  const { page } = pdf
  pdf.fillColor(ink.soft).text(label, margin, top, { width: labelWidth })
  const afterLabel = pdf.page === page ? pdf.y : top
  pdf.fillColor(ink.text).text(value, margin + labelWidth + gap, top, { width })
  const bottom = Math.max(pdf.y, pdf.page === page ? afterLabel : pdf.y) + 4
  drawLine(pdf, bottom)
  pdf.x = margin
  pdf.y = bottom + 4
}

const drawText = (pdf: Pdf, text: string): void => {
  room(pdf, 30)
  pdf
    .fontSize(10)
    .fillColor(ink.text)
    .text(text, margin, pdf.y, { width: contentWidth(pdf), lineGap: 2 })
  pdf.moveDown(0.5)
}

const drawBlock = (pdf: Pdf, block: PaperBlock): void => {
  switch (block.kind) {
    case 'heading':
      return drawHeading(pdf, printable(block.text), block.note === undefined ? undefined : printable(block.note))
    case 'row':
      return drawRow(pdf, printable(block.label), printable(block.value === '' ? '—' : block.value))
    case 'text':
      return drawText(pdf, printable(block.text))
    case 'gap':
      pdf.moveDown(0.6)
  }
}

const drawFeet = (pdf: Pdf, text: string): void => {
  const { start, count } = pdf.bufferedPageRange()
  for (let n = start; n < start + count; n += 1) {
    pdf.switchToPage(n)
    // Below the margin, where text would otherwise begin a page of its own.
    pdf.page.margins.bottom = 0
    const words = text.replace('{n}', String(n + 1)).replace('{of}', String(count))
    pdf.fontSize(8).fillColor(ink.soft)
    pdf.text(words, margin, pdf.page.height - 36, { width: contentWidth(pdf), align: 'center', lineBreak: false })
  }
}

/** Prints a paper for somebody outside: A4, one font with the glyphs that it shows, attachments in clear. */
export const drawPaper = (paper: Paper): Promise<Buffer> =>
  new Promise((resolve, reject) => {
    const at = new Date(paper.madeAt)
    const info = { Title: paper.title, CreationDate: at, ModDate: at, Creator: paper.creator, Producer: 'candor' }
    const pdf = new PDFDocument({ size: 'A4', margin, compress: false, bufferPages: true, lang: paper.language, info })
    const chunks: Buffer[] = []
    pdf.on('data', (chunk: Buffer) => chunks.push(chunk))
    pdf.on('end', () => resolve(Buffer.concat(chunks)))
    pdf.on('error', reject)
    for (const { name, type, bytes } of paper.attachments ?? []) {
      pdf.file(Buffer.from(bytes), { name, type, creationDate: at, modifiedDate: at })
    }
    pdf.registerFont('zh', chineseFont()).font('zh')
    pdf.fillColor(ink.text).fontSize(20).text(printable(paper.title), margin, margin)
    pdf.fillColor(ink.brand).fontSize(11).text(printable(paper.subtitle))
    pdf.moveDown(0.5).fillColor(ink.soft).fontSize(9.5).text(printable(paper.lead))
    for (const block of paper.blocks) drawBlock(pdf, block)
    drawFeet(pdf, paper.foot)
    pdf.end()
  })
