declare module 'word-extractor/lib/word-ole-extractor.js' {
  import type { Readable } from 'node:stream'

  type WordDocument = {
    getBody(options?: { readonly filterUnicode?: boolean }): string
    getHeaders(options?: { readonly filterUnicode?: boolean; readonly includeFooters?: boolean }): string
    getTextboxes(options?: { readonly filterUnicode?: boolean; readonly includeHeadersAndFooters?: boolean }): string
  }
  /** The part of the package that reads a document of which the streams are at hand. */
  class WordOleExtractor {
    extractWordDocument(file: { stream(name: string): Readable }, wordDocument: Buffer): Promise<WordDocument>
  }
  export { WordOleExtractor as default }
}

declare module 'word-extractor' {
  class WordExtractor {
    extract(file: Buffer): Promise<{ getBody(): string }>
  }
  export { WordExtractor as default }
}
