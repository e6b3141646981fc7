import PDFDocument from 'pdfkit'
import { chineseFont } from '../retention/pdf/chinese-font.ts'
import type { LetterLanguage } from './letter-texts.ts'
import type { Letter } from './letter.ts'

const margin = 64
const ink = { text: '#1c2430', soft: '#5b6675', brand: '#0f6b5c' } as const

/** Prints a letter; certificates lie in it as they were signed, so that they verify after they were taken out (`pdfdetach`). */
export const drawLetter = ({ title, number, text, certificates }: Letter, at: number, language: LetterLanguage) =>
  new Promise<Buffer>((resolve, reject) => {
    const date = new Date(at)
    const info = {
      Title: `${title} ${number}`,
      CreationDate: date,
      ModDate: date,
      Creator: 'candor',
      Producer: 'candor',
    }
    const pdf = new PDFDocument({ size: 'A4', margin, lang: language, info })
    const chunks: Buffer[] = []
    pdf.on('data', (chunk: Buffer) => chunks.push(chunk))
    pdf.on('end', () => resolve(Buffer.concat(chunks)))
    pdf.on('error', reject)
    for (const { id, json } of certificates)
      pdf.file(Buffer.from(json), {
        name: `${id}.json`,
        type: 'application/json',
        creationDate: date,
        modifiedDate: date,
      })
    pdf.registerFont('zh', chineseFont()).font('zh')
    pdf.fillColor(ink.text).fontSize(18).text(title)
    pdf.fillColor(ink.brand).fontSize(10.5).text(number)
    pdf.moveDown(1.5)
    const paragraphs = text.split('\n\n')
    for (const [index, paragraph] of paragraphs.entries()) {
      pdf.fillColor(index === paragraphs.length - 1 ? ink.soft : ink.text)
      pdf.fontSize(11).text(paragraph, { lineGap: 4 })
      pdf.moveDown(0.8)
    }
    pdf.end()
  })
