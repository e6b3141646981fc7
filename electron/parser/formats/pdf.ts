import { getDocument } from 'pdfjs-dist/legacy/build/pdf.mjs'
import type { PDFDocumentProxy, PDFPageProxy } from 'pdfjs-dist'
import type { ParseWarning } from '../../shared/domain/intake.ts'
import { limits } from '../limits.ts'
import { Refusal } from '../refusal.ts'
import type { Extracted } from './extracted.ts'
import { folders, PdfData } from './pdf-data.ts'
import { layoutText } from './pdf-layout.ts'
import type { Piece } from './pdf-layout.ts'

/** Version 6 evaluates no code at all (`isEvalSupported` is gone); scripting belongs to the viewer, which is not loaded. */
const options = {
  verbosity: 0,
  ...folders,
  BinaryDataFactory: PdfData,
  cMapPacked: true,
  disableFontFace: true,
  useSystemFonts: false,
  useWorkerFetch: false,
  useWasm: false,
  isOffscreenCanvasSupported: false,
  isImageDecoderSupported: false,
  disableAutoFetch: true,
  enableXfa: false,
  maxImageSize: 1,
}

/** @throws Refusal `encrypted`, `malformed` */
export const openPdf = async (bytes: Uint8Array): Promise<PDFDocumentProxy> => {
  try {
    // A copy: the library takes the buffer for itself, and it refuses Node’s Buffer.
    return await getDocument({ ...options, data: new Uint8Array(bytes) }).promise
  } catch (error) {
    const name = error instanceof Error ? error.name : ''
    throw new Refusal(name === 'PasswordException' ? 'encrypted' : 'malformed', name.slice(0, 60))
  }
}

const piecesOf = async (page: PDFPageProxy): Promise<readonly Piece[]> => {
  const { items } = await page.getTextContent()
  const pieces: Piece[] = []
  for (const item of items) {
    if (!('str' in item) || pieces.length >= limits.pdfPieces) continue
    const [a = 0, b = 0, , , x = 0, y = 0] = item.transform as readonly number[]
    // Turned text (watermarks along the edge) would be woven into the lines.
    if (Math.abs(b) > Math.abs(a)) continue
    pieces.push({ text: item.str, x, y, width: item.width, height: item.height || Math.abs(a) })
  }
  return pieces
}

const isNonsense = (text: string): boolean => {
  const odd = text.match(/[\uE000-\uF8FF\uFFFD\u0000-\u0008]/g)?.length ?? 0
  return odd > text.length * 0.3
}

/**
 * Text of a PDF in reading order.
 * @throws Refusal `encrypted`, `malformed`, `scanned` (pictures of text), `no_text`
 */
export async function readPdf(bytes: Uint8Array): Promise<Extracted> {
  const document = await openPdf(bytes)
  const warnings: ParseWarning[] = []
  const pages: string[] = []
  try {
    if (await document.hasJSActions().catch(() => false)) warnings.push('active_content')
    if (document.numPages > limits.pdfPages) warnings.push('truncated')
    let length = 0
    let failed = 0
    for (
      let number = 1;
      number <= Math.min(document.numPages, limits.pdfPages) && length < limits.textLength;
      number += 1
    ) {
      try {
        const page = await document.getPage(number)
        const text = layoutText(await piecesOf(page))
        pages.push(text)
        length += text.length
        page.cleanup()
      } catch {
        failed += 1
      }
    }
    if (failed > 0 && pages.length === 0) throw new Refusal('malformed', 'pdf_pages')
    if (failed > 0 && !warnings.includes('truncated')) warnings.push('truncated')
  } finally {
    await document.loadingTask.destroy()
  }
  const text = pages.join('\n')
  if (text.replace(/\s/g, '').length < 20) throw new Refusal(hasPictures(bytes) ? 'scanned' : 'no_text', 'pdf')
  if (isNonsense(text)) throw new Refusal('scanned', 'pdf_no_unicode')
  return { text, warnings }
}

/** The dictionary of a picture is never packed, unlike that of a page: a stream cannot stand inside an object stream. */
const hasPictures = (bytes: Uint8Array): boolean =>
  /\/Subtype\s*\/Image\b/.test(new TextDecoder('latin1').decode(bytes))
