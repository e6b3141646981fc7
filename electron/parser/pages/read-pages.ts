import type { FileFormat } from '../../shared/domain/intake.ts'
import type { Page, ParsedPages } from '../../shared/domain/page-model.ts'
import { detectFormat } from '../formats/detect-format.ts'
import { readDoc } from '../formats/read-doc.ts'
import { readDocx } from '../formats/docx.ts'
import { htmlToText } from '../formats/html-to-text.ts'
import { imageSize } from '../formats/image-header.ts'
import { openPdf } from '../formats/pdf.ts'
import { readMht } from '../formats/read-mht.ts'
import { readRtf } from '../formats/read-rtf.ts'
import { tidyText } from '../formats/tidy-text.ts'
import { parseLetter } from '../parse-file.ts'
import { limits } from '../limits.ts'
import { Refusal } from '../refusal.ts'
import { flowPages } from './flow-pages.ts'
import { seenXml } from './seen-xml.ts'
import { readPdfPage } from './pdf-page.ts'

export type WantedPages = { readonly from: number; readonly count: number }

/** A page on which nothing can be read: it is shown as empty, and the rest of the document all the same. */
const unreadable: Page = { width: 595, height: 842, runs: [], boxes: [{ x: 0, y: 0, w: 595, h: 842, kind: 'picture' }] }

const pdfPages = async (bytes: Uint8Array, { from, count }: WantedPages): Promise<ParsedPages> => {
  const document = await openPdf(bytes)
  try {
    const total = Math.min(document.numPages, limits.pdfPages)
    const layers = await document.getOptionalContentConfig()
    const pages: Page[] = []
    for (let number = from; number < from + count && number <= total; number += 1) {
      try {
        const page = await document.getPage(number)
        pages.push(await readPdfPage(page, layers as { isVisible(group: unknown): boolean }))
        page.cleanup()
      } catch {
        pages.push(unreadable)
      }
    }
    return { kind: 'pages', format: 'pdf', from, total, truncated: document.numPages > total, pages }
  } finally {
    await document.loadingTask.destroy()
  }
}

const textPages = (format: FileFormat, text: string, { from, count }: WantedPages): ParsedPages => {
  const tidy = tidyText(text)
  const { pages, cut } = flowPages(tidy.slice(0, limits.textLength), limits.pdfPages)
  const truncated = cut || tidy.length > limits.textLength
  return { kind: 'pages', format, from, total: pages.length, truncated, pages: pages.slice(from - 1, from - 1 + count) }
}

/** One covered box of the picture's own shape: nobody looks for words in it. */
const imagePages = (bytes: Uint8Array, mediaType: string, { from }: WantedPages): ParsedPages => {
  const size = imageSize(bytes, mediaType) ?? { width: 595, height: 842 }
  const scale = 595 / size.width
  const [w, h] = [595, Math.max(1, Math.min(20_000, Math.round(size.height * scale)))]
  const page: Page = { width: w, height: h, runs: [], boxes: [{ x: 0, y: 0, w, h, kind: 'picture' }] }
  return { kind: 'pages', format: 'image', from, total: 1, truncated: false, pages: from === 1 ? [page] : [] }
}

/**
 * Pages of a document of any format that is kept, made anew out of what can be read on them.
 * @throws Refusal with the reason why there is nothing to show
 */
export const readPages = async (
  file: { readonly name: string; readonly bytes: Uint8Array; readonly now: number },
  wanted: WantedPages,
): Promise<ParsedPages> => {
  const { bytes } = file
  if (bytes.length === 0) throw new Refusal('empty')
  const detected = await detectFormat(bytes)
  switch (detected.format) {
    case 'pdf':
      return pdfPages(bytes, wanted)
    case 'docx':
      return textPages('docx', (await readDocx(bytes, { seen: seenXml, pictures: true })).text, wanted)
    case 'doc':
      return textPages('doc', (await readDoc(detected.entries)).text, wanted)
    case 'rtf':
      return textPages('rtf', readRtf(bytes).text, wanted)
    case 'html':
      return textPages('html', htmlToText(detected.text, { pictures: true }).text, wanted)
    case 'mht':
      return textPages('mht', (await readMht(bytes)).text, wanted)
    case 'txt':
      return textPages('txt', detected.text, wanted)
    case 'image':
      return imagePages(bytes, detected.mediaType, wanted)
    case 'eml':
    case 'msg': {
      const parsed = await parseLetter(file)
      const body = parsed.mail?.body ?? ''
      // The letter, then the paper that it brought, as far as one was read.
      return textPages(detected.format, [...new Set([body, parsed.text])].join('\n\n'), wanted)
    }
    case 'zip':
      throw new Refusal('unknown_format', 'application/zip')
  }
}
