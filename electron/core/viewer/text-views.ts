import type { Page, PageRun } from '../../shared/domain/page-model.ts'

/** Where a letter of a view stands: the page and the run by number, and the place in the run's text. */
export type Place = { readonly page: number; readonly run: number; readonly at: number }

/** A text that somebody could read on the pages; `places[i]` is where unit `i` stands, null for what joins two runs. */
export type TextView = {
  readonly text: string
  readonly places: ReadonlyArray<Place | null>
  /** Joined without anything between: only what goes over an edge is news here. */
  readonly tight: boolean
}

type Letter = { readonly place: Place; readonly text: string; readonly u: number; readonly end: number }
type Item = {
  readonly page: number
  readonly index: number
  readonly run: PageRun
  /** Along the direction of the text, and across it. */
  readonly u: number
  readonly v: number
}

const itemsOf = (pages: readonly Page[]): Item[] =>
  pages.flatMap(({ runs }, page) =>
    runs.map((run, index) => {
      const angle = ((run.turn ?? 0) * Math.PI) / 180
      const [cos, sin] = [Math.cos(angle), Math.sin(angle)]
      return { page, index, run, u: run.x * cos + run.y * sin, v: run.y * cos - run.x * sin }
    }),
  )

const lettersOf = ({ page, index, run, u }: Item, blanks: boolean): Letter[] => {
  const letters: Letter[] = []
  const step = run.w / Math.max(1, run.text.length)
  for (let at = 0; at < run.text.length; at += 1) {
    const text = run.text.charAt(at)
    if (!blanks && /\s/u.test(text)) continue
    letters.push({ place: { page, run: index, at }, text, u: u + at * step, end: u + (at + 1) * step })
  }
  return letters
}

const overlap = (line: readonly Item[]): boolean => {
  let end = -Infinity
  for (const { u, run } of line.toSorted((a, b) => a.u - b.u)) {
    if (u < end - run.size * 0.4) return true
    end = Math.max(end, u + run.w)
  }
  return false
}

/** Letters of one line from left to right; runs that lie over each other are read letter by letter, as the eye does. */
const lineLetters = (line: readonly Item[]): Letter[] =>
  overlap(line)
    ? line.flatMap((item) => lettersOf(item, false)).toSorted((a, b) => a.u - b.u)
    : line.toSorted((a, b) => a.u - b.u).flatMap((item) => lettersOf(item, true))

const turnOf = ({ run }: Item): number => Math.round((run.turn ?? 0) / 5)

/** Runs whose baselines are close make a line; pages and directions of text one after the other. */
const linesOf = (items: readonly Item[]): Item[][] => {
  const lines: Item[][] = []
  const sorted = items.toSorted((a, b) => a.page - b.page || turnOf(a) - turnOf(b) || a.v - b.v)
  for (const item of sorted) {
    const line = lines.at(-1)
    const first = line?.[0]
    const near =
      first !== undefined &&
      first.page === item.page &&
      turnOf(first) === turnOf(item) &&
      item.v - first.v <= Math.max(first.run.size, item.run.size) * 0.45
    if (near) line?.push(item)
    else lines.push([item])
  }
  return lines
}

/** Runs that begin at the same edge stand in one column, from the top down, also over pages. */
const columnsOf = (items: readonly Item[]): Item[][] =>
  items
    .toSorted(
      (a, b) =>
        turnOf(a) - turnOf(b) ||
        Math.round(a.u / 12) - Math.round(b.u / 12) ||
        a.page - b.page ||
        a.v - b.v ||
        a.u - b.u,
    )
    .map((item) => [item])

const joinLines = (lines: ReadonlyArray<readonly Letter[]>, tight: boolean): TextView => {
  let text = ''
  const places: Array<Place | null> = []
  const put = (part: string, place: Place | null): void => {
    text += part
    for (let unit = 0; unit < part.length; unit += 1) places.push(place)
  }
  for (const line of lines) {
    let last: Letter | undefined
    for (const letter of line) {
      const gap = last !== undefined && last.place.run !== letter.place.run ? letter.u - last.end : 0
      if (!tight && gap > 3) put(gap > 20 ? '\t' : ' ', null)
      if (!(tight && /\s/u.test(letter.text))) put(letter.text, letter.place)
      last = letter
    }
    if (!tight && line.length > 0) put('\n', null)
  }
  return { text, places, tight }
}

/**
 * The ways in which somebody can read what stands on pages: line by line across the paper, column by column, and in the order in
 * which it was drawn; each with the gaps that show and without any. What is hidden in one way of reading may stand in another.
 */
export const textViews = (pages: readonly Page[]): TextView[] => {
  const items = itemsOf(pages)
  const across = linesOf(items).map(lineLetters)
  const down = columnsOf(items).map((column) => column.flatMap((item) => lettersOf(item, true)))
  const drawn = items.map((item) => lettersOf(item, true))
  return [
    joinLines(across, false),
    joinLines(down, false),
    joinLines(drawn, false),
    joinLines(across, true),
    joinLines(down, true),
    joinLines(drawn, true),
  ]
}
