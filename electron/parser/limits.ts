/** Bounds inside the parser process; time, resident memory and file size are the host's to watch (`parser-host.ts`). */
export const limits = {
  /** Characters of text kept of one file; a resume has some thousand. */
  textLength: 200_000,
  pdfPages: 60,
  /** Text pieces of one page; more is an attack on the layout analysis or a map, not a resume. */
  pdfPieces: 20_000,
  zipEntries: 2_000,
  /** Bytes of one unpacked part of a DOCX. */
  zipPart: 8 * 1024 * 1024,
  /** Bytes of all unpacked parts that are read. */
  zipTotal: 16 * 1024 * 1024,
  /** Unpacked to packed size; Word's own files stay under 40. */
  zipRatio: 200,
  xmlDepth: 200,
  xmlElements: 150_000,
  htmlBytes: 8 * 1024 * 1024,
  htmlDepth: 200,
  /** Mails within mails. */
  mailDepth: 4,
  /** MIME parts within parts. */
  mimeDepth: 20,
  mailAttachments: 30,
  /** Lines of a table, its head included. */
  tableRows: 2_001,
  tableColumns: 60,
  /** Characters of one cell. */
  tableCell: 20_000,
} as const
