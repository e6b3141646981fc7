import { z } from 'zod'

/** Formats that the parser knows; told by the bytes, never by the extension. Of an `image` nothing is read. */
export const fileFormat = z.enum(['pdf', 'docx', 'doc', 'rtf', 'html', 'mht', 'eml', 'msg', 'txt', 'image'])
export type FileFormat = z.infer<typeof fileFormat>
