import type { Output } from '../../shared/ipc/routes/index.ts'

export type Link = NonNullable<Output<'link.take'>['link']>

export const linkScheme = 'candor'

/** Ids as this program makes them or a hub names them: no blanks, no marks that an address or a shell reads. */
const idShape = /^[A-Za-z0-9][A-Za-z0-9._-]{0,127}$/
const sectionShape = /^[a-z]{1,20}$/
/** Longer than any link of ours. */
const longest = 200
const shape = /^candor:\/\/(candidate|job|section)\/([^/?#\\%\s]+)\/?$/

/**
 * Reads `candor://candidate/<id>`, `candor://job/<id>` and `candor://section/<name>`; anything else is no link. Whoever writes a
 * link is a stranger, so nothing is decoded, no query is read, and what does not fit is dropped without a word.
 */
export const parseLink = (text: unknown): Link | null => {
  if (typeof text !== 'string' || text.length > longest) return null
  const [, to, name] = shape.exec(text) ?? []
  if (to === undefined || name === undefined) return null
  if (to === 'section') return sectionShape.test(name) ? { to, name } : null
  if (!idShape.test(name) || name.includes('..')) return null
  return { to, id: name } as Link
}

/** The link among the words of a command line, if there is exactly one; switches and files are none of its business. */
export const linkOfArguments = (words: readonly string[]): Link | null => {
  const given = words.filter((word) => word.toLowerCase().startsWith(`${linkScheme}:`))
  return given.length === 1 ? parseLink(given[0]) : null
}
