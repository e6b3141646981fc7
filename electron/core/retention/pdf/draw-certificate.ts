import PDFDocument from 'pdfkit'
import { signedCertificate } from '../certificate.ts'
import { printedRows, type PrintedRow } from './certificate-rows.ts'
import { certificateTexts, type CertificateLanguage } from './certificate-texts.ts'
import { chineseFont } from './chinese-font.ts'

const margin = 56
const labelWidth = 116
const gap = 14
const ink = { text: '#1c2430', soft: '#5b6675', line: '#e6e9ee', brand: '#0f6b5c' } as const

type Pdf = PDFKit.PDFDocument

const drawHead = (pdf: Pdf, title: string, id: string, lead: string): void => {
  pdf.fillColor(ink.text).fontSize(20).text(title, margin, margin)
  pdf.fillColor(ink.brand).fontSize(11).text(id)
  pdf.moveDown(0.5).fillColor(ink.soft).fontSize(9.5).text(lead)
  pdf.moveDown(0.8)
}

const drawRow = (pdf: Pdf, [label, value]: PrintedRow): void => {
  const width = pdf.page.width - 2 * margin - labelWidth - gap
  const lines = value.split('\n')
  const first = pdf.heightOfString(lines[0] ?? '', { width })
  if (pdf.y + first > pdf.page.height - margin - 24) pdf.addPage()
  const top = pdf.y
  const { page } = pdf
  pdf.fontSize(9.5).fillColor(ink.soft).text(label, margin, top, { width: labelWidth })
  const afterLabel = pdf.page === page ? pdf.y : top
  pdf.fillColor(ink.text).text(value, margin + labelWidth + gap, top, { width })
  const bottom = Math.max(pdf.y, afterLabel) + 4
  pdf
    .moveTo(margin, bottom)
    .lineTo(pdf.page.width - margin, bottom)
    .lineWidth(0.5)
    .strokeColor(ink.line)
    .stroke()
  pdf.x = margin
  pdf.y = bottom + 4
}

const drawFeet = (pdf: Pdf, text: string): void => {
  const { start, count } = pdf.bufferedPageRange()
  for (let n = start; n < start + count; n += 1) {
    pdf.switchToPage(n)
    // Below the margin, where text would otherwise begin a page of its own.
    pdf.page.margins.bottom = 0
    const words = text.replace('{n}', String(n + 1)).replace('{of}', String(count))
    pdf.fontSize(8).fillColor(ink.soft)
    pdf.text(words, margin, pdf.page.height - 36, {
      width: pdf.page.width - 2 * margin,
      align: 'center',
      lineBreak: false,
    })
  }
}

/**
 * Prints a certificate. The signed document is attached as it is and uncompressed, so that it can be found in the file again and
 * taken out with other tools (`pdfdetach`). Nothing is read but the document itself, so nothing else can get in.
 */
export const drawCertificate = (document: string, language: CertificateLanguage): Promise<Buffer> =>
  new Promise((resolve, reject) => {
    const { body, public_key: key, signature } = signedCertificate.parse(JSON.parse(document))
    const texts = certificateTexts[language]
    const title = body.format === 'candor-certificate/1' ? texts.title : texts.batchTitle
    const at = new Date(body.finished_at)
    const info = {
      Title: `${title} ${body.id}`,
      CreationDate: at,
      ModDate: at,
      Creator: body.software,
      Producer: 'candor',
    }
    const pdf = new PDFDocument({ size: 'A4', margin, compress: false, bufferPages: true, lang: language, info })
    const chunks: Buffer[] = []
    pdf.on('data', (chunk: Buffer) => chunks.push(chunk))
    pdf.on('end', () => resolve(Buffer.concat(chunks)))
    pdf.on('error', reject)
    const file = `${body.id}.json`
    pdf.file(Buffer.from(document), { name: file, type: 'application/json', creationDate: at, modifiedDate: at })
    pdf.registerFont('zh', chineseFont()).font('zh')
    drawHead(pdf, title, body.id, texts.lead)
    const rows: PrintedRow[] = [
      ...printedRows(body, language),
      [texts.key, key],
      [texts.signature, signature],
      [texts.limits, texts.limitsText],
      [texts.verify, texts.verifyText.replace('{file}', file)],
    ]
    for (const row of rows) drawRow(pdf, row)
    drawFeet(pdf, texts.page)
    pdf.end()
  })
