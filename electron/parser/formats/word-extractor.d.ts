declare module 'word-extractor/lib/word-ole-extractor.js' {
  import type { Readable } from 'node:stream'

  type WordDocument = {
    getBody(options?: { readonly filterUnicode?: boolean }): string
    getHeaders(options?: { readonly filterUnicode?: boolean; readonly includeFooters?: boolean }): string
    getTextboxes(options?: { readonly filterUnicode?: boolean; readonly includeHeadersAndFooters?: boolean }): string
  }
  class WordOleExtractor {
    extractWordDocument(file: { stream(name: string): Readable }, wordDocument: Buffer): Promise<WordDocument>
  }
  export { WordOleExtractor as default }
}
