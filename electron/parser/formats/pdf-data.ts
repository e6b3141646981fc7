import { readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'

/** Character maps and metrics that Chinese PDFs without embedded fonts need; part of the package, read from disk. */
const { createRequire } = process.getBuiltinModule('node:module')
const packageFolder = dirname(createRequire(import.meta.url).resolve('pdfjs-dist/package.json'))
export const folders = {
  cMapUrl: join(packageFolder, 'cmaps/'),
  standardFontDataUrl: join(packageFolder, 'standard_fonts/'),
}

/** The library asks for names of its own lists only, so this holds at most those two folders (some three megabytes). */
const known = new Map<string, Uint8Array>()

const read = (path: string): Uint8Array => {
  const found = known.get(path) ?? readFileSync(path)
  known.set(path, found)
  return found
}

/**
 * Gives the library its maps and metrics: each is read once for all documents, at once. The library's own factory reads them
 * anew for each document and waits for the disk each time.
 */
export class PdfData {
  fetch({ kind, filename }: { readonly kind: string; readonly filename: string }): Promise<Uint8Array> {
    if (kind !== 'cMapUrl' && kind !== 'standardFontDataUrl') return Promise.reject(new Error('no such data'))
    try {
      // A copy: the library hands the buffer on to its worker, and it is gone here.
      return Promise.resolve(new Uint8Array(read(join(folders[kind], filename))))
    } catch {
      return Promise.reject(new Error('no such data'))
    }
  }
}
