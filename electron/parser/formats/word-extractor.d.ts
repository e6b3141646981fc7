declare module 'word-extractor/lib/word-ole-extractor.js' {
  import type { Readable } from 'node:stream'

  export type WordDocument = {
    getBody(options?: { readonly filterUnicode?: boolean }): string
    getHeaders(options?: { readonly filterUnicode?: boolean; readonly includeFooters?: boolean }): string
    getTextboxes(options?: { readonly filterUnicode?: boolean; readonly includeHeadersAndFooters?: boolean }): string
  }
  /** The part of the package that reads a document of which the streams are at hand. */
  class WordOleExtractor {
    extractWordDocument(file: { stream(name: string): Readable }, wordDocument: Buffer): Promise<WordDocument>
    /** Text by text, as the piece table lists it. */
    protected readonly _pieces: ReadonlyArray<{ text: string }>
    protected readonly _taggedHeaders: ReadonlyArray<{ readonly type: string; readonly text: string }>
    protected writePieces(word: Buffer, table: Buffer): void
    protected buildDocument(): WordDocument
  }
  export { WordOleExtractor as default }
}

declare module 'word-extractor' {
  class WordExtractor {
    extract(file: Buffer): Promise<{ getBody(): string }>
  }
  export { WordExtractor as default }
}
