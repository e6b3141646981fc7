/** Bounds inside the parser process; time, resident memory and file size are the host's to watch (`parser-host.ts`). */
export const limits = {
  /** Characters of text kept of one file; a resume has some thousand. */
  textLength: 200_000,
  pdfPages: 60,
  /** Text pieces of one page; more is an attack on the layout analysis or a map, not a resume. */
  pdfPieces: 20_000,
  /** Characters of one page that is shown; a full page has some four thousand. */
  pageText: 30_000,
  zipEntries: 2_000,
  /** Bytes of one unpacked part of a DOCX. */
  zipPart: 8 * 1024 * 1024,
  /** Bytes of all unpacked parts that are read. */
  zipTotal: 16 * 1024 * 1024,
  /** Unpacked to packed size; Word's own files stay under 40. */
  zipRatio: 200,
  /** Files of a ZIP batch, those of archives within it included. */
  batchFiles: 1_000,
  /** Entries of one archive of a batch, folders and all. */
  batchEntries: 10_000,
  /** Bytes of one unpacked file of a batch; what is larger cannot be read either. */
  batchFile: 32 * 1024 * 1024,
  /** Bytes of all unpacked files of a batch. */
  batchTotal: 128 * 1024 * 1024,
  /** Archives within archives. */
  batchDepth: 3,
  /** Unpacked to packed size of one file of a batch, where it is larger than a mebibyte. */
  batchRatio: 200,
  cfbEntries: 20_000,
  /** Storages within storages; a mail in a mail takes two. */
  cfbDepth: 24,
  /** Groups within groups; Word writes some twenty. */
  rtfDepth: 500,
  /** Pixels along one side of a picture, and in all of it: a page scanned at 600 dpi has 35 million. */
  imageSide: 30_000,
  imagePixels: 120_000_000,
  xmlDepth: 200,
  xmlElements: 150_000,
  htmlBytes: 8 * 1024 * 1024,
  htmlDepth: 200,
  /** Mails within mails. */
  mailDepth: 4,
  /** MIME parts within parts. */
  mimeDepth: 20,
  mailAttachments: 30,
  mailHeaders: 100,
  /** Lines of a table, its head included. */
  tableRows: 2_001,
  tableColumns: 60,
  /** Characters of one cell. */
  tableCell: 20_000,
} as const
