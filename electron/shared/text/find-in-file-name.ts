import { findContacts, mergeSpans } from './find-contacts.ts'
import type { FoundContact, Own } from './find-contacts.ts'

/** Endings that say what a file is; anything else may be the end of an address. */
const ending =
  /(?:\.(?:pdf|docx?|wps|html?|txt|eml|msg|rtf|odt|xlsx?|pptx?|jpe?g|png|gif|webp|bmp|heic|zip|rar|7z|pages|md))+$/i

/** Where the ending of a file name begins, its length when there is none. */
const endingOf = (name: string): number => ending.exec(name)?.index ?? name.length

/**
 * All contacts in the name of a file: parts are often joined with signs that are part of an address or id elsewhere
 * (`Java-王小明-zhang@163.com.docx`, `微信_zhangsan88_后端.pdf`), so the name is read with them as blanks, too. The ending
 * is never part of a contact.
 */
export function findInFileName(name: string, own: Own = []): FoundContact[] {
  const stem = name.slice(0, endingOf(name))
  // One sign becomes one blank, so offsets stay.
  const readings = [stem, stem.replace(/[_＿]/gu, ' '), stem.replace(/[-_＿+]/gu, ' ')]
  return mergeSpans(
    name,
    [...new Set(readings)].flatMap((reading) => findContacts(reading, own)),
  )
}
