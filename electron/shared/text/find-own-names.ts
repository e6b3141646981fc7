import { normaliseText } from './normalise-text.ts'

/** What tells of one person wherever it stands. */
export type OwnWords = {
  /** Found with signs and blanks between their parts, Latin ones as whole words only. */
  readonly names: readonly string[]
  /** Found as they are written, inside of longer words, too. */
  readonly literal: readonly string[]
}

/** Not the hyphen: outside of a class it means itself, and with the flag `u` its escape is an error. */
const escaped = (text: string): string => text.replace(/[\\^$.*+?()[\]{}|/]/gu, '\\$&')

const isLatinWord = (word: string): boolean => /^[\p{Script=Latin}'’-]{2,}$/u.test(word)

const hanSign = '[\\s·•・._-]'
const latinSign = '[\\s.,·_-]'
const latinGap = `${latinSign}{0,3}`
const hanParts = /([\s·•・._-]*)([^\s·•・._-])/gu
const latinParts = /([\s.,·_-]*)([^\s.,·_-]+)/gu

/** A part of a word and the signs before it. */
type Part = { readonly signs: string; readonly text: string }

const hanPartsOf = (word: string): Part[] =>
  [...word.matchAll(hanParts)].map(([, signs = '', text = '']) => ({ signs, text }))

/** The words between blanks, without the signs around them. Signs without a blank belong to their word (`x-1@mail`). */
function latinPartsOf(word: string): Part[] {
  const parts: Part[] = []
  for (const [, signs = '', text = ''] of word.matchAll(latinParts)) {
    const last = parts.at(-1)
    if (last === undefined || /\s/u.test(signs)) parts.push({ signs, text })
    else parts[parts.length - 1] = { ...last, text: last.text + signs + text }
  }
  return parts
}

/**
 * The parts one after another, with as many signs between two as stand there in the word, and a few more. No part begins or
 * ends with a sign, so there is one way only to read a text: a pattern that has several tries all combinations of them, and
 * words come from strangers.
 */
const inSequence = (parts: readonly Part[], sign: string, few: number): string =>
  parts
    .map(({ signs, text }, index) =>
      index === 0 ? escaped(text) : `${sign}{0,${Math.max(few, signs.length)}}${escaped(text)}`,
    )
    .join('')

/** The words of a Latin name in either order, and with one of them as its initial: `Zhang Wei`, `Wei Zhang`, `W. Zhang`. */
function latinOrders(parts: readonly Part[]): string[] {
  const given = inSequence(parts, latinSign, 3)
  const words = parts.map(({ text }) => text)
  const [head = '', ...rest] = words
  if (rest.length === 0 || rest.length > 2 || !words.every(isLatinWord)) return [given]
  const orders = [given, [...rest, head].map(escaped).join(latinGap)]
  if (rest.length === 2) orders.push([words[2] ?? '', head, words[1] ?? ''].map(escaped).join(latinGap))
  const last = rest.at(-1) ?? ''
  const short = (word: string): string => `${[...word][0] ?? ''}\\.`
  for (const [family, own] of [
    [head, rest[0] ?? ''],
    [last, head],
  ] as const)
    orders.push(`${short(own)}${latinGap}${escaped(family)}`, `${escaped(family)}[\\s,_]{1,2}${short(own)}`)
  return orders
}

/** As it is written; blanks of any kind and number are one, as they are on screen and in what is copied from there. */
const asWritten = (word: string): string => word.split(/\s+/u).map(escaped).join('\\s+')

const wholeWord = (source: string): string => `(?<![\\p{Script=Latin}])(?:${source})(?![\\p{Script=Latin}])`

/** More is nobody's name; what is longer is looked for by its beginning, so that no word makes reading a text slow. */
const longestWord = 256

const readWord = (word: string): string => {
  const folded = normaliseText(word).text.trim()
  return folded.length <= longestWord ? folded : [...folded].slice(0, longestWord).join('').trim()
}

const countTelling = (word: string): number => word.match(/[\p{L}\p{N}]/gu)?.length ?? 0

/** Letters, digits and Han characters of a word as it is looked for. */
export const tellingLength = (word: string): number => countTelling(readWord(word))

/**
 * Whether the text can hold one of these, of which at least one stands wherever the word stands. Most texts do not, and
 * making a pattern costs more than reading one. Only where lower case is all that the pattern's own folding does; anything
 * else is left to the pattern.
 */
const mayHold = (lowered: string, heads: readonly string[]): boolean =>
  heads.some((head) => !/^(?:[!-~]|\p{Script=Han})+$/u.test(head) || lowered.includes(head.toLowerCase()))

/** The pattern of a name, undefined where the text cannot hold it or there is nothing to look for. */
function nameSource(word: string, lowered: string): string | undefined {
  const han = /\p{Script=Han}/u.exec(word)?.[0]
  if (han !== undefined && !lowered.includes(han)) return undefined
  if (countTelling(word) < 2) {
    // Signs alone are no name; a flower or a letter among signs may be one, but only just as it is written.
    const tells = /[\p{L}\p{N}\p{So}]/u.test(word) && [...word].length >= 2
    return !tells ? undefined : han === undefined ? wholeWord(asWritten(word)) : asWritten(word)
  }
  if (han !== undefined) return inSequence(hanPartsOf(word), hanSign, 2)
  const parts = latinPartsOf(word)
  const words = parts.map(({ text }) => text)
  return mayHold(lowered, words) ? wholeWord(latinOrders(parts).join('|')) : undefined
}

export type NameSpan = { readonly start: number; readonly end: number }

/**
 * A person's own names in a normalised text: Han characters also with blanks between them, Latin ones as whole words in
 * either order. In no order; spans of two names may overlap.
 */
export function findOwnNames(text: string, own: readonly string[]): NameSpan[] {
  if (own.length === 0) return []
  const lowered = text.toLowerCase()
  return own.map(readWord).flatMap((word) => {
    const source = nameSource(word, lowered)
    if (source === undefined) return []
    return [...text.matchAll(new RegExp(source, 'giu'))].map((match) => ({
      start: match.index,
      end: match.index + match[0].length,
    }))
  })
}

/** Words wherever they stand in a normalised text, also where one begins inside of another: no end of it may stay. */
export function findLiteralWords(text: string, words: readonly string[]): NameSpan[] {
  if (words.length === 0) return []
  const lowered = text.toLowerCase()
  return words.map(readWord).flatMap((word) => {
    if (word === '' || !mayHold(lowered, [word.split(/\s/u, 1)[0] ?? ''])) return []
    const spans: Array<{ readonly start: number; end: number }> = []
    const pattern = new RegExp(asWritten(word), 'giu')
    for (let match = pattern.exec(text); match !== null; match = pattern.exec(text)) {
      const end = match.index + match[0].length
      const last = spans.at(-1)
      if (last !== undefined && match.index <= last.end) last.end = end
      else spans.push({ start: match.index, end })
      // Not into the middle of a pair, which the pattern would go back from.
      pattern.lastIndex = match.index + ((text.codePointAt(match.index) ?? 0) > 0xffff ? 2 : 1)
    }
    return spans
  })
}
