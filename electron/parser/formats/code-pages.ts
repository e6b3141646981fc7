/** Names that the runtime's decoder knows, by the number of a Windows code page. */
const pages: Readonly<Record<number, string>> = {
  437: 'windows-1252', 866: 'ibm866', 874: 'windows-874', 932: 'shift_jis', 936: 'gb18030', 949: 'euc-kr', 950: 'big5', 1250: 'windows-1250',
  1251: 'windows-1251', 1252: 'windows-1252', 1253: 'windows-1253', 1254: 'windows-1254', 1255: 'windows-1255', 1256: 'windows-1256',
  1257: 'windows-1257', 1258: 'windows-1258', 10_000: 'macintosh', 20_127: 'windows-1252', 20_936: 'gb18030', 28_591: 'windows-1252',
  51_936: 'gb18030', 54_936: 'gb18030', 65_001: 'utf-8',
} // prettier-ignore

/** Code pages by the character set of a font. That of 0 is the document's: Chinese programs put Chinese under Western fonts. */
const charsets: Readonly<Record<number, number>> = {
  128: 932, 129: 949, 134: 936, 136: 950, 161: 1253, 162: 1254, 163: 1258, 177: 1255, 178: 1256, 186: 1257, 204: 1251, 222: 874, 238: 1250,
} // prettier-ignore

/** The decoder of a code page; undefined for those that nobody writes Chinese or English in. */
export const codePage = (number: number): string | undefined => pages[number]

export const codePageOfCharset = (charset: number): string | undefined => codePage(charsets[charset] ?? -1)
