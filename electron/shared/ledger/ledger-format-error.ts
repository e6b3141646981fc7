/** Something that should be a note, a key, a proof or a bundle, and is not. The message holds no content. */
export class LedgerFormatError extends Error {
  /** What is wrong, as a code: `base64`, `note`, `key`, `signature`, `checkpoint`, `cosignature`, `proof`, `log_conflict`. */
  readonly code: string

  constructor(code: string, message: string) {
    super(message)
    this.name = 'LedgerFormatError'
    this.code = code
  }
}
