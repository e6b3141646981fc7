import { normaliseText } from './normalise-text.ts'

/** Not the hyphen: outside of a class it means itself, and with the flag `u` its escape is an error. */
const escaped = (text: string): string => text.replace(/[\\^$.*+?()[\]{}|/]/gu, '\\$&')

const isHan = (text: string): boolean => /\p{Script=Han}/u.test(text)
const isLatinWord = (word: string): boolean => /^[\p{Script=Latin}'’-]{2,}$/u.test(word)

const gap = '[\\s.,·_-]{0,3}'

/** The words of a Latin name in either order, and with one of them as its initial: `Zhang Wei`, `Wei Zhang`, `W. Zhang`. */
function latinOrders(words: readonly string[]): string[] {
  const [head = '', ...rest] = words
  const given = words.map(escaped).join(gap)
  if (rest.length === 0 || rest.length > 2 || !words.every(isLatinWord)) return [given]
  const orders = [given, [...rest, head].map(escaped).join(gap)]
  if (rest.length === 2) orders.push([words[2] ?? '', head, words[1] ?? ''].map(escaped).join(gap))
  const last = rest.at(-1) ?? ''
  const short = (word: string): string => `${[...word][0] ?? ''}\\.`
  for (const [family, own] of [
    [head, rest[0] ?? ''],
    [last, head],
  ] as const)
    orders.push(`${short(own)}${gap}${escaped(family)}`, `${escaped(family)}[\\s,_]{1,2}${short(own)}`)
  return orders
}

/** The words of which at least one stands wherever the name stands. */
const headsOf = (name: string): readonly string[] =>
  isHan(name) ? [String.fromCodePoint(name.codePointAt(0) ?? 0)] : name.split(/\s+/u)

/**
 * Whether the text can hold this name at all. Most texts do not, and making a pattern costs more than reading one. Only
 * where lower case is all that the pattern's own folding does; anything else is left to the pattern.
 */
const mayHold = (lowered: string, name: string): boolean =>
  headsOf(name).some((head) => !/^(?:[!-~]+|\p{Script=Han})$/u.test(head) || lowered.includes(head.toLowerCase()))

export type NameSpan = { readonly start: number; readonly end: number }

/**
 * A person's own names in a normalised text: Han characters also with blanks between them, Latin ones as whole words in
 * either order.
 */
export function findOwnNames(text: string, own: readonly string[]): NameSpan[] {
  if (own.length === 0) return []
  const lowered = text.toLowerCase()
  const sources = own
    .map((name) => normaliseText(name).text.trim())
    .filter((name) => [...name].length >= 2 && mayHold(lowered, name))
    .sort((a, b) => b.length - a.length)
    .map((name) =>
      isHan(name)
        ? [...name.replace(/\s+/gu, '')].map(escaped).join('[\\s·•・._-]{0,2}')
        : `(?<![\\p{Script=Latin}])(?:${latinOrders(name.split(/\s+/u)).join('|')})(?![\\p{Script=Latin}])`,
    )
  if (sources.length === 0) return []
  const pattern = new RegExp(sources.join('|'), 'giu')
  return [...text.matchAll(pattern)].map((match) => ({ start: match.index, end: match.index + match[0].length }))
}
