import type { FieldName } from '../../shared/domain/vocabulary.ts'
import type { Page, PageRun, ShownPage, ShownRun } from '../../shared/domain/page-model.ts'
import { findContacts, type ContactKind } from '../../shared/text/find-contacts.ts'
import type { OwnWords } from '../../shared/text/find-own-names.ts'
import { normaliseText } from '../../shared/text/normalise-text.ts'
import { labelledSpans, nameSpans } from '../intake/review/original-pieces.ts'
import { textViews, type TextView } from './text-views.ts'

/** What a viewer may read of a document. */
export type PageRules = {
  /** Words that are known and hidden. */
  readonly own: OwnWords
  /** A day or month of birth, looked for in all its forms where birth dates are hidden. */
  readonly birth: string | null
  readonly hides: (field: FieldName) => boolean
  /** Whether a name has to be guessed at in the first lines: where nobody vouches for the one that is known. */
  readonly guessesName: boolean
  /** Kinds of contacts that a reveal shows; none of them otherwise. The own words are hidden in any case. */
  readonly shows: (kind: ContactKind) => boolean
}

type Span = { readonly start: number; readonly end: number; readonly fixed: boolean }

const telling = /[\p{L}\p{N}]/u

/** A text without anything but letters and digits, with the way back. */
const compact = (text: string): { readonly text: string; readonly at: readonly number[] } => {
  const folded = normaliseText(text)
  let out = ''
  const at: number[] = []
  for (let unit = 0; unit < folded.text.length; unit += 1) {
    const letter = folded.text.charAt(unit).toLowerCase()
    if (!telling.test(letter)) continue
    out += letter
    at.push(folded.startOf(unit))
  }
  return { text: out, at }
}

/** The known words as they are looked for across edges: a telephone number without its country, nothing that is too short to tell. */
const wordsToFind = ({ names, literal }: OwnWords): string[] =>
  [...new Set([...names, ...literal])].flatMap((word) => {
    const { text } = compact(word)
    const digits = /^\d{11,}$/u.test(text) ? text.slice(-11) : text
    const least = /\p{Script=Han}/u.test(digits) ? 2 : 5
    return digits.length >= least ? [digits] : []
  })

const knownSpans = (text: string, words: readonly string[]): Span[] => {
  if (words.length === 0) return []
  const { text: folded, at } = compact(text)
  return words.flatMap((word) => {
    const spans: Span[] = []
    for (let from = folded.indexOf(word); from !== -1; from = folded.indexOf(word, from + 1)) {
      spans.push({ start: at[from] ?? 0, end: (at[from + word.length - 1] ?? 0) + 1, fixed: false })
    }
    return spans
  })
}

const birthSpans = (text: string, birth: string | null): Span[] => {
  const [, year, month] = /^(\d{4})-?(\d{2})?/u.exec(birth ?? '') ?? []
  if (year === undefined) return []
  const months = month === undefined ? '' : `\\s*[-./年]\\s*0?${Number(month)}(?!\\d)(?:\\s*[-./月]\\s*\\d{1,2})?`
  return [...text.matchAll(new RegExp(`(?<!\\d)${year}${months}`, 'gu'))].map((found) => ({
    start: found.index,
    end: found.index + found[0].length,
    fixed: true,
  }))
}

const goesOverEdge = ({ places }: TextView, { start, end }: Pick<Span, 'start' | 'end'>): boolean => {
  const [first, last] = [places[start], places[end - 1]]
  return first?.run !== last?.run || first?.page !== last?.page
}

const glues: ReadonlySet<ContactKind> = new Set(['email', 'link'])

/** Whether what stands in the first run of an address is one without the rest. */
const isWhole = ({ text, places }: TextView, { start, end }: Pick<Span, 'start' | 'end'>): boolean => {
  let cut = start
  while (cut < end && places[cut]?.run === places[start]?.run && places[cut]?.page === places[start]?.page) cut += 1
  return findContacts(text.slice(start, cut)).length > 0
}

const spansOf = (view: TextView, rules: PageRules, words: readonly string[], isFirst: boolean): Span[] => {
  const { text, tight } = view
  const contacts = findContacts(text, rules.own).filter(({ kind }) => !rules.shows(kind))
  const found = contacts.map(({ start, end }) => ({ start, end, fixed: false }))
  const known = knownSpans(text, words)
  if (tight) {
    // An address that is whole by itself would take the first word behind it along.
    const news = contacts.filter(
      (contact) => goesOverEdge(view, contact) && !(glues.has(contact.kind) && isWhole(view, contact)),
    )
    return [...news.map(({ start, end }) => ({ start, end, fixed: false })), ...known]
  }
  const { hides } = rules
  return [
    ...found,
    ...known,
    ...labelledSpans(text, hides).map(({ start, end }) => ({ start, end, fixed: true })),
    ...(isFirst && rules.guessesName && hides('name')
      ? nameSpans(text).map(({ start, end }) => ({ start, end, fixed: true }))
      : []),
    ...(hides('birth_date') ? birthSpans(text, rules.birth) : []),
  ]
}

/** What looks like a name in the first lines of a document. */
export const guessNames = (first: Page): string[] =>
  textViews([first]).flatMap(({ text, tight }) =>
    tight ? [] : nameSpans(text).map(({ start, end }) => text.slice(start, end)),
  )

const wide = /[\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\uff00-\uff60\u{20000}-\u{3fffd}]/u

/** How long a text is that was written anew; of what it hides its own length would tell. */
const lengthOf = (text: string, size: number): number =>
  Math.round([...text].reduce((sum, letter) => sum + (wide.test(letter) ? size : size * 0.55), 0) * 100) / 100

const clean = ({ x, y, w, size, text, turn }: PageRun): ShownRun => ({
  x,
  y,
  w,
  size,
  text,
  ...(turn === undefined ? {} : { turn }),
})

const maskRun = (run: PageRun, masked: ReadonlyMap<number, boolean> | undefined): ShownRun => {
  if (masked === undefined) return clean(run)
  let text = ''
  const marks: Array<[number, number]> = []
  for (let at = 0; at < run.text.length;) {
    if (!masked.has(at)) {
      text += run.text.charAt(at)
      at += 1
      continue
    }
    let end = at
    let fixed = false
    for (; end < run.text.length && masked.has(end); end += 1) fixed ||= masked.get(end) === true
    const stars = fixed ? 4 : end - at
    marks.push([text.length, text.length + stars])
    text += '*'.repeat(stars)
    at = end
  }
  return { ...clean(run), text, w: lengthOf(text, run.size), marks }
}

/**
 * One page as a viewer may see it: every contact, the person's own words and every field that a rule hides are gone out of its text,
 * also where they are split over runs, lines, columns or the edge of a page. Pictures are boxes already.
 * @param around - the pages before and behind it, as far as there are any
 */
export const maskPage = (
  page: Page,
  around: { readonly before?: Page | undefined; readonly after?: Page | undefined },
  rules: PageRules,
): ShownPage => {
  const pages = [around.before, page, around.after].filter((one) => one !== undefined)
  const own = around.before === undefined ? 0 : 1
  const words = wordsToFind(rules.own)
  const masked = new Map<number, Map<number, boolean>>()
  for (const view of textViews(pages)) {
    for (const { start, end, fixed } of spansOf(view, rules, words, around.before === undefined)) {
      for (let unit = start; unit < end; unit += 1) {
        const place = view.places[unit]
        if (place?.page !== own) continue
        const run = masked.get(place.run) ?? new Map<number, boolean>()
        run.set(place.at, fixed || run.get(place.at) === true)
        masked.set(place.run, run)
      }
    }
  }
  return {
    width: page.width,
    height: page.height,
    runs: page.runs.map((run, index) => maskRun(run, masked.get(index))),
    boxes: page.boxes.map(({ x, y, w, h, kind }) => ({ x, y, w, h, kind })),
  }
}
